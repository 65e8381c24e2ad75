/* What has been typed and not yet saved, kept in this browser: one place for each tab and address, so
   that two tabs never write over each other's. Texts lie under the person who wrote them, and nobody
   else's are read. */
"use strict";

const PATIENCE = 300; // ms that a page left a moment ago may hold on to its tab's name

export const writer = document.getElementById("writing")?.dataset.writer ?? "";

const random = () => [...crypto.getRandomValues(new Uint32Array(2))].map((part) => part.toString(36)).join("");
const session = (value) => {
  try {
    if (value) sessionStorage.setItem("tab", value);
    return sessionStorage.getItem("tab");
  } catch { return null; }
};

/* A tab's name outlives its pages. A tab that was copied must not share it, so whoever holds the lock
   has it; by the locks one also sees which tabs are still there. */
const take = (name) => new Promise((done) => {
  const signal = AbortSignal.timeout(PATIENCE);
  navigator.locks.request(`tab:${name}`, { signal }, () => { done(true); return new Promise(() => {}); })
    .catch(({ name: why }) => done(!["TimeoutError", "AbortError"].includes(why))); // no locks here: go on without
});
const claimed = async () => {
  let name = session() ?? random();
  if (navigator.locks) while (!(await take(name))) name = random();
  session(name);
  return name;
};
const tab = await claimed();

const living = async () => {
  if (!navigator.locks) return new Set([tab]);
  const { held } = await navigator.locks.query();
  return new Set(held.map((lock) => lock.name.replace("tab:", "")));
};

const key = (address) => `kept|${writer}|${address}|${tab}`;
const read = (name) => {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
};

/* Whether it could be kept: a browser's storage may be full, or shut. */
export const keep = (address, entry) => {
  try {
    localStorage.setItem(key(address), JSON.stringify({ ...entry, at: Date.now() }));
    return true;
  } catch { return false; }
};

export const drop = (name) => { try { localStorage.removeItem(name); } catch { /* nothing was kept */ } };
export const dropMine = (address) => drop(key(address));
export const mine = (address) => read(key(address));

/* What an earlier page of this tab kept, when this one has something of its own already. */
export const setAside = (address) => {
  try {
    const entry = localStorage.getItem(key(address));
    if (entry) localStorage.setItem(`kept|${writer}|${address}|${random()}`, entry);
  } catch { /* nothing can be kept here */ }
};

/* Everything that this person has left under addresses that begin so, the newest first; `alive`: kept
   by a tab that is still open. */
export const kept = async (beginning) => {
  let names = [];
  try { names = Object.keys(localStorage); } catch { /* nothing is kept */ }
  const tabs = await living();
  return names
    .map((name) => [name, ...name.split("|")])
    .filter(([, kind, by, address]) => kind === "kept" && by === writer && address.startsWith(beginning))
    .map(([name, , , address, by]) => ({ name, address, isMine: by === tab, alive: by === tab || tabs.has(by), entry: read(name) }))
    .filter(({ entry }) => entry)
    .sort((one, other) => other.entry.at - one.entry.at);
};

/* Left by a tab that is no longer there: put back by the first page that shows its question. */
export const orphans = async (address) => (await kept(address)).filter((found) => found.address === address && !found.alive);
