/* A question's comments: folded out under it, or on the page of their own, which is the same part of a
   page. Its form stands at the end of the body, since a question lies within the form of the answers.
   What is written and not sent is kept: see unsent.js. */
"use strict";

import { Unsent } from "./unsent.js";

const words = document.getElementById("comment-words").dataset;
const { writer, whoami } = document.getElementById("writing").dataset;

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]; // a new one comes with a log-in
const isLoggedOut = async ({ redirected, status }) => redirected || status === 401
  || (status === 403 && (await fetch(whoami, { cache: "no-store" })).status === 401); // refused before anybody asks who it is

/* A box is a text, with whom it is for. */
const textOf = (box) => box.querySelector("textarea");
const ticksOf = (box) => [...box.querySelectorAll("[type=checkbox]")];
const savedOf = (box) => box.closest(".remark")?.querySelector(".prose")?.textContent ?? "";
const entryOf = (box) => ({
  value: textOf(box).value,
  to: ticksOf(box).filter((tick) => tick.checked).map((tick) => tick.value),
  token: box.querySelector("[type=hidden]")?.value, // sent twice, it is written once
});
const unfold = (element) => {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
};

class Comments {
  constructor(place) {
    this.place = place;
    this.key = place.dataset.commentsOf;
    this.address = place.dataset.address;
    this.link = document.querySelector(`[data-thread="${this.key}"]`);
    this.unsent = new Unsent(this.address);
    const part = place.querySelector("[data-part]");
    if (part) this.take(part);
    if (this.link) this.listen();
    place.addEventListener("input", ({ target }) => this.typed(target.closest("[data-box]")));
    document.addEventListener("portal:logged-in", () => this.sendAgain());
    this.begin();
  }

  get boxes() { return [...this.place.querySelectorAll("[data-box]")]; }
  get isOpen() { return !this.place.hidden; }

