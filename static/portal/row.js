/* One row of a table: it saves itself as an answer does (saving.js). Its value is its cells as JSON, and
   nothing at all while it is deleted, so that a deletion is kept, tried again and undone like anything
   else that is typed. */
"use strict";

import { Saver } from "./saving.js";
import { dropMine } from "./shelf.js";

export const GONE = "";
export const NONE = "00000000-0000-0000-0000-000000000000"; // stands in an address for a row's key
const spaced = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
export const stored = (cell) => (cell.type === "checkbox" ? (cell.checked ? "on" : "") : cell.value);
export const asItCame = (cell) => {
  if (cell.type === "checkbox") return cell.defaultChecked ? "on" : "";
  if (cell.tagName !== "SELECT") return cell.defaultValue;
  return ([...cell.options].find((option) => option.defaultSelected) ?? cell.options[0])?.value ?? "";
};

export class Row extends Saver {
  constructor(table, card) {
    const { key } = card.dataset;
    super(table.address.replace(NONE, key), card.querySelector(".save-state"));
    this.table = table;
    this.card = card;
    this.key = key;
    this.details = card.querySelector("details");
    this.version = card.querySelector("[data-version]");
    this.label = table.fresh;
    this.cells = [...card.querySelectorAll(".row-fields [name]")];
    for (const cell of this.cells) this.count(cell);
    card.addEventListener("input", ({ target }) => this.edited(target));
    card.addEventListener("change", () => this.save());
    card.addEventListener("click", (event) => this.pressed(event));
  }

  name(cell) { return cell.name.slice(this.key.length + 1); }
  read(how) { return JSON.stringify(Object.fromEntries(this.cells.map((cell) => [this.name(cell), how(cell)]))); }
  get value() { return this.deleted ? GONE : this.read(stored); }
  get stuck() { return Boolean(this.clash); }
  get troubled() { return super.troubled || Boolean(this.wrong); }
  get called() { return this.card.querySelector("[data-title]").textContent; }

  /* Where to go on writing: only an open card takes the focus. */
  get area() {
    this.details.open = true;
    return this.cells.find((cell) => cell.hasAttribute("aria-invalid")) ?? this.cells[0];
  }

  get isSaved() { return this.version.value !== "0"; }

  /* What is posted. Undoing a deletion says where the row stood. While two rows are shown one's own is
     kept with the version it was written from. */
  fields(ahead = 0) {
    const own = (name) => `${this.key}-${name}`;
    const version = { [own("version")]: this.clash?.from ?? Number(this.version.value) + ahead };
    if (this.deleted) return { do: "delete", ...version };
    const cells = Object.fromEntries(this.cells.filter((cell) => cell.type !== "checkbox" || cell.checked).map((cell) => [cell.name, cell.value]));
    const back = this.back ? Object.fromEntries(Object.entries({ again: 1, ...this.back }).map(([name, value]) => [own(name), value ?? ""])) : {};
    return { do: "save", ...version, ...cells, ...back };
  }

  /* What an earlier page kept of it. */
  fill({ value, rest }) {
    const version = rest[`${this.key}-version`];
    if (version !== undefined && version !== "") this.version.value = version;
    if (rest[`${this.key}-again`]) this.back = { order: rest[`${this.key}-order`], indicators: rest[`${this.key}-indicators`] };
    if (value === GONE) return this.table.hide(this);
    this.write(JSON.parse(value));
    this.details.open = true;
  }

  write(cells) {
    for (const cell of this.cells) {
      const value = cells[this.name(cell)];
      if (value === undefined) continue;
      if (cell.type === "checkbox") cell.checked = value === true || value === "on";
      else this.put(cell, value);
      this.count(cell);
    }
    this.showName();
  }

  /* A choice that this page does not know yet is shown as it is. */
  put(cell, value) {
    if (cell.tagName === "SELECT" && ![...cell.options].some((option) => option.value === value)) cell.add(new Option("…", value));
    cell.value = value;
  }

