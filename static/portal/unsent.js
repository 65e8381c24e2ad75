/* Comments being written at one question: each box's text is kept in this browser (shelf.js) until the
   server has it, or nothing is left of it. They are no answers, so their addresses never begin as an
   application's do: handing in neither sends them nor waits for them. */
"use strict";

import { drop, dropMine, keep, kept } from "./shelf.js";

export class Unsent {
  constructor(address) {
    this.beginning = `comment:${address}#`;
    this.entries = new Map(); // by the name of the box
    this.isKept = true;
  }

  get isEmpty() { return !this.entries.size; }

  keep(name, entry) {
    this.entries.set(name, entry);
    this.isKept = keep(this.beginning + name, entry);
  }

  forget(name) {
    this.entries.delete(name);
    dropMine(this.beginning + name);
    if (this.isEmpty) this.isKept = true;
  }

  /* What an earlier page of this tab left, or a tab that is closed; one text for each box. */
  async find() {
    const found = await kept(this.beginning);
    for (const own of [true, false]) {
      for (const { name, address, isMine, alive, entry } of found) {
        const box = address.slice(this.beginning.length);
        if (isMine !== own || (alive && !isMine) || this.entries.has(box)) continue;
        this.keep(box, entry);
        if (!isMine) drop(name);
      }
    }
  }
}