  listen() {
    this.link.setAttribute("role", "button");
    this.link.setAttribute("aria-expanded", "false");
    this.link.setAttribute("aria-controls", this.place.id);
    this.link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.toggle();
    });
    this.link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.toggle();
    });
  }

  /* Open where the address says so, or where somebody was writing. */
  async begin() {
    await this.unsent.find();
    const isWanted = location.hash === `#comments-${this.key}`;
    if (this.unsent.isEmpty && !isWanted) return;
    if (this.isOpen) this.putBack();
    else if (isWanted) await this.toggle();
    else await this.load().then(() => this.fold(true)).catch(() => {}); // it stays kept
  }

  async load() {
    const answer = await fetch(`${this.address}?part=1`);
    if (!answer.ok || !this.show(await answer.text())) throw new Error(answer.status);
  }

  fold(isOpen) {
    this.place.hidden = !isOpen;
    this.link.setAttribute("aria-expanded", isOpen);
  }

  async toggle() {
    const isOpen = !this.isOpen;
    if (isOpen) {
      try { await this.load(); } catch { return void location.assign(this.link.href); }
    }
    this.fold(isOpen);
  }

  /* --- what the server sends */
  show(html) {
    const part = new DOMParser().parseFromString(html, "text/html").querySelector("[data-part]");
    if (!part) return false; // the log-in page, say
    this.take(part);
    this.place.replaceChildren(part);
    this.tell(Number(part.dataset.comments), Number(part.dataset.open));
    this.putBack();
    return true;
  }

  take(part) {
    const form = part.querySelector("form");
    if (!form) return;
    for (const earlier of document.querySelectorAll(`form[id="${form.id}"]`)) if (earlier !== form) earlier.remove();
    document.body.append(form);
    form.addEventListener("submit", (event) => this.send(event));
  }

  tell(all, open) {
    if (!this.link) return;
    this.link.dataset.comments = all;
    const some = open === 1 ? words.oneOpen : words.manyOpen.replace("{n}", open);
    this.link.querySelector("[data-thread-count]").textContent = open ? some : all ? `(${all})` : "";
  }

  /* News from the others; nobody who is at it is disturbed. */
  refresh([all, open]) {
    this.tell(all, open);
    if (this.isOpen && !this.place.contains(document.activeElement)) this.load().catch(() => {});
  }

  /* --- what is written */
  typed(box) {
    if (!box) return;
    const { name, value } = textOf(box);
    if (value.trim() && value !== savedOf(box)) return this.unsent.keep(name, entryOf(box));
    this.unsent.forget(name);
    box.querySelector("[data-unsent]")?.remove();
  }

  putBack() {
    const ownBox = (name) => this.boxes.find((box) => textOf(box).name === name);
    const homeless = [...this.unsent.entries].filter(([name]) => !ownBox(name));
    for (const [name, entry] of this.unsent.entries) if (ownBox(name)) this.fill(ownBox(name), entry);
    // Its box is gone: the thread has been resolved, say. A new comment takes what has no other place.
    const fresh = this.place.querySelector(".new-comment [data-box]");
    for (const [name, entry] of homeless) {
      if (!fresh || textOf(fresh).value) return;
      this.unsent.forget(name);
      this.unsent.keep(textOf(fresh).name, entry);
      this.fill(fresh, entry);
    }
  }

  fill(box, { value, to = [], token: made }) {
    textOf(box).value = value;
    for (const tick of ticksOf(box)) tick.checked = to.includes(tick.value);
    if (made && box.querySelector("[type=hidden]")) box.querySelector("[type=hidden]").value = made;
    if (to.length) box.querySelector(".mention")?.setAttribute("open", "");
    unfold(box);
    if (box.querySelector("[data-unsent]")) return;
    const note = Object.assign(document.createElement("p"), { className: "small-print", textContent: words.unsent });
    note.dataset.unsent = "";
    textOf(box).after(note);
  }

  /* --- sending */
  async send(event) {
    event.preventDefault();
    const { target: form, submitter: button } = event;
    if (this.busy) return;
    this.busy = true;
    const body = new FormData(form);
    body.set(button.name, button.value);
    if (token()) body.set("csrfmiddlewaretoken", token());
    const text = (button.closest("[data-box], .own") ?? this.hiddenFor(button))?.querySelector("textarea");
    if (text) text.readOnly = true; // so that what is sent is what is forgotten
    try {
      const options = { method: "POST", body, headers: { "X-Writer": writer } };
      await this.answered(await fetch(`${this.address}?part=1`, options), button, text?.name);
    } catch {
      this.fail(words.lost);
    } finally {
      this.busy = false;
      if (text) text.readOnly = false;
    }
  }

  /* The Enter key presses a button that is not seen: that of a new comment. */
  hiddenFor(button) { return button.value === "write" ? this.place.querySelector(".new-comment") : null; }

  async answered(answer, button, name) {
    if (await isLoggedOut(answer)) return this.loggedOut(button);
    if (!answer.ok && answer.status !== 409) return this.fail(words.lost);
    const html = await answer.text();
    const isWrong = !answer.ok || /class="field-error"/.test(html);
    if (name && !isWrong) {
      this.unsent.forget(name);
      await this.unsent.find(); // another tab's, that has waited for its turn
    }
    if (!this.show(html)) return this.fail(words.lost);
    if (isWrong) this.place.querySelector(".field-error")?.parentElement.querySelector("textarea")?.focus();
    else (this.link ?? this.place.querySelector(".new-comment textarea"))?.focus();
  }

  loggedOut(button) {
    this.waiting = button;
    this.fail(words.loggedOut);
    document.dispatchEvent(new CustomEvent("portal:logged-out", { detail: { asked: true } }));
  }

  sendAgain() {
    const button = this.waiting;
    this.waiting = null;
    if (button?.isConnected) button.form.requestSubmit(button);
  }

  fail(text) {
    this.place.querySelector("[data-failed]")?.remove();
    const note = Object.assign(document.createElement("p"), { className: "field-error", textContent: text });
    note.dataset.failed = "";
    note.setAttribute("role", "alert");
    this.place.prepend(note);
  }
}

const all = [...document.querySelectorAll("[data-comments-of]")].map((place) => new Comments(place));

let counts = null; // as the page that was sent last says
document.addEventListener("portal:here", ({ detail }) => {
  const before = counts;
  counts = detail.comments;
  if (!before || JSON.stringify(counts) === JSON.stringify(before)) return;
  for (const each of all) each.refresh(counts[each.key] ?? [0, 0]);
});

window.addEventListener("beforeunload", (event) => {
  if (all.some(({ unsent }) => !unsent.isKept)) event.preventDefault();
});
