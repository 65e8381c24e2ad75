/* What everything that saves itself has in common: a box of text, a row of a table. Plain fetch, because
   a save must also outlive the page (keepalive), be tried again, and tell a lost log-in from success.

   What is typed is kept in this browser until the server has said that it is saved. One request at a
   time; only the server's answer says "saved". Whoever extends Saver gives:
   - `value`: what is typed, as a string; and `as`, if it is posted as it stands, under which name
   - `fields(ahead)`: what is posted; `ahead` is 1 when it builds on a save that is under way
   - `answered(text, {ok, value, lost})`: reads a 200 or 409, and calls `done(value)` when it is saved
   - `fill(kept)`: puts back what was kept: `value`, `rest` (the other fields), `base`
   - if a person may have to choose: `stuck`, `whileStuck`; for other tabs: `heard`
   and calls `begin()` when it is ready. See autosave.js. */
"use strict";

import { drop, dropMine, keep, mine, orphans, setAside, writer } from "./shelf.js";

const PAUSE = 1000; // ms after the last key
const AT_LEAST_EVERY = 10_000; // ms, for those who never pause
const GIVE_UP_WAITING = 20_000;
const LONGEST_KEPT_ALIVE = 60_000; // browsers refuse more than 64 kB in a request that outlives the page
const LINK_WAITS = 4000; // ms that a followed link waits for what was just typed
const MOST_LOST = 5; // texts sent without an answer that are remembered
const SMALL = 20_000; // characters, of what is kept beside the text itself
const TOO_LARGE = [400, 413];

export const words = document.getElementById("writing").dataset;
export const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const savers = new Set();
const air = "BroadcastChannel" in window ? new BroadcastChannel("portal-saving") : null;

/* Without the right token a request is refused before anybody asks who is logged in. */
const isLoggedOut = async () => (await fetch(words.whoami, { cache: "no-store" })).status === 401;

export const post = (address, fields) => {
  const body = new URLSearchParams(fields);
  return fetch(address, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token(), "X-Writer": writer },
    keepalive: String(body).length < LONGEST_KEPT_ALIVE,
    signal: AbortSignal.timeout(GIVE_UP_WAITING),
  });
};

export class Saver {
  constructor(address, status) {
    this.address = address;
    this.status = status;
    this.lost = []; // texts sent whose answers never came: one of them may stand saved
    this.failures = 0;
    this.isKept = true;
    this.calm = { tone: status.className.replace("save-state", "").trim(), text: status.textContent };
    savers.add(this);
  }

  get changed() { return this.value !== this.saved; }
  get dirty() { return this.changed || this.lost.length > 0; } // taken back while its answer is lost, it may stand saved
  get stuck() { return false; } // waits for a person's choice
  get troubled() { return this.failures > 0 || this.stuck || !this.isKept; }
  whileStuck() {}
  heard() {}

  /* `saved` is what the page came with: one may have typed before the script did. */
  begin(saved) {
    this.saved = this.base = saved;
    if (this.dirty) {
      setAside(this.address);
      this.typed();
    } else this.restore();
  }

  /* Text that an earlier page, or a tab that is gone, could not save. The version it was written from
     goes with it, so that the server puts it beside what has been saved since, never over it. */
  async restore() {
    const [orphan] = await orphans(this.address);
    if (this.stuck || this.dirty || this.busy) return;
    const own = mine(this.address);
    const entry = own ?? orphan?.entry;
    if (!entry) return;
    if (own) dropMine(this.address);
    else drop(orphan.name);
    if (entry.value === this.value) return void this.restore();
    this.lost = entry.lost;
    this.base = entry.base;
    this.fill(entry);
    this.typed();
    this.save();
  }

  keep() {
    const { value, as, label, base } = this;
    const { [as]: _value, ...rest } = this.fields();
    this.isKept = keep(this.address, {
      value, as, rest, label,
      lost: this.lost.filter((text) => text.length < SMALL),
      base: base?.length < SMALL ? base : null,
      page: location.pathname,
    });
  }

  typed() {
    if (!this.dirty && !this.busy && !this.stuck) return this.rest();
    this.keep();
    if (this.stuck) return void this.whileStuck();
    this.firstTyped ??= Date.now();
    if (!this.busy && !this.failures) this.say("unsaved", words.unsaved);
    this.later(Math.min(PAUSE, Math.max(0, this.firstTyped + AT_LEAST_EVERY - Date.now())));
  }

