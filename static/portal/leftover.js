/* On pages that can no longer be written on: what this person has typed in this browser and nobody has
   saved, to read and to copy. It is put back by itself where it was, if the application opens again. */
"use strict";

import { kept } from "./shelf.js";

const box = document.getElementById("leftover");
const list = box.querySelector("ul");
const template = box.querySelector("template");

const shown = ({ entry: { label, value } }, number) => {
  const item = template.content.firstElementChild.cloneNode(true);
  const [name, text, copy] = ["label", "textarea", "button"].map((each) => item.querySelector(each));
  text.id = `leftover-${number}`;
  text.value = value;
  name.htmlFor = text.id;
  name.textContent = label;
  copy.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(value); } catch { text.select(); document.execCommand("copy"); }
    copy.textContent = copy.dataset.done;
  });
  return item;
};

const texts = (await kept(box.dataset.address)).filter(({ entry }) => entry.label && entry.value?.trim());
list.replaceChildren(...texts.map(shown));
box.hidden = !texts.length;
