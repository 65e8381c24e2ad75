/* What others save while a page lies open comes into the boxes that one has not touched. The page hears
   every ten seconds how far the application has come (presence.js), and reads itself anew when that is
   further than what was saved from here. */
"use strict";

import { all } from "./saving.js";

let seen = null; // how far it had come when last heard
let own = 0; // saves from here since then

const follow = async () => {
  try {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const saver of all()) saver.follow?.(page);
  } catch { /* the next news will do */ }
};

document.addEventListener("portal:saved", () => { own += 1; });
document.addEventListener("portal:here", ({ detail }) => {
  const isNews = seen !== null && detail.revision - seen > own;
  [seen, own] = [detail.revision, 0];
  if (isNews) follow();
});
