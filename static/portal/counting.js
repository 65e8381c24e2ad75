/* Counts words and characters the way the server does (applications/counting.py), on the text as it is
   stored (applications/typed_text.py). */
"use strict";

const LINE_ENDS = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
const UNREADABLE = /[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]/gu;

export const clean = (text) => text.replace(LINE_ENDS, "\n").replace(UNREADABLE, "");

export const count = (text, unit) => {
  const stored = clean(text).trim();
  return unit === "words" ? (stored.match(/\S+/g) ?? []).length : [...stored].length;
};
