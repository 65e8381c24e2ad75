/* Logging in again in place. Whatever meets a lost log-in says "portal:logged-out"; a dialog shows the
   log-in page in a frame, and afterwards "portal:logged-in" lets everything be sent that was kept.
   When another person logs in there, the page goes: it shows what the first one wrote. */
"use strict";

{
  const QUIET = 1500; // ms without a key: a dialog must not take the focus from somebody who types

  const dialog = document.getElementById("log-in-again");
  const { writer } = document.getElementById("writing").dataset;
  const frame = dialog.querySelector("iframe");
  let typedAt = 0;
  let closed = false; // by the person: then they open it themselves
  let waiting = 0;
  let gone = false;

  const open = () => {
    clearTimeout(waiting);
    const left = typedAt + QUIET - Date.now();
    if (left > 0) return void (waiting = setTimeout(open, left));
    if (dialog.open) return;
    frame.src = dialog.dataset.page;
    dialog.showModal();
    dialog.querySelector("h2").focus();
  };

  const leave = () => {
    gone = true;
    document.body.hidden = true;
    location.replace(dialog.dataset.start);
  };

  document.addEventListener("portal:logged-out", ({ detail }) => {
    if (closed && !detail?.asked) return;
    closed = false;
    if (detail?.asked) typedAt = 0;
    open();
  });
  document.addEventListener("input", () => { typedAt = Date.now(); }, true);
  dialog.addEventListener("close", () => {
    frame.removeAttribute("src");
    closed = true;
  });

  frame.addEventListener("load", () => {
    const page = frame.contentDocument;
    const now = page?.querySelector("[data-logged-in]")?.dataset.loggedIn;
    if (!now) return;
    if (now !== writer) return leave();
    dialog.close();
    closed = false;
    document.dispatchEvent(new CustomEvent("portal:logged-in"));
  });
  window.addEventListener("beforeunload", (event) => { if (gone) event.stopImmediatePropagation(); }, true);
}
