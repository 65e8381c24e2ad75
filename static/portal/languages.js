/* On a narrow screen one language of a question is shown at a time, chosen by two buttons; both boxes
   stay on the page and save as always. Wider screens, and pages without script, show both. */
"use strict";

for (const pair of document.querySelectorAll(".two-languages")) {
  const boxes = [...pair.querySelectorAll(":scope > .answer")];
  if (boxes.length < 2) continue;
  const bar = document.createElement("div");
  bar.className = "language-choice";
  const show = (chosen) => boxes.forEach((box, n) => {
    box.classList.toggle("other-language", n !== chosen);
    buttons[n].setAttribute("aria-pressed", String(n === chosen));
  });
  const area = (box) => box.querySelector("textarea[data-save], textarea");
  const mark = (n) => buttons[n].classList.toggle("written", area(boxes[n]).value.trim() !== "");
  const buttons = boxes.map((box, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet";
    button.textContent = box.querySelector("label").firstChild.textContent.trim();
    button.addEventListener("click", () => show(n));
    box.addEventListener("input", () => mark(n));
    box.addEventListener("focusin", () => show(n));
    return button;
  });
  bar.append(...buttons);
  pair.prepend(bar);
  // What is written comes first, else the reader's own language; a conflict before anything else.
  const own = boxes.findIndex((box) => box.dataset.language === document.documentElement.lang);
  const written = boxes.findIndex((box) => area(box).value.trim());
  const troubled = boxes.findIndex((box) => box.querySelector(".conflict"));
  boxes.forEach((_box, n) => mark(n));
  show([troubled, area(boxes[Math.max(own, 0)]).value.trim() ? own : written, own, 0].find((n) => n >= 0));
  new MutationObserver(() => {
    const found = boxes.findIndex((box) => box.querySelector(".conflict"));
    if (found >= 0) show(found);
  }).observe(pair, { childList: true, subtree: true });

  // A link to the box that is hidden shows it.
  const asked = () => boxes.findIndex((box) => location.hash && box.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`));
  const follow = () => { if (asked() >= 0) { show(asked()); document.getElementById(location.hash.slice(1)).scrollIntoView(); } };
  window.addEventListener("hashchange", follow);
  follow();
}