  edited(cell) {
    this.count(cell);
    this.showName();
    this.typed();
  }

  /* What went wrong is seen on a closed card too. */
  say(tone, text) {
    super.say(tone, text);
    this.card.querySelector("[data-unsaved]").hidden = tone !== "failed";
  }

  count(cell) {
    if (!cell.dataset.most) return;
    const told = cell.closest(".field").querySelector("[data-told]");
    const length = [...cell.value.trim()].length;
    const limit = Number(cell.dataset.most);
    const pattern = this.table.place.dataset[length > limit ? "over" : "characters"];
    told.classList.toggle("over", length > limit);
    told.textContent = pattern.replace("{n}", spaced(length)).replace("{limit}", spaced(limit)).replace("{over}", spaced(length - limit));
  }

  /* The summary follows what is typed; the rest of it comes with the server's answer. */
  showName() {
    const first = this.cells.find((cell) => this.name(cell) === this.table.place.dataset.named) ?? this.cells[0];
    const text = first.tagName === "SELECT" ? (first.value ? first.selectedOptions[0].label : "") : first.value;
    const name = text.trim().replace(/\s+/g, " ").slice(0, 90);
    this.card.querySelector("[data-title]").textContent = name || this.table.fresh;
    for (const place of this.card.querySelectorAll("[data-called]")) place.textContent = name;
  }

  /* --- what the server answered */
  async answered(text, { ok, value, lost }) {
    const answer = JSON.parse(text);
    this.showErrors(answer.errors ?? {});
    this.showClash("");
    if (answer.conflict !== undefined) return this.meet(answer, lost);
    if (!ok) return this.refusedWith(answer);
    this.table.show(answer);
    if (value === GONE) {
      this.back = answer.deleted;
      this.back.version ??= Number(this.version.value);
      this.version.value = this.back.version;
      this.table.say(answer.saved);
      return this.done(value);
    }
    this.version.value = answer.version;
    this.card.querySelector("[data-was]").value = answer.was;
    this.card.querySelector("[data-copied]")?.remove();
    this.back = undefined;
    this.showBits(answer.bits);
    this.say("saved", `✓ ${answer.saved}`);
    this.done(value);
  }

  /* Something in it cannot be kept, or nothing can be saved any longer: it stays here until it can. */
  refusedWith(answer) {
    this.wrong = true;
    this.lost = [];
    if (this.deleted) this.notDeleted();
    if (this.changed) this.keep();
    else dropMine(this.address);
    this.say("failed", Object.keys(answer.errors).length ? this.table.place.dataset.wrong : answer.refusal);
  }

  showBits(bits) {
    const place = this.card.querySelector("[data-bits]");
    place.replaceChildren(...bits.map((text) => Object.assign(document.createElement("span"), { textContent: text })));
  }

  showErrors(errors) {
    this.wrong = Object.keys(errors).length > 0;
    for (const cell of this.cells) {
      const place = document.getElementById(`${cell.id}_error`);
      const text = errors[this.name(cell)] ?? "";
      place.textContent = text;
      place.hidden = !text;
      cell.closest(".field").classList.toggle("wrong", Boolean(text));
      cell.toggleAttribute("aria-invalid", Boolean(text));
      if (text) cell.setAttribute("aria-invalid", "true");
      const about = (cell.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== place.id);
      if (text) about.push(place.id);
      if (about.length) cell.setAttribute("aria-describedby", about.join(" "));
      else cell.removeAttribute("aria-describedby");
    }
    if (this.wrong) this.details.open = true;
  }

  showClash(html) {
    this.clash = html ? (this.clash ?? {}) : null;
    this.card.querySelector("[data-clash]").innerHTML = html;
  }

