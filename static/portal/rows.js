/* Tables while they are written: adding, deleting, moving, and what is made of all the rows. Each row
   saves itself (row.js). */
"use strict";

import { GONE, NONE, Row, asItCame, stored } from "./row.js";
import { post, words } from "./saving.js";
import { drop, kept } from "./shelf.js";

const uuid = () => ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) =>
  (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
const tables = new Map();
let objectives = null; // as they are now, where one has changed on this page

class Table {
  constructor(place) {
    this.place = place;
    this.kind = place.dataset.rows;
    this.address = place.dataset.address;
    this.fresh = place.dataset.fresh;
    this.list = place.querySelector("[data-list]");
    this.undo = place.querySelector("[data-undo]");
    this.news = place.querySelector("[data-news]");
    this.adding = place.querySelector("[data-add]");
    this.blank = place.querySelector("template");
    this.rows = [];
    this.undone = []; // deleted rows that can be put back, the last one first
    this.moving = Promise.resolve();
    for (const card of this.list.children) this.know(card);
    this.adding.addEventListener("click", (event) => { event.preventDefault(); this.add(); });
    this.undo.querySelector("button").addEventListener("click", (event) => { event.preventDefault(); this.putBack(); });
    this.undo.querySelectorAll("input").forEach((input) => input.remove()); // for those without script
    this.openAll();
    this.find();
  }

  know(card) {
    const row = new Row(this, card);
    this.rows.push(row);
    const isUnsaved = row.status.classList.contains("failed");
    if (card.querySelector("[data-clash]").childElementCount) row.clash = {};
    row.begin(isUnsaved ? null : row.read(row.isSaved ? asItCame : stored));
    return row;
  }

  get shown() { return [...this.list.children].filter((card) => !card.hidden); }
  rowOf(card) { return this.rows.find((row) => row.card === card); }

  card(key) {
    const holder = document.createElement("ol");
    holder.innerHTML = this.blank.innerHTML.replaceAll("__key__", key);
    const card = holder.querySelector("li");
    this.list.append(card);
    if (objectives) this.offer(objectives, card);
    return card;
  }

  add() {
    const row = this.know(this.card(uuid()));
    row.details.open = true;
    this.number();
    row.cells[0].focus();
  }

  /* New rows that an earlier page could not save. */
  async find() {
    const known = new Set(this.rows.map((row) => row.address));
    const beginning = this.address.slice(0, this.address.indexOf(NONE));
    for (const { name, address, isMine, alive, entry } of await kept(beginning)) {
      if (known.has(address) || (alive && !isMine)) continue;
      known.add(address);
      const key = address.slice(beginning.length).replace(/\/$/, "");
      if (entry.value === GONE || entry.rest?.do === "delete") { drop(name); continue; }
      this.know(this.card(key));
      this.number();
    }
  }

  /* --- numbers, room, words */
  number() {
    const { shown } = this;
    shown.forEach((card, place) => card.querySelectorAll("[data-number]").forEach((each) => { each.textContent = place + 1; }));
    const count = shown.length;
    const pattern = this.place.dataset[count === 1 ? "one" : "many"];
    this.place.querySelector("[data-count]").textContent = pattern.replace("{n}", count);
    const isFull = count >= Number(this.place.dataset.limit);
    this.adding.hidden = isFull;
    this.place.querySelector("[data-full]").hidden = !isFull;
  }

  say(text) { this.news.textContent = text; }

  show(answer) {
    const picture = this.place.querySelector("[data-picture]");
    if (picture && answer.picture !== undefined && picture.innerHTML.trim() !== answer.picture) picture.innerHTML = answer.picture;
    if (!answer.objectives) return;
    ({ objectives } = answer);
    for (const table of tables.values()) table.offer(objectives, table.place);
  }

  /* Objectives that indicators choose from. What was chosen stays chosen, also while it is gone. */
  offer(pairs, place) {
    for (const select of place.querySelectorAll("select[name$=-objective]")) {
      const { value } = select;
      const known = pairs.some(([key]) => key === value);
      const gone = value && !known ? [...select.selectedOptions] : [];
      select.replaceChildren(select.options[0], ...pairs.map(([key, label]) => new Option(label, key)), ...gone);
      select.value = value;
    }
  }

  /* --- deleting and moving */
  remove(row) {
    const { shown } = this;
    const place = shown.indexOf(row.card);
    const isNothing = !row.isSaved && !row.dirty && !row.busy;
    row.showClash("");
    row.showErrors({});
    if (isNothing) this.forget(row);
    else {
      this.hide(row);
      row.save();
    }
    const next = shown[place + 1] ?? shown[place - 1];
    (next?.querySelector("summary") ?? this.adding).focus();
  }

  hide(row) {
    row.takeOff();
    this.undone.push(row);
    this.number();
    this.showUndo();
  }

  forget(row) {
    row.leave();
    row.card.remove();
    this.rows = this.rows.filter((other) => other !== row);
    this.number();
  }

  showUndo() {
    const row = this.undone.at(-1);
    this.undo.hidden = !row;
    if (row) this.undo.querySelector("[data-what]").textContent = `${this.place.dataset.deleted} ${row.called}`;
  }

  dropUndo(row) {
    this.undone = this.undone.filter((other) => other !== row);
    this.showUndo();
  }

  putBack() {
    const row = this.undone.pop();
    row.putBack();
    this.showUndo();
    row.details.open = true;
    row.cells[0].focus();
    row.save();
  }

  /* The server keeps the order; one move at a time. */
  move(row, step, button) {
    const { shown } = this;
    const place = shown.indexOf(row.card);
    const other = shown[place + step];
    if (!other) return;
    if (step < 0) other.before(row.card);
    else other.after(row.card);
    this.number();
    button.focus();
    this.say(this.place.dataset.moved.replace("{n}", place + step + 1));
    this.moving = this.moving.then(() => this.tell(row, step));
  }

  async tell(row, step) {
    await row.settle();
    if (!row.isSaved) return;
    try {
      const response = await post(row.address, { do: step < 0 ? "up" : "down" });
      if (response.status === 401) return row.loggedOut();
      const answer = await response.json();
      if (!response.ok) return row.say("failed", answer.refusal);
      this.show(answer);
      document.dispatchEvent(new CustomEvent("portal:saved", { detail: { address: row.address } }));
    } catch { row.say("failed", words.failed); }
  }

  openAll() {
    const button = this.place.querySelector("[data-open-all]");
    if (!button) return;
    button.hidden = false;
    const open = button.textContent;
    button.addEventListener("click", () => {
      const opens = button.getAttribute("aria-expanded") === "false";
      for (const row of this.rows) row.details.open = opens;
      button.setAttribute("aria-expanded", String(opens));
      button.textContent = opens ? button.dataset.close : open;
    });
  }
}

/* A link to a cell opens its card. */
const openTarget = () => {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = target ? target.closest("details") : null;
  if (!details?.closest("[data-rows]")) return;
  details.open = true;
  target.scrollIntoView({ block: "center" });
  target.focus();
};

for (const place of document.querySelectorAll("[data-rows]")) {
  const table = new Table(place);
  tables.set(table.kind, table);
}
window.addEventListener("hashchange", openTarget);
openTarget();
