/* The budget's grid while it is written. Every change is saved and judged by the server in one
   request, one at a time, and only its last answer is shown; only it says "saved". Rows that it has
   not taken lie in localStorage until it has, so that a lost line, page or log-in loses nothing.
   Without this script the same form saves every row at once. */
"use strict";

{
  const PAUSE = 600; // ms after the last key
  const GIVE_UP_WAITING = 20_000;
  const LARGEST = 1_000_000_000; // kronor, as on the server

  const form = document.getElementById("budget");
  const words = document.getElementById("budget-words").dataset;
  const pattern = document.getElementById("blank-row");
  const status = document.getElementById("save-state");
  const undo = document.getElementById("undo");
  const pay = new Set(form.dataset.pay.split(" "));
  const storage = `budget:${form.dataset.writer}:${location.pathname}`;
  const english = document.documentElement.lang === "en";

  const rows = new Map(); // on the page, by key
  const deleted = new Map(); // to be deleted: key → what was seen
  const taken = new Map(); // taken off the page: key → how to put it back
  let orderChanged = false;
  let reasonsSaved = []; // as the server has them
  let reasonsClash = null; // somebody else's, until one has chosen
  let lost = null; // a request without an answer: it may have been carried out, so it goes first
  let busy = null;
  let failures = 0;
  let stopped = false;
  let timer = 0;

  const uuid = () => ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
  const bar = form.querySelector(".budget-bar"); // what is scrolled to stays clear of it
  const keepClear = () => { document.documentElement.style.scrollPaddingBottom = `${bar.offsetHeight + 16}px`; };
  const say = (tone, text) => {
    status.className = `save-state ${tone}`;
    if (status.textContent !== text) status.textContent = text;
  };
  const kronor = (sum) => {
    const digits = new Intl.NumberFormat("sv").format(sum);
    return english ? `SEK\u00a0${digits}` : `${digits}\u00a0kr`;
  };
  // "4 800", "4.800 kr" and "4,800" are 4800, as on the server; anything else is not guessed at.
  const whole = (text) => {
    const plain = text.replace(/\s/g, " ").trim().replace(/^(sek|kr) ?| ?(kr\.?|sek|kronor|:-)$/gi, "").trim();
    return /^(\d+|\d{1,3}([ .,])\d{3}(\2\d{3})*)$/.test(plain) ? Number(plain.replace(/\D/g, "")) : NaN;
  };
  const decimal = (text) => {
    const number = whole(text);
    return Number.isNaN(number) ? Number(text.replace(/\s/g, "").replace(",", ".") || NaN) : number;
  };

  const asItCame = (cell) => {
    if (cell.tagName !== "SELECT") return cell.defaultValue;
    return ([...cell.options].find((option) => option.defaultSelected) ?? cell.options[0])?.value ?? "";
  };

  class Row {
    constructor(tr) {
      this.tr = tr;
      this.key = tr.dataset.key;
      this.below = tr.nextElementSibling;
      this.was = this.cell("was");
      this.saved = this.was.value ? this.textAsItCame : null; // one may type before this script runs
      this.base = this.saved; // what one's own changes are counted from
      this.wrong = this.tr.querySelector("[aria-invalid]") !== null; // typed back, it is judged anew
      this.seen = this.was.value; // the fingerprint that belongs to it, while theirs is being shown
      rows.set(this.key, this);
      this.showPay();
    }

    cell(name) { return this.tr.querySelector(`[name="${this.key}-${name}"]`); }
    get cells() { return [...this.tr.querySelectorAll(`[name^="${this.key}-"]:not([name$="-was"])`)]; }
    get values() { return Object.fromEntries(this.cells.map((cell) => [cell.name.slice(this.key.length + 1), cell.value])); }
    get text() { return JSON.stringify(this.values); }
    get textAsItCame() { return JSON.stringify(Object.fromEntries(this.cells.map((cell) => [cell.name.slice(this.key.length + 1), asItCame(cell)]))); }
    get empty() { return !this.was.value && !["cost_type_id", "activity", "description", "quantity", "unit", "unit_price"].some((name) => this.cell(name).value.trim()); }
    get dirty() { return !this.empty && (this.wrong || this.text !== this.saved); }
    get clashes() { return this.below.querySelector("[data-clash]").childElementCount > 0; }
    get body() { return this.tr.closest("tbody"); }
    get name() { return this.cell("description").value.trim() || this.cell("activity").value.trim() || words.nameless; }
    get amount() { return this.tr.querySelector("output"); }

    /* A pasted text into a cell; into a choice by its label. */
    put(cell, text) {
      if (cell.tagName !== "SELECT") { cell.value = text; return; }
      const option = [...cell.options].find((each) => each.label.toLowerCase() === text.toLowerCase());
      if (option) cell.value = option.value;
    }

    fill(values) {
      for (const cell of this.cells) {
        const name = cell.name.slice(this.key.length + 1);
        if (name in values) cell.value = values[name];
      }
      this.showPay();
      this.showName();
    }

    showName() {
      const name = this.tr.querySelector("summary [data-name]");
      if (name) name.textContent = this.name;
    }

    showPay() {
      const type = this.cell("cost_type_id").value;
      const persons = this.cell("persons");
      persons.disabled = Boolean(type) && !pay.has(type);
      persons.title = persons.disabled ? words.onlyPay : "";
    }

    showAmount() {
      if (this.cell("currency").value !== "SEK") return void (this.amount.textContent = "…");
      const persons = this.cell("persons").disabled ? 1 : Number(this.cell("persons").value || 1);
      const sum = Math.round(persons * decimal(this.cell("quantity").value) * whole(this.cell("unit_price").value));
      this.amount.textContent = Number.isFinite(sum) && sum <= LARGEST ? kronor(sum) : "–";
    }

    append(body) {
      body.append("row", this.key);
      body.append(`${this.key}-was`, this.was.value);
      for (const cell of this.cells) if (!cell.disabled) body.append(cell.name, cell.value);
    }

    /* Beside each cell what is wrong in it. An empty cell of the row one is in is not wrong yet. */
    showErrors(errors) {
      const here = this.tr.contains(document.activeElement);
      this.wrong = Object.keys(errors).length > 0;
      for (const cell of this.cells) {
        const place = document.getElementById(`${cell.id}_error`);
        if (!place) continue;
        const name = cell.name.slice(this.key.length + 1);
        const text = errors[name] && !(here && !cell.value) ? errors[name] : "";
        const isNew = place.textContent.trim() !== text;
        if (isNew) place.textContent = text;
        place.hidden = !text;
        if (text) { cell.setAttribute("aria-invalid", "true"); cell.setAttribute("aria-describedby", place.id); }
        else { cell.removeAttribute("aria-invalid"); cell.removeAttribute("aria-describedby"); }
        if (text && isNew) this.reveal(place);
      }
    }

    /* What is said of the row one is in is not hidden by the bars; the cell one is in comes first. */
    reveal(place) {
      requestAnimationFrame(() => { // when all is said: the bar may have grown by it
        if (!this.tr.contains(document.activeElement)) return;
        keepClear();
        for (const each of [place, document.activeElement]) each.scrollIntoView({ block: "nearest", behavior: "instant" });
      });
    }

    showSaved({ amount, rate }) {
      this.amount.textContent = amount;
      this.tr.querySelector("[data-rate]").textContent = rate;
    }

    showFindings(html) {
      const place = this.below.querySelector("[data-findings]");
      swap(place, html);
      this.showBelow();
    }

    showClash(html) {
      const place = this.below.querySelector("[data-clash]");
      place.innerHTML = html;
      this.showBelow();
      if (html) this.reveal(place);
    }

    showBelow() {
      const said = this.below.textContent.trim() !== "";
      this.below.hidden = !said;
      this.tr.classList.toggle("found", said);
    }

    remove() { this.tr.remove(); this.below.remove(); rows.delete(this.key); }
    place(before, body) { body.insertBefore(this.tr, before); body.insertBefore(this.below, before); }
  }

  const swapped = new WeakMap();
  const swap = (place, html) => {
    if (swapped.get(place) === html) return;
    swapped.set(place, html);
    const open = [...place.querySelectorAll("details")].map((each) => each.open);
    place.innerHTML = html;
    [...place.querySelectorAll("details")].forEach((each, n) => { each.open = open[n] ?? false; });
  };

  const inOrder = () => [...form.querySelectorAll("tr[data-key]")].map((tr) => rows.get(tr.dataset.key)).filter(Boolean);
  const bodyOf = (year) => form.querySelector(`section[data-year="${year}"] tbody`);
  const areas = ["guideline_reason", "visits_reason"].map((name) => form.elements[name]);
  const reasons = () => areas.map((area) => area.value);
  const reasonsDirty = () => reasons().some((text, n) => text !== reasonsSaved[n]);
  const unsaved = () => [...rows.values()].filter((row) => row.dirty);
  const isDirty = () => Boolean(lost) || unsaved().length > 0 || deleted.size > 0 || orderChanged || reasonsDirty();

  /* --- kept in the browser until the server has it */
  const keep = () => {
    try {
      if (!isDirty()) return void localStorage.removeItem(storage);
      const left = unsaved().map((row) => ({ key: row.key, was: row.clashes ? row.seen : row.was.value, base: row.base, values: row.values }));
      const typed = reasonsDirty() ? { was: form.elements.was.value, texts: reasons().map((text, n) => (text === reasonsSaved[n] ? null : text)) } : null;
      localStorage.setItem(storage, JSON.stringify({ left, typed, deleted: [...deleted], orderChanged, lost: lost?.toString() }));
    } catch { /* a browser without storage: it is still on the page */ }
  };
  const restore = () => {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(storage)); } catch { /* nothing kept */ }
    if (!kept) return;
    if (kept.lost) lost = new URLSearchParams(kept.lost);
    for (const [key, was] of kept.deleted ?? []) {
      if (rows.has(key)) takeOff(rows.get(key));
      deleted.set(key, was);
    }
    for (const { key, was, base, values } of kept.left ?? []) {
      const row = rows.get(key) ?? added(bodyOf(values.project_year) ?? bodyOf(1), {}, key);
      row.fill(values);
      row.was.value = row.seen = was;
      row.base = base;
    }
    if (kept.typed) {
      form.elements.was.value = kept.typed.was;
      kept.typed.texts.forEach((text, n) => { if (text !== null) areas[n].value = text; });
      showReasons([]);
    }
    orderChanged = kept.orderChanged ?? false;
    if (isDirty()) { say("unsaved", words.kept); later(0); }
  };

  /* --- saving: one request at a time; what had no answer is sent again as it was, then the rest */
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
  const save = async () => {
    clearTimeout(timer);
    if (stopped) return;
    if (busy) { await busy; if (isDirty()) later(0); return; }
    const sent = lost ? [] : unsaved().filter((row) => !row.clashes).map((row) => [row, row.text]);
    const body = lost ?? written(sent.map(([row]) => row));
    if (!body) return;
    const texts = body.has("was") ? areas.map((area) => body.get(area.name)) : null;
    keep();
    if (!failures) say("", words.saving);
    busy = send(body, sent, texts);
    await busy;
    busy = null;
  };

  /* What to send: the touched rows, and everything that goes along. Null when there is nothing. */
  const written = (touched) => {
    const body = new URLSearchParams();
    for (const row of touched) row.append(body);
    for (const [key, was] of deleted) {
      body.append("deleted", key);
      if (!body.has(`${key}-was`)) body.append(`${key}-was`, was);
    }
    if (orderChanged || touched.some((row) => !row.was.value)) {
      for (const row of inOrder()) if (!row.empty) body.append("order", row.key);
    }
    if (reasonsDirty() && !reasonsClash) {
      body.append("was", form.elements.was.value);
      for (const area of areas) body.append(area.name, area.value);
    }
    orderChanged = false;
    return [...body.keys()].length ? body : null;
  };

  const send = async (body, sent, texts) => {
    try {
      const response = await fetch(form.dataset.live, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": token(), "X-Writer": form.dataset.writer },
        keepalive: String(body).length < 60_000,
        signal: AbortSignal.timeout(GIVE_UP_WAITING),
      });
      if (response.status === 401 || (response.status === 403 && await isLoggedOut())) return loggedOut(body);
      if (response.status >= 500 || response.status === 429) return failed(body);
      if (!response.ok && response.status !== 409) return stop(body);
      const answer = await response.json();
      failures = 0;
      lost = null;
      if (answer.refusal) orderChanged ||= body.has("order");
      else for (const key of body.getAll("deleted")) deleted.delete(key);
      if (answer.reasons.was) { form.elements.was.value = answer.reasons.was; reasonsSaved = texts; }
      show(answer, sent);
      document.dispatchEvent(new CustomEvent("portal:saved"));
    } catch { failed(body); }
  };

  const failed = (body) => {
    lost = body;
    failures += 1;
    keep();
    say("failed", words.failed);
    later(Math.min(30_000, 1000 * 2 ** failures));
  };

  const stop = (body) => {
    lost = body;
    stopped = true;
    keep();
    say("failed", words.stopped);
  };

  const loggedOut = (body) => {
    lost = body;
    failures += 1;
    keep();
    say("failed", `${words.login} `);
    const again = document.createElement("button");
    again.type = "button";
    again.className = "as-link";
    again.textContent = words.loginLink;
    again.addEventListener("click", () => askToLogIn(true));
    status.append(again);
    askToLogIn(false);
  };

  /* Without the right token a request is refused before anybody asks who is logged in. */
  const isLoggedOut = async () => (await fetch(document.getElementById("writing").dataset.whoami, { cache: "no-store" })).status === 401;

  /* login.js opens its dialog; `asked`: by the person, who may have closed it before. */
  const askToLogIn = (asked) => document.dispatchEvent(new CustomEvent("portal:logged-out", { detail: { asked } }));

  /* --- what the server answered */
  const show = (answer, sent) => {
    for (const [key, was] of Object.entries(answer.rows)) if (rows.has(key)) rows.get(key).was.value = rows.get(key).seen = was;
    for (const [row, text] of sent) {
      row.showErrors(answer.errors[row.key] ?? {});
      if (row.key in answer.conflicts) continue;
      row.showClash("");
      if (row.key in answer.rows) row.saved = row.base = text;
    }
    for (const [key, conflict] of Object.entries(answer.conflicts)) meet(key, conflict);
    for (const [key, line] of Object.entries(answer.lines)) {
      const row = rows.get(key);
      if (!row) continue;
      if (!row.dirty && row.was.value === line.mark) row.showSaved(line);
      row.showFindings(line.findings);
    }
    for (const section of form.querySelectorAll("section[data-year]")) {
      section.querySelector("[data-sum]").textContent = answer.years[section.dataset.year] ?? kronor(0);
    }
    for (const [name, html] of Object.entries(answer.parts)) swap(document.getElementById(name), html);
    showReasonTrouble(answer.reasons);
    showReasons(answer.asks);
    keep();
    if (answer.refusal) say("failed", answer.refusal);
    else if (Object.keys(answer.errors).length || Object.keys(answer.conflicts).length || answer.reasons.errors || reasonsClash || [...rows.values()].some((row) => row.clashes)) say("unsaved", words.wrong);
    else if (unsaved().some((row) => !row.clashes) || deleted.size || orderChanged || reasonsDirty()) later(PAUSE);
    else if (answer.saved) say("saved", `✓ ${answer.saved}`);
    tellOfOthers(answer);
  };

  /* Somebody else has changed the line. Cells that only they have changed become theirs, cells that
     only one has changed oneself stay; the two are shown where both have changed the same cell. */
  const meet = (key, { was, html, theirs }) => {
    const row = rows.get(key) ?? (taken.has(key) && putOn(key));
    if (!row) return;
    showUndo();
    const both = theirs && row.base ? merge(row, theirs) : null;
    if (both?.length === 0) {
      row.was.value = row.seen = was;
      row.base = JSON.stringify(theirs);
      return later(0);
    }
    row.was.value = was;
    row.saved = null;
    row.showClash(html);
    for (const told of both ? row.below.querySelectorAll("[data-cell]") : []) {
      told.hidden = !both.includes(told.dataset.cell.slice(`id_${key}-`.length));
    }
  };
  const merge = (row, theirs) => {
    const base = JSON.parse(row.base);
    const mine = row.values;
    const untouched = Object.keys(mine).filter((name) => mine[name] === base[name]);
    row.fill(Object.fromEntries(untouched.map((name) => [name, theirs[name]])));
    return Object.keys(mine).filter((name) => !untouched.includes(name) && theirs[name] !== base[name] && theirs[name] !== mine[name]);
  };

  const showReasonTrouble = ({ errors = {}, clash, now, theirs }) => {
    for (const area of areas) {
      const place = document.getElementById(`${area.name}_error`);
      place.textContent = errors[area.name] ?? "";
      place.hidden = !place.textContent;
      area.toggleAttribute("aria-invalid", !place.hidden);
    }
    if (!clash) return;
    reasonsClash = { now, theirs };
    document.getElementById("reason-clash").innerHTML = clash;
  };

  const showReasons = (asked) => {
    const places = [...form.querySelectorAll("[data-reason]")];
    for (const place of places) place.hidden = !asked.includes(place.dataset.reason) && !place.querySelector("textarea").value;
    document.getElementById("reasons").hidden = places.every((place) => place.hidden);
  };

  /* Rows that others have added, deleted or changed while this page was open. */
  const tellOfOthers = (answer) => {
    const others = Object.entries(answer.lines).some(([key, line]) => {
      const row = rows.get(key);
      return row ? !row.dirty && !row.clashes && row.was.value !== line.mark : !deleted.has(key) && !taken.has(key);
    });
    const gone = [...rows.values()].some((row) => row.was.value && !row.clashes && !(row.key in answer.lines));
    if (!(others || gone) || status.querySelector("a")) return;
    const link = document.createElement("a");
    link.href = location.pathname;
    link.textContent = words.reload;
    status.append(` ${words.others} `, link);
  };

  const settle = async () => { await busy; await save(); await busy; };

  /* --- what one does with rows */
  const added = (body, values, key = uuid(), before = null) => {
    const holder = document.createElement("tbody");
    holder.innerHTML = pattern.innerHTML.replaceAll("__key__", key);
    const row = new Row(holder.querySelector("tr"));
    row.place(before, body);
    row.fill({ project_year: body.closest("section").dataset.year, ...values });
    return row;
  };
  const add = (year) => {
    const body = bodyOf(year);
    const last = rows.get(body.querySelector("tr[data-key]:nth-last-of-type(2)")?.dataset.key);
    const like = last ? { party_id: last.values.party_id } : {};
    added(body, like).cells[0].focus();
  };
  const copy = (row) => {
    const twin = added(row.body, row.values, uuid(), row.below.nextSibling);
    orderChanged = true;
    twin.showAmount();
    twin.cell("description").focus();
    later(0);
  };
  const shift = (row, step) => {
    const all = inOrder().filter((other) => other.body === row.body);
    const other = all[all.indexOf(row) + step];
    if (!other) return;
    if (step < 0) row.place(other.tr, row.body);
    else other.place(row.tr, row.body);
    orderChanged = true;
    later(PAUSE);
  };
  const takeOff = (row) => {
    taken.set(row.key, { values: row.values, body: row.body, before: row.below.nextSibling });
    row.remove();
  };
  const putOn = (key) => {
    const { values, body, before } = taken.get(key);
    taken.delete(key);
    deleted.delete(key);
    return added(body, values, key, before?.parentNode === body ? before : null);
  };
  const undone = []; // deleted lines that can be put back, the last one first
  const showUndo = () => {
    while (undone.length && !taken.has(undone.at(-1)[0])) undone.pop();
    undo.hidden = !undone.length;
    if (undone.length) undo.querySelector("[data-what]").textContent = undone.at(-1)[1];
  };
  const remove = (row) => {
    const all = inOrder();
    const next = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1];
    takeOff(row);
    if (!row.empty) deleted.set(row.key, row.was.value); // its first save may be on the way
    undone.push([row.key, `${words.deleted} ${row.name}, ${row.amount.textContent}.`]);
    showUndo();
    (next?.cells[0] ?? form.querySelector("[name=do][value^=add]")).focus();
    later(0);
  };
  /* Saved anew under its key, whether or not the server has come to delete it. */
  const putBack = () => {
    const row = putOn(undone.pop()[0]);
    row.saved = null;
    row.showAmount();
    showUndo();
    orderChanged = true;
    row.cells[0].focus();
    later(0);
  };
  const toYear = (row) => {
    const body = bodyOf(row.cell("project_year").value);
    if (body && body !== row.body) { row.place(null, body); row.tr.scrollIntoView({ block: "nearest" }); }
  };

  const verbs = { copy, delete: remove, up: (row) => shift(row, -1), down: (row) => shift(row, 1) };

  /* --- events */
  const rowOf = (target) => rows.get(target.closest("tr[data-key]")?.dataset.key ?? target.closest("tr[data-about]")?.dataset.about);

  form.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (row) { row.showPay(); row.showName(); row.showAmount(); }
    if (!busy && !failures) say("unsaved", words.unsaved);
    keep();
    later(PAUSE);
  });
  form.addEventListener("change", (event) => {
    if (event.target.name?.endsWith("-project_year")) toYear(rowOf(event.target));
    later(150);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=do]");
    if (!button) return;
    const [verb, what] = button.value.split(":");
    const row = rowOf(button);
    if (button.dataset.choose === "mine") { event.preventDefault(); row.showClash(""); row.saved = null; later(0); }
    else if (button.dataset.choose === "theirs") { event.preventDefault(); row.remove(); keep(); settle().then(() => location.reload()); }
    else if (verb === "rates") { event.preventDefault(); settle().then(() => { plain = true; form.requestSubmit(button); }); }
    else if (verb === "add") { event.preventDefault(); add(what); }
    else if (row && verb in verbs) {
      event.preventDefault();
      const menu = button.closest("details");
      menu.open = false;
      menu.querySelector("summary").focus();
      verbs[verb](row);
    }
  });
  undo.querySelector("button").addEventListener("click", putBack);

  form.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    if (!row || !event.target.name || event.target.type === "hidden" || event.target.tagName === "BUTTON") return;
    if (event.key === "Enter") {
      event.preventDefault();
      const all = inOrder().filter((other) => other.body === row.body);
      const next = all[all.indexOf(row) + (event.shiftKey ? -1 : 1)];
      const column = event.target.name.slice(row.key.length + 1);
      if (next) next.cell(column).focus();
      else if (!event.shiftKey && !row.empty) add(row.body.closest("section").dataset.year);
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && event.target.tagName !== "SELECT") {
      event.preventDefault();
      shift(row, event.key === "ArrowUp" ? -1 : 1);
      event.target.focus();
    }
  });

  /* A block that fits to the right of where one stands fills the cells, as in a spreadsheet. Whole
     rows are shown first, with what goes where, by the page that reads in rows. */
  const fillFrom = (cell, block) => {
    let row = rowOf(cell);
    const first = row.cells.indexOf(cell);
    for (const texts of block) {
      texts.forEach((text, n) => row.put(row.cells[first + n], text.trim()));
      row.showPay();
      row.showAmount();
      const all = inOrder().filter((other) => other.body === row.body);
      if (texts !== block.at(-1)) row = all[all.indexOf(row) + 1] ?? added(row.body, { party_id: row.values.party_id });
    }
    keep();
    later(0);
  };
  form.addEventListener("paste", async (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const row = rowOf(event.target);
    if (!row || !/\t|\n.*\S/.test(text)) return;
    const block = text.replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t"));
    const room = row.cells.filter((cell) => cell.type !== "hidden" && !cell.name.endsWith("-project_year")).length - row.cells.indexOf(event.target);
    if (!text.includes('"') && block.length <= 100 && block.every((texts) => texts.length <= room)) {
      event.preventDefault();
      return fillFrom(event.target, block);
    }
    event.preventDefault();
    await settle();
    const way = document.createElement("form");
    way.method = "post";
    way.action = form.dataset.import;
    for (const [name, value] of [["csrfmiddlewaretoken", token()], ["rows", text]]) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      way.append(field);
    }
    way.hidden = true;
    document.body.append(way);
    way.submit();
  });

  document.getElementById("reason-clash").addEventListener("click", (event) => {
    const choice = event.target.dataset.reasonChoose;
    if (!choice) return;
    if (choice === "theirs") areas.forEach((area) => { area.value = reasonsClash.theirs[area.name]; });
    form.elements.was.value = reasonsClash.now;
    reasonsSaved = areas.map((area) => reasonsClash.theirs[area.name]);
    reasonsClash = null;
    document.getElementById("reason-clash").innerHTML = "";
    keep();
    later(0);
  });

  let plain = false; // let the browser post the form as it would without this script
  form.addEventListener("submit", async (event) => {
    if (plain) return;
    event.preventDefault();
    await settle();
    if (!isDirty()) { if (event.submitter?.name === "onward") location.assign(form.dataset.onward); return; }
    const left = unsaved()[0];
    if (!left) { areas.find((area) => area.hasAttribute("aria-invalid"))?.focus(); return; }
    left.showErrors(Object.fromEntries(left.cells.map((cell) => [cell.name.slice(left.key.length + 1), document.getElementById(`${cell.id}_error`)?.textContent.trim() ?? ""])));
    (left.tr.querySelector("[aria-invalid]") ?? left.cells[0]).focus();
  });

  // One menu open at a time; Escape closes it.
  document.addEventListener("click", (event) => {
    for (const menu of form.querySelectorAll("details.row-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  form.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.("details.row-menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  // A link waits for what has just been typed.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.target || link.origin !== location.origin || (link.pathname === location.pathname && link.hash) || !isDirty()) return;
    event.preventDefault();
    for (let turn = 0; turn < 3 && isDirty(); turn += 1) await settle();
    location.assign(link.href);
  });

  new ResizeObserver(keepClear).observe(bar);

  const retry = () => { if (failures) save(); };
  window.addEventListener("online", retry);
  window.addEventListener("focus", retry);
  document.addEventListener("portal:logged-in", retry);
  // A page that submits asks every tab to save first.
  if ("BroadcastChannel" in window) new BroadcastChannel("portal-saving").addEventListener("message", ({ data }) => { if (data.saveAll === form.dataset.writer) save(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); else retry(); });
  window.addEventListener("pagehide", () => { save(); });
  window.addEventListener("beforeunload", (event) => { if (isDirty() && !plain) event.preventDefault(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  for (const tr of form.querySelectorAll("tr[data-key]")) new Row(tr);
  reasonsSaved = areas.map((area) => area.defaultValue);
  if (status.classList.contains("unsaved")) for (const row of rows.values()) row.saved = null;
  restore();
  if (isDirty()) later(PAUSE);
}