  /* Somebody else has changed the row. Cells that only they have changed become theirs, cells that only
     one has changed oneself stay; both are shown where both have changed the same cell. */
  meet(answer, lost) {
    const { theirs } = answer;
    if (this.deleted) return this.keptByOthers(answer);
    const from = Number(this.version.value);
    this.version.value = answer.version;
    if (!theirs) return this.showBoth(answer, { gone: true, from });
    const now = JSON.stringify(Object.fromEntries(this.cells.map((cell) => [this.name(cell), this.plain(theirs[this.name(cell)])])));
    if (lost.includes(now)) { // it was ours, and only its answer was lost
      this.saved = this.base = now;
      return this.send(this.fields());
    }
    const both = this.base ? this.merge(JSON.parse(now)) : null;
    if (both?.length === 0) {
      this.saved = this.base = now;
      return this.changed ? this.send(this.fields()) : this.taken(answer);
    }
    this.showBoth(answer, { now, from });
    for (const told of both ? this.card.querySelectorAll("[data-cell]") : []) {
      told.hidden = !both.includes(told.dataset.cell.slice(`id_${this.key}-`.length));
    }
  }

  showBoth(answer, clash) {
    this.clash = clash;
    this.showClash(answer.conflict);
    this.details.open = true;
    this.lost = [];
    this.keep();
    this.say("failed", this.table.place.dataset.both);
  }

  plain(value) { return value === true ? "on" : value === false ? "" : value; }

  merge(theirs) {
    const base = JSON.parse(this.base);
    const mine = JSON.parse(this.value);
    const untouched = Object.keys(mine).filter((name) => mine[name] === base[name]);
    this.write(Object.fromEntries(untouched.map((name) => [name, theirs[name]])));
    return Object.keys(mine).filter((name) => !untouched.includes(name) && theirs[name] !== base[name] && theirs[name] !== mine[name]);
  }

  /* Theirs was all there was to take. */
  taken(answer) {
    this.card.querySelector("[data-was]").value = answer.was;
    this.say("saved", "");
    this.done(this.value);
  }

  keptByOthers(answer) {
    this.notDeleted();
    this.lost = [];
    this.version.value = answer.version;
    if (answer.theirs) {
      this.write(answer.theirs);
      this.saved = this.base = this.value;
      dropMine(this.address);
    }
    this.details.open = true;
    this.card.querySelector("[data-clash]").innerHTML = answer.conflict;
  }

  /* --- what one does with it */
  pressed(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const { choose, step } = button.dataset;
    if (choose) this.chosen(event, choose);
    else if (step) { event.preventDefault(); this.table.move(this, Number(step), button); }
    else if (button.hasAttribute("data-delete")) { event.preventDefault(); this.table.remove(this); }
    else if (button.hasAttribute("data-confirm")) { event.preventDefault(); this.save({ forced: true }); }
  }

  async chosen(event, choice) {
    event.preventDefault();
    await this.underWay;
    const { gone, now } = this.clash ?? {};
    if (!gone && !now) { // the page came with it
      if (choice === "theirs") return void location.reload();
    } else if (now) this.saved = this.base = now;
    if (choice === "theirs" && gone) {
      this.showClash("");
      dropMine(this.address);
      return this.table.forget(this);
    }
    if (choice === "theirs") this.write(JSON.parse(now));
    if (gone) this.back = {};
    this.showClash("");
    this.area.focus();
    this.save({ forced: true });
  }

  takeOff() {
    this.deleted = true;
    this.card.hidden = true;
    for (const cell of this.cells) cell.disabled = true; // it is not part of the page's own form
  }

  putBack() {
    this.deleted = false;
    this.card.hidden = false;
    for (const cell of this.cells) cell.disabled = false;
    this.table.number();
  }

  /* The server did not take it out, so there is nothing to undo. */
  notDeleted() {
    this.putBack();
    this.table.dropUndo(this);
  }

  rest() {
    this.showErrors({});
    super.rest();
  }

  heard({ value, fields }) {
    if (this.dirty || this.busy || this.clash) return;
    if (value === GONE) {
      this.takeOff();
      this.saved = this.base = GONE;
      return this.table.number();
    }
    this.write(JSON.parse(value));
    this.version.value = fields[`${this.key}-version`];
    this.saved = this.base = this.value;
  }
}
