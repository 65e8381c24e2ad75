/* Saves each answer while one writes. The server names a version with every answer; a save from an older
   version comes back as a conflict (409) with both texts, and nothing is overwritten. */
"use strict";

import { Saver, all, settleAll } from "./saving.js";

const REFRESH = 1000; // ms after the last key, while two texts are shown

const form = document.getElementById("answers");

class Box extends Saver {
  constructor(area) {
    const place = area.closest(".answer").querySelector(".answer-state");
    super(area.dataset.save, place.querySelector(".save-state"));
    this.area = area;
    this.place = place;
    this.label = area.dataset.label;
    this.version = place.querySelector("[data-version]");
    area.addEventListener("input", () => this.typed());
    area.addEventListener("change", () => this.save());
    place.addEventListener("click", (event) => this.chosen(event));
    this.begin(area.defaultValue);
  }

  get as() { return "text"; }
  get value() { return this.area.value; }
  get conflict() { return this.place.dataset.state === "conflict"; }
  get stuck() { return this.conflict && !this.choice; }
  get troubled() { return super.troubled || this.place.dataset.state !== "saved"; }

  /* While two texts are shown one's own is kept with the version it was written from. */
  fields(ahead = 0) {
    const from = this.stuck && this.stale ? this.stale : { version: Number(this.version.value) + ahead };
    return { text: this.value, ...from, ...(this.choice ? { choice: this.choice } : {}) };
  }

  fill({ value, rest }) {
    this.area.value = value;
    this.version.value = rest.version;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* The server's own words about the box, and the version that the next save names. */
  async answered(html, { value, lost }) {
    const found = new DOMParser().parseFromString(html, "text/html").querySelector(".answer-state");
    const conflict = found.querySelector(".conflict");
    const theirs = conflict?.querySelector("[data-text=saved]").textContent;
    const from = Number(this.stale?.version ?? this.version.value);
    if (conflict && lost.includes(theirs)) { // it was ours, and only its answer was lost
      this.version.value = found.querySelector("[data-version]").value;
      this.saved = this.base = theirs;
      return this.send(this.fields());
    }
    if (conflict) this.stale ??= { version: from, ...(typeof this.base === "string" ? { base: this.base } : {}) };
    if (conflict?.matches("[data-wants-base]") && "base" in this.stale && !this.asked) {
      this.asked = true;
      return this.send({ text: this.value, ...this.stale });
    }
    this.version.value = found.querySelector("[data-version]").value;
    this.place.querySelector("[data-was]").value = found.querySelector("[data-was]").value;
    this.show(found, conflict);
    if (found.dataset.state !== "saved") { this.lost = []; return void this.keep(); }
    this.stale = undefined;
    this.asked = false;
    this.done(value);
  }

  show(found, conflict) {
    this.choice = "";
    this.place.dataset.state = found.dataset.state;
    this.place.querySelector("[data-copied]")?.remove();
    this.showConflict(conflict);
    const status = found.querySelector(".save-state");
    this.say(status.className.replace("save-state", "").trim(), status.textContent);
  }

  /* Somebody who is changing the proposal is not disturbed. */
  showConflict(conflict) {
    const shown = this.place.querySelector(".conflict");
    const merged = shown?.querySelector("[data-text=merged]");
    const isEdited = merged && merged.value !== merged.defaultValue;
    if (!conflict) return void shown?.remove();
    if (!shown) {
      this.place.append(conflict);
      return conflict.scrollIntoView({ block: "nearest" }); // whoever writes sees that there is something
    }
    if (isEdited) conflict.querySelector("[data-text=merged]").value = merged.value;
    const at = document.activeElement === merged ? [merged.selectionStart, merged.selectionEnd] : null;
    shown.replaceWith(conflict);
    if (!at) return;
    const again = conflict.querySelector("[data-text=merged]");
    again.focus();
    again.setSelectionRange(...at);
  }

  /* Writing on while two texts are shown: ask again how they differ. Too old a version saves nothing. */
  whileStuck() {
    const mine = this.place.querySelector("[data-text=mine]");
    if (mine) mine.textContent = this.value;
    if (!this.stale) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { if (this.stuck && !this.busy) this.ask(); }, REFRESH);
  }

  failed() {
    if (!this.stuck) super.failed();
  }

  async ask() {
    this.busy = true;
    this.underWay = this.send(this.fields()).finally(() => { this.busy = false; });
    await this.underWay;
  }

  /* Another tab of one's own has saved here. */
  heard({ value, fields }) {
    if (this.dirty || this.busy || this.conflict || fields.version <= Number(this.version.value)) return;
    this.version.value = fields.version;
    this.area.value = this.saved = this.base = value;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* Somebody else has saved here, and nothing of one's own is in the way. `page`: as it is now. */
  follow(page) {
    const area = page.getElementById(this.area.id);
    const found = area?.closest(".answer").querySelector(".answer-state");
    const version = found?.querySelector("[data-version]").value;
    if (!found || this.dirty || this.busy || this.conflict || Number(version) <= Number(this.version.value)) return;
    const at = [this.area.selectionStart, this.area.selectionEnd];
    this.area.value = this.saved = this.base = area.defaultValue;
    if (document.activeElement === this.area) this.area.setSelectionRange(...at);
    this.version.value = version;
    this.place.querySelector("[data-was]").value = found.querySelector("[data-was]").value;
    this.calm = { tone: "saved", text: found.querySelector(".save-state").textContent };
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async chosen(event) {
    const choice = event.target.closest("[data-choose]")?.dataset.choose;
    if (!choice) return;
    event.preventDefault();
    const text = this.place.querySelector(`[data-text=${choice}]`);
    if (choice === "saved" || choice === "merged") {
      this.area.value = text.value ?? text.textContent;
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.area.focus();
    await this.underWay;
    if (this.conflict) { // the choice is made upon the text that was shown
      this.base = this.place.querySelector("[data-text=saved]").textContent;
      this.stale = undefined;
      this.asked = false;
    }
    this.choice = choice;
    this.save({ forced: true });
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const onward = event.submitter?.name === "onward";
  await settleAll();
  const left = all().find((saver) => saver.dirty);
  if (left) left.area?.focus();
  else if (onward) location.assign(form.dataset.onward);
});

for (const area of form.querySelectorAll("textarea[data-save]")) new Box(area);
