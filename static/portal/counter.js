/* Says how long each text is while one writes. Warns over the limit, never cuts. */
"use strict";

import { count } from "./counting.js";

const words = document.getElementById("answer-words").dataset;
const news = document.getElementById("limit-news");
const spaced = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u00a0");

const tell = (box) => {
  const { unit, label } = box.dataset;
  const limit = Number(box.dataset.limit);
  const length = count(box.value, unit);
  const isOver = length > limit;
  const shown = document.getElementById(`count-${box.name}`);
  if (isOver && !shown.classList.contains("over")) news.textContent = words.news.replace("{question}", label);
  shown.classList.toggle("over", isOver);
  shown.textContent = words[isOver ? `${unit}Over` : unit]
    .replace("{n}", spaced(length)).replace("{limit}", spaced(limit)).replace("{over}", spaced(length - limit));
};

for (const box of document.querySelectorAll("textarea[data-limit]")) {
  box.addEventListener("input", () => tell(box));
  tell(box);
}
