/* Saves each answer while one writes. Plain fetch rather than htmx, because a save must also outlive
   the page (keepalive), be tried again, and tell a lost log-in from success.

   What is typed lies in localStorage until the server has said that it is saved. The server names a
   version with every answer; a save from an older version comes back as a conflict (409) and
   nothing is overwritten. Only the server's answer says "saved". */
"use strict";

{
  const PAUSE = 1000; // ms after the last key
  const AT_LEAST_EVERY = 10_000; // ms, for those who never pause
  const GIVE_UP_WAITING = 20_000;
  const LONGEST_KEPT_ALIVE = 60_000; // browsers refuse more than 64 kB in a request that outlives the page

  const form = document.getElementById("answers");
  const words = document.getElementById("answer-words").dataset;
  const boxes = [];

  const memory = (name, value) => {
    try {
      if (value === undefined) return JSON.parse(localStorage.getItem(name));
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, JSON.stringify(value));
    } catch { /* a browser without storage: the text is still on the page */ }
    return null;
  };
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;

  class Box {
    constructor(area) {
      this.area = area;
      this.place = area.closest(".answer").querySelector(".answer-state");
      this.status = this.place.querySelector(".save-state");
      this.version = this.place.querySelector("[data-version]");
      this.key = `answer:${form.dataset.writer}:${area.dataset.save}`;
      this.saved = area.defaultValue; // as the page came: one may have typed before this script did
      this.sent = null; // what was sent last without an answer
      this.failures = 0;
      area.addEventListener("input", () => this.typed());
      area.addEventListener("change", () => this.save());
      this.place.addEventListener("click", (event) => this.chosen(event));
      this.restore();
      if (this.dirty && !this.busy) this.typed();
    }

    get dirty() { return this.area.value !== this.saved; }
    get troubled() { return this.failures > 0 || this.place.dataset.state !== "saved"; }
    get conflict() { return this.place.dataset.state === "conflict"; }

    /* Text that an earlier page could not save: put it back and save it from the version it had. */
    restore() {
      const kept = memory(this.key);
      if (!kept || this.conflict) return;
      if (kept.text === this.area.value) return void memory(this.key, null);
      this.area.value = kept.text;
      this.version.value = kept.version;
      this.sent = kept.sent ?? null;
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
      this.save();
    }

    keep() { memory(this.key, { text: this.area.value, version: this.version.value, sent: this.sent }); }

    typed() {
      const mine = this.place.querySelector("[data-text=mine]");
      if (mine) mine.textContent = this.area.value;
      this.keep();
      if (this.conflict) return;
      this.firstTyped ??= Date.now();
      if (!this.busy && !this.failures) this.say("unsaved", words.unsaved);
      const wait = Math.min(PAUSE, Math.max(0, this.firstTyped + AT_LEAST_EVERY - Date.now()));
      this.later(wait);
    }

    later(wait) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), wait);
    }

    say(tone, text) {
      this.status.className = `save-state ${tone}`;
      if (this.status.textContent !== text) this.status.textContent = text;
    }

    /* One request at a time. `leaving`: the page goes away, so build on the one that is under way. */
    async save({ leaving = false, forced = false } = {}) {
      clearTimeout(this.timer);
      if (this.conflict && !forced) return;
      if (this.busy && !leaving) return void (this.again = true);
      if (!this.dirty && !forced) return;
      if (this.busy && this.sent === this.area.value) return;
      const version = Number(this.version.value) + (this.busy ? 1 : 0);
      this.busy = true;
      this.underWay = this.send(version).finally(() => { this.busy = false; });
      await this.underWay;
      if (!this.again) return;
      this.again = false;
      if (!this.failures) await this.save();
    }

    async send(version) {
      this.firstTyped = undefined;
      const text = this.area.value;
      const lost = this.sent;
      this.sent = text;
      this.keep();
      if (!this.failures) this.say("", words.saving);
      try {
        const body = new URLSearchParams({ text, version });
        const response = await fetch(this.area.dataset.save, {
          method: "POST",
          body,
          headers: { "X-CSRFToken": token() },
          keepalive: String(body).length < LONGEST_KEPT_ALIVE,
          signal: AbortSignal.timeout(GIVE_UP_WAITING),
        });
        await this.answered(response, text, lost);
      } catch {
        this.failed();
      }
    }

    /* Wait for what is under way, then save what is left. */
    async settle() {
      await this.underWay;
      await this.save();
    }

    async answered(response, text, lost) {
      if (response.ok || response.status === 409) return this.show(await response.text(), text, lost);
      if (response.status === 401) return this.loggedOut();
      if (response.status >= 500 || response.status === 429) return this.failed();
      return this.say("failed", words.stopped);
    }

    /* The server's own words about the box, and the version that the next save names. */
    async show(html, text, lost) {
      const found = new DOMParser().parseFromString(html, "text/html").querySelector(".answer-state");
      const theirs = found.querySelector("[data-text=saved]")?.textContent;
      this.failures = 0;
      this.version.value = found.querySelector("[data-version]").value;
      this.place.querySelector("[data-was]").value = found.querySelector("[data-was]").value;
      if (theirs !== undefined && theirs === lost) return this.send(this.version.value); // it was ours
      this.sent = null;
      this.place.dataset.state = found.dataset.state;
      this.place.querySelector(".conflict")?.remove();
      const conflict = found.querySelector(".conflict");
      if (conflict) this.place.append(conflict);
      const status = found.querySelector(".save-state");
      this.say(status.className.replace("save-state", "").trim(), status.textContent);
      if (found.dataset.state !== "saved") return this.keep();
      this.saved = text;
      if (!this.dirty) return memory(this.key, null);
      this.keep();
      this.typed();
    }

    failed() {
      this.failures += 1;
      this.say("failed", words.failed);
      this.later(Math.min(30_000, 1000 * 2 ** this.failures));
    }

    loggedOut() {
      this.failures += 1;
      if (this.status.querySelector("a")) return;
      const link = document.createElement("a");
      link.href = `${words.loginUrl}?next=${encodeURIComponent(location.pathname)}`;
      link.target = "_blank";
      link.textContent = words.loginLink;
      this.say("failed", `${words.login} `);
      this.status.append(link);
    }

    chosen(event) {
      const choice = event.target.closest("[data-choose]")?.dataset.choose;
      if (!choice) return;
      event.preventDefault();
      if (choice === "saved") {
        this.area.value = this.place.querySelector("[data-text=saved]").textContent;
        this.area.dispatchEvent(new Event("input", { bubbles: true }));
      }
      this.area.focus();
      this.save({ forced: true });
    }
  }

  const saveAll = (options) => boxes.forEach((box) => box.save(options));

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const onward = event.submitter?.name === "onward";
    await Promise.all(boxes.map((box) => box.settle()));
    const left = boxes.find((box) => box.dirty);
    if (left) left.area.focus();
    else if (onward) location.assign(form.dataset.onward);
  });
  const retry = () => boxes.forEach((box) => { if (box.failures) box.save(); });
  window.addEventListener("online", retry);
  window.addEventListener("focus", retry);
  window.addEventListener("pagehide", () => saveAll({ leaving: true }));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) saveAll();
    else retry();
  });
  window.addEventListener("beforeunload", (event) => {
    if (boxes.some((box) => box.dirty && box.troubled)) event.preventDefault();
  });
  // A page kept by the back button knows old versions.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  for (const area of form.querySelectorAll("textarea[data-save]")) boxes.push(new Box(area));
}