  /* It says what stands saved: there is nothing to keep or to send. */
  rest() {
    clearTimeout(this.timer);
    this.firstTyped = undefined;
    this.failures = 0;
    this.isKept = true;
    dropMine(this.address);
    this.say(this.calm.tone, this.calm.text);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  say(tone, text) {
    if (tone === "saved") this.calm = { tone, text };
    this.status.className = `save-state ${tone}`;
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  /* `leaving`: the page goes away, so build on the request that is under way. `forced`: also what has
     not changed. */
  async save({ leaving = false, forced = false } = {}) {
    if (this.stuck) return;
    clearTimeout(this.timer);
    if (this.busy && !leaving) return void (this.again = true);
    if (!this.dirty && !forced) return;
    if (this.busy && this.lost.at(-1) === this.value) return;
    const fields = this.fields(this.busy ? 1 : 0);
    this.busy = true;
    this.underWay = this.send(fields).finally(() => { this.busy = false; });
    await this.underWay;
    if (!this.again) return;
    this.again = false;
    if (!this.failures) await this.save();
  }

  async send(fields) {
    this.firstTyped = undefined;
    const { value } = this;
    const lost = [...this.lost];
    this.lost = [...lost.filter((text) => text !== value), value].slice(-MOST_LOST);
    this.keep();
    if (!this.failures) this.say("", words.saving);
    try {
      const response = await post(this.address, fields);
      if (response.ok || response.status === 409) {
        const text = await response.text();
        this.failures = 0;
        await this.answered(text, { ok: response.ok, value, lost });
      } else this.refused(response.status === 403 && await isLoggedOut() ? 401 : response.status);
    } catch { this.failed(); }
  }

  /* The server has it, as the version that the next save is written from. */
  done(value) {
    this.lost = [];
    this.saved = this.base = value;
    document.dispatchEvent(new CustomEvent("portal:saved", { detail: { address: this.address } }));
    air?.postMessage({ saved: this.address, by: writer, value, fields: this.fields() });
    if (this.dirty) return void this.typed();
    dropMine(this.address);
    this.restore();
  }

  refused(status) {
    if (status === 401) return this.loggedOut();
    if (status >= 500 || status === 429) return this.failed();
    return this.say("failed", TOO_LARGE.includes(status) ? words.tooLarge : words.stopped);
  }

  failed() {
    this.failures += 1;
    this.say("failed", this.isKept ? words.failed : words.full);
    this.later(Math.min(30_000, 1000 * 2 ** this.failures));
  }

  loggedOut() {
    this.failures += 1;
    if (!this.status.querySelector("button")) {
      const again = document.createElement("button");
      again.type = "button";
      again.className = "as-link";
      again.textContent = words.logIn;
      again.addEventListener("click", () => askToLogIn(true));
      this.say("failed", `${words.loggedOut} `);
      this.status.append(again);
    }
    askToLogIn(false);
  }

  /* Wait for what is under way, then save what is left. */
  async settle() {
    await this.underWay;
    await this.save();
  }

  leave() { savers.delete(this); clearTimeout(this.timer); }
}

/* login.js opens its dialog; `asked`: by the person, who may have closed it before. */
const askToLogIn = (asked) => document.dispatchEvent(new CustomEvent("portal:logged-out", { detail: { asked } }));

export const all = () => [...savers];
export const settleAll = () => Promise.all(all().map((saver) => saver.settle()));
const saveAll = (options) => all().forEach((saver) => saver.save(options));
const retry = () => all().forEach((saver) => { if (saver.failures) saver.save({ forced: saver.dirty }); });
const soon = () => new Promise((done) => { setTimeout(done, LINK_WAITS); });

window.addEventListener("online", retry);
window.addEventListener("focus", retry);
document.addEventListener("portal:logged-in", retry);
window.addEventListener("pagehide", () => saveAll({ leaving: true }));
document.addEventListener("visibilitychange", () => {
  if (document.hidden) saveAll();
  else retry();
});
window.addEventListener("beforeunload", (event) => {
  if (all().some((saver) => saver.dirty && saver.troubled)) event.preventDefault();
});
// A page kept by the back button knows old versions.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// A link waits a little for what has just been typed, so that the next page knows of it.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const stays = link.target || link.hasAttribute("download") || link.origin !== location.origin || (link.pathname === location.pathname && link.hash);
  if (stays || !all().some((saver) => saver.dirty && !saver.troubled)) return;
  event.preventDefault();
  await Promise.race([settleAll(), soon()]);
  location.assign(link.href);
});

// Other tabs of the same person: what one has saved the others show, unless one is writing there; and a
// page that submits asks every tab to save first.
air?.addEventListener("message", ({ data }) => {
  if (data.saveAll === writer) saveAll();
  if (data.saved && data.by === writer) all().filter((saver) => saver.address === data.saved).forEach((saver) => saver.heard(data));
});
export const askOtherTabsToSave = () => air?.postMessage({ saveAll: writer });

/* Save something kept by a page that is no longer open; whether the server has it now. An answer that
   stands saved as we once sent it was ours, so we go on from it. */
export const deliver = async ({ name, address, entry }) => {
  const fields = { ...entry.rest, ...(entry.as ? { [entry.as]: entry.value } : {}) };
  let response = await post(address, fields);
  const page = response.status === 409 && new DOMParser().parseFromString(await response.text(), "text/html");
  const saved = page && page.querySelector("[data-text=saved]")?.textContent;
  if (page && entry.lost?.includes(saved)) response = await post(address, { ...fields, version: page.querySelector("[data-version]").value });
  if (response.ok) drop(name);
  return response;
};
