/* Before an application is handed in, everything typed for it in this browser is saved: by the tabs that
   are still open, and from here what closed ones have left. What cannot be saved is told, with a link. */
"use strict";

import { askOtherTabsToSave, deliver, words } from "./saving.js";
import { kept, writer } from "./shelf.js";

const PATIENCE = 8000; // ms that other tabs have
const STEP = 200;

const form = document.getElementById("submit");
const addresses = form.dataset.saves.split(" ");
const note = document.getElementById("unsaved-texts");
const list = note.querySelector("ul");
let isReady = false;
let isBusy = false;

const pause = () => new Promise((done) => { setTimeout(done, STEP); });
const budgetsKept = () => addresses.filter((address) => {
  try { return localStorage.getItem(`budget:${writer}:${address}budget/`); } catch { return false; }
});
const own = addresses.map(() => new Set()); // of each application: what was typed here and not saved
const all = async () => {
  const found = await Promise.all(addresses.map(kept));
  found.forEach((texts, n) => { for (const { name } of texts) own[n].add(name); });
  return found.flat();
};
/* Whoever submits has read what they typed themselves: it counts as a part of what the page showed. */
const countAsRead = () => {
  form.querySelectorAll("[name^=read-]").forEach((field, n) => {
    field.value = Number(field.value) + own[n].size;
    own[n].clear();
  });
};

const loggedInAgain = () => new Promise((done) => {
  document.addEventListener("portal:logged-in", () => done(true), { once: true });
  document.getElementById("log-in-again").addEventListener("close", () => setTimeout(() => done(false)), { once: true });
  document.dispatchEvent(new CustomEvent("portal:logged-out", { detail: { asked: true } }));
});

/* True when it is saved or must wait for a person; false when there was no answer. */
const tried = async (found, stuck) => {
  try {
    const response = await deliver(found);
    if (response.status === 401) return (await loggedInAgain()) && tried(found, stuck);
    if (!response.ok) stuck.add(found.name);
    return response.status < 500;
  } catch { return false; }
};

/* What is left when everything has been tried. */
const flushed = async () => {
  const stuck = new Set();
  askOtherTabsToSave();
  const until = Date.now() + PATIENCE;
  for (;;) {
    for (const found of await all()) {
      if (!(found.alive && !found.isMine) && !stuck.has(found.name) && !(await tried(found, stuck))) return all();
    }
    const left = await all();
    if (left.every(({ name }) => stuck.has(name)) && (!budgetsKept().length || Date.now() > until)) return left;
    if (Date.now() > until) return left;
    await pause();
  }
};

const line = (href, text) => {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = href;
  link.textContent = text;
  item.append(link);
  return item;
};
const tell = (left) => {
  const places = new Map(left.map(({ entry }) => [entry.label ?? entry.page, entry.page]));
  list.replaceChildren(
    ...[...places].map(([label, page]) => line(page, label)),
    ...budgetsKept().map((address) => line(`${address}budget/`, note.dataset.budget)),
  );
  note.hidden = false;
  note.focus();
};

const submit = (button) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (token) form.elements.csrfmiddlewaretoken.value = token; // a new one comes with a log-in
  countAsRead();
  isReady = true;
  form.requestSubmit(button);
};

form.addEventListener("submit", async (event) => {
  if (isReady) return;
  event.preventDefault();
  if (isBusy) return;
  const button = event.submitter;
  if (button === note.querySelector("button")) return submit(button);
  isBusy = true;
  const state = document.getElementById("submit-state");
  if ((await all()).length || budgetsKept().length) state.textContent = words.saving;
  const left = await flushed();
  state.textContent = "";
  isBusy = false;
  if (left.length || budgetsKept().length) tell(left);
  else submit(button);
});
