/* Tells every ten seconds, while the page is looked at, where in the application this tab is, and shows
   who else is here: at the question, in the bar and in the task list. Not being able to is no trouble. */
"use strict";

{
  const EVERY = 10_000; // ms
  const AFTER_TROUBLE = 30_000;
  const SOON = 400; // after the focus has moved

  const words = document.getElementById("together").dataset;
  const news = document.getElementById("together-news");
  const bar = document.getElementById("here");
  const tab = Math.random().toString(36).slice(2, 14);
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? words.token;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

  let question = "";
  let shown = "";
  let beside = new Set(); // who was in this question when last heard
  let timer;
  let asking = false; // one at a time, or an older place could arrive after a newer one
  let over = false;

  /* The question that something belongs to; on a page about one thing, that page. */
  const questionOf = (element) => {
    if (!element?.matches?.("main :is(input, textarea, select, [contenteditable])") || element.closest(".thread-part")) return "";
    const place = element.closest(".question") ?? document.querySelector("main");
    return place.querySelector("[data-here]")?.dataset.here ?? "";
  };

  const body = (more = {}) => {
    const form = new FormData();
    const fields = { tab, section: words.section ?? "", question, csrfmiddlewaretoken: token(), ...more };
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return form;
  };

  const later = (wait) => {
    clearTimeout(timer);
    if (!over) timer = setTimeout(beat, wait);
  };

  async function beat() {
    if (document.hidden || asking) return;
    const told = question;
    asking = true;
    try {
      const answer = await fetch(words.hereUrl, { method: "POST", body: body(), signal: AbortSignal.timeout(8000) });
      if (answer.status === 403 || answer.status === 404) over = true;
      if (!answer.ok) return later(AFTER_TROUBLE);
      show(await answer.json());
      later(question === told ? EVERY : 0);
    } catch {
      later(AFTER_TROUBLE);
    } finally {
      asking = false;
    }
  }

  function show(found) {
    document.dispatchEvent(new CustomEvent("portal:here", { detail: found }));
    tellWhoJoined(found.others);
    const now = JSON.stringify([found.others, found.elsewhere]);
    if (now === shown) return;
    shown = now;
    for (const place of document.querySelectorAll("[data-here]")) {
      showAt(place, found.others.filter((each) => each.question === place.dataset.here), words.writes);
    }
    showSections(found.others);
    showBar(found);
  }

  function showSections(others) {
    for (const place of document.querySelectorAll("[data-here-section]")) {
      showAt(place, others.filter((each) => each.section === place.dataset.hereSection), words.at);
    }
  }

  function showAt(place, people, text) {
    place.hidden = !people.length;
    place.replaceChildren(...people.map((each) => {
      const line = document.createElement("span");
      const dot = document.createElement("span");
      dot.className = "dot";
      line.append(dot, ` ${fill(text, each)} `);
      return line;
    }));
  }

  /* Folded: how many; unfolded: who and where. It stays as the reader left it. */
  function showBar({ others, elsewhere }) {
    const lines = others.map((each) => fill(words.at, each) + (each.where ? `: ${each.where}` : ""));
    if (elsewhere) lines.push(words.elsewhere);
    bar.hidden = !lines.length;
    if (!others.length) return void bar.replaceChildren(...lines);
    const open = bar.querySelector("details")?.open ?? false;
    const details = bar.querySelector("details") ?? document.createElement("details");
    const summary = details.querySelector("summary") ?? document.createElement("summary");
    const dot = document.createElement("span");
    dot.className = "dot";
    summary.replaceChildren(dot, ` ${others.length === 1 ? words.one : fill(words.many, { n: others.length })}`);
    const list = document.createElement("ul");
    list.className = "panel";
    list.append(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    details.replaceChildren(summary, list);
    details.open = open;
    if (!details.isConnected) bar.replaceChildren(details);
  }

  /* Aloud only when somebody comes into the question that one is writing in. */
  function tellWhoJoined(others) {
    const here = question ? others.filter((each) => each.question === question) : [];
    const joined = here.filter((each) => !beside.has(each.id));
    if (joined.length) news.textContent = joined.map((each) => fill(words.joined, each)).join(" ");
    beside = new Set(here.map((each) => each.id));
  }

  const moved = () => {
    const now = questionOf(document.activeElement);
    if (now === question) return;
    question = now;
    beside = new Set();
    later(SOON);
  };

  document.addEventListener("focusin", moved);
  document.addEventListener("focusout", () => setTimeout(moved));
  document.addEventListener("visibilitychange", () => { if (document.hidden) clearTimeout(timer); else later(0); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) later(0); });
  window.addEventListener("pagehide", () => navigator.sendBeacon(words.hereUrl, body({ left: "1" })));
  question = questionOf(document.activeElement);
  later(0);
}
