/* Folds a question's comments out under it. The server sends the same part as on the thread's own page;
   its form stands at the end of the body, since the question lies within the form of the answers. */
"use strict";

{
  const words = document.getElementById("together").dataset;
  const { writer } = document.getElementById("writing").dataset;
  const news = document.getElementById("together-news");
  const part = (address) => `${address}?part=1`;
  const link = (key) => document.querySelector(`[data-thread="${key}"]`);
  const place = (key) => document.getElementById(`thread-${key}`);
  const areas = (key) => [...place(key).querySelectorAll("textarea")];
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]; // a new one comes with a log-in
  const unsaved = (area) => area.value !== area.defaultValue;

  /* Show a thread; what is typed in its other boxes stays, but for the one that was sent. */
  function show(key, html, sent) {
    const found = new DOMParser().parseFromString(html, "text/html").querySelector("[data-part]");
    if (!found) return false; // the log-in page, say
    const typed = areas(key).filter((area) => unsaved(area) && area.name !== sent).map((area) => [area.name, area.value]);
    const form = found.querySelector("form");
    if (form) {
      document.getElementById(form.id)?.remove();
      document.body.append(form);
      form.addEventListener("submit", (event) => send(key, event));
    }
    place(key).replaceChildren(found);
    for (const [name, value] of typed) {
      const area = areas(key).find((each) => each.name === name);
      if (!area) continue;
      area.value = value;
      const fold = area.closest("details");
      if (fold) fold.open = true;
    }
    return true;
  }

  async function load(key) {
    const answer = await fetch(part(link(key).href));
    if (!answer.ok || !show(key, await answer.text())) throw new Error(answer.status);
  }

  async function toggle(key) {
    const open = place(key).hidden;
    if (open) {
      try { await load(key); } catch { return void location.assign(link(key).href); }
    }
    place(key).hidden = !open;
    link(key).setAttribute("aria-expanded", open);
  }

  async function send(key, event) {
    event.preventDefault();
    const form = event.target;
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    const button = event.submitter;
    const body = new FormData(form);
    if (button) body.set(button.name, button.value);
    if (token()) body.set("csrfmiddlewaretoken", token());
    const area = button?.closest(".field, .new-comment, details")?.querySelector("textarea");
    try {
      const answer = await fetch(part(form.action), { method: "POST", body, headers: { "X-Writer": writer } });
      const told = answer.ok || answer.status === 409;
      if (!told || answer.redirected || !show(key, await answer.text(), answer.ok ? area?.name : undefined)) {
        fail(key, words.loggedOut);
        document.dispatchEvent(new CustomEvent("portal:logged-out", { detail: { asked: true } }));
      }
      else place(key).querySelector(".field-error, [role=alert]") ? faulty(key) : done(key);
    } catch {
      fail(key, words.lost);
    } finally {
      delete form.dataset.busy;
    }
  }

  function done(key) {
    link(key).focus();
    const threads = place(key).querySelectorAll(".remark").length;
    link(key).dataset.comments = threads;
    count(key);
  }

  function faulty(key) {
    const area = place(key).querySelector(".field-error")?.parentElement.querySelector("textarea");
    area?.focus();
  }

  function fail(key, text) {
    let note = place(key).querySelector("[data-failed]");
    if (!note) {
      note = Object.assign(document.createElement("p"), { className: "field-error" });
      note.dataset.failed = "";
      place(key).prepend(note);
    }
    note.textContent = text;
    news.textContent = text;
  }

  /* How many, as the page that was sent last says. */
  let counts = {};
  function count(key) {
    const chip = link(key).parentElement.querySelector("[data-thread-count]");
    const [all, open] = counts[key] ?? [place(key).querySelectorAll(".remark").length, place(key).querySelectorAll(".remarks:not(.is-resolved)").length];
    chip.hidden = !all;
    chip.textContent = words.counted.replace("{all}", all).replace("{open}", open);
  }

  document.addEventListener("portal:here", ({ detail }) => {
    const before = JSON.stringify(counts);
    const first = before === "{}";
    counts = detail.comments;
    if (first || JSON.stringify(counts) === before) return;
    for (const each of document.querySelectorAll("[data-thread]")) {
      const key = each.dataset.thread;
      count(key);
      if (!place(key).hidden && !areas(key).includes(document.activeElement)) load(key).catch(() => {});
    }
  });

  for (const each of document.querySelectorAll("[data-thread]")) {
    const key = each.dataset.thread;
    each.setAttribute("role", "button");
    each.setAttribute("aria-expanded", "false");
    each.setAttribute("aria-controls", `thread-${key}`);
    each.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      toggle(key);
    });
    each.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      toggle(key);
    });
  }
  const wanted = location.hash.match(/^#comments-(.+)$/)?.[1];
  if (wanted && link(wanted)) toggle(wanted);
  window.addEventListener("beforeunload", (event) => {
    if ([...document.querySelectorAll(".thread textarea")].some(unsaved)) event.preventDefault();
  });
}
