/* The budget's grid while it is written. Every change is saved and judged by the server in one
   request, one at a time, and only its last answer is shown; only it says "saved". Rows that it has
   not taken lie in localStorage until it has, so that a lost line, page or log-in loses nothing.
   Without this script the same form saves every row at once. */
"use strict";

{
  const PAUSE = 600; // ms after the last key
  const GIVE_UP_WAITING = 20_000;

  const form = document.getElementById("budget");
  const words = document.getElementById("budget-words").dataset;
  const pattern = document.getElementById("blank-row");
  const status = document.getElementById("save-state");
  const undo = document.getElementById("undo");
  const pay = new Set(form.dataset.pay.split(" "));
  const storage = `budget:${form.dataset.writer}:${location.pathname}`;
  const english = document.documentElement.lang === "en";

  const rows = new Map();
  const deleted = new Set();
  let orderChanged = false;
  let reasonsSaved = "";
  let busy = null;
  let failures = 0;
  let timer = 0;

  const uuid = () => ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
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

  class Row {
    constructor(tr) {
      this.tr = tr;
      this.key = tr.dataset.key;
      this.below = tr.nextElementSibling;
      this.was = this.cell("was");
      this.saved = this.was.value ? this.text : null;
      rows.set(this.key, this);
      this.showPay();
    }

    cell(name) { return this.tr.querySelector(`[name="${this.key}-${name}"]`); }
    get cells() { return [...this.tr.querySelectorAll(`[name^="${this.key}-"]:not([name$="-was"])`)]; }
    get values() { return Object.fromEntries(this.cells.map((cell) => [cell.name.slice(this.key.length + 1), cell.value])); }
    get text() { return JSON.stringify(this.values); }
    get empty() { return !this.was.value && !["cost_type_id", "activity", "description", "quantity", "unit", "unit_price"].some((name) => this.cell(name).value.trim()); }
    get dirty() { return !this.empty && this.text !== this.saved; }
    get clashes() { return this.below.querySelector("[data-clash]").childElementCount > 0; }
    get body() { return this.tr.closest("tbody"); }
    get name() { return this.cell("description").value.trim() || this.cell("activity").value.trim() || words.nameless; }
    get amount() { return this.tr.querySelector("output"); }

    fill(values) {
      for (const cell of this.cells) {
        const name = cell.name.slice(this.key.length + 1);
        if (name in values) cell.value = values[name];
      }
      this.showPay();
    }

    showPay() {
      const type = this.cell("cost_type_id").value;
      this.cell("persons").disabled = Boolean(type) && !pay.has(type);
    }

    showAmount() {
      if (this.cell("currency").value !== "SEK") return;
      const persons = this.cell("persons").disabled ? 1 : Number(this.cell("persons").value || 1);
      const sum = Math.round(persons * decimal(this.cell("quantity").value) * whole(this.cell("unit_price").value));
      if (Number.isFinite(sum)) this.amount.textContent = kronor(sum);
    }

    append(body) {
      body.append("row", this.key);
      body.append(`${this.key}-was`, this.was.value);
      for (const cell of this.cells) if (!cell.disabled) body.append(cell.name, cell.value);
    }

    /* Beside each cell what is wrong in it. An empty cell of the row one is in is not wrong yet. */
    showErrors(errors) {
      const here = this.tr.contains(document.activeElement);
      for (const cell of this.cells) {
        const place = document.getElementById(`${cell.id}_error`);
        if (!place) continue;
        const name = cell.name.slice(this.key.length + 1);
        const text = errors[name] && !(here && !cell.value) ? errors[name] : "";
        if (place.textContent.trim() !== text) place.textContent = text;
        place.hidden = !text;
        if (text) { cell.setAttribute("aria-invalid", "true"); cell.setAttribute("aria-describedby", place.id); }
        else { cell.removeAttribute("aria-invalid"); cell.removeAttribute("aria-describedby"); }
      }
    }

    showFindings(html) {
      const place = this.below.querySelector("[data-findings]");
      swap(place, html);
      this.showBelow(html);
    }

    showClash(html) {
      this.below.querySelector("[data-clash]").innerHTML = html;
      this.showBelow(html);
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
  const reasons = () => ["guideline_reason", "visits_reason"].map((name) => form.elements[name]);
  const reasonsText = () => JSON.stringify(reasons().map((area) => area.value));
  const unsaved = () => [...rows.values()].filter((row) => row.dirty);
  const isDirty = () => unsaved().length > 0 || deleted.size > 0 || orderChanged || reasonsText() !== reasonsSaved;

  /* --- kept in the browser until the server has it */
  const keep = () => {
    try {
      const left = unsaved().map((row) => ({ key: row.key, was: row.was.value, values: row.values }));
      const typed = reasonsText() === reasonsSaved ? null : reasons().map((area) => area.value);
      if (!left.length && !typed && !deleted.size) localStorage.removeItem(storage);
      else localStorage.setItem(storage, JSON.stringify({ left, typed, deleted: [...deleted] }));
    } catch { /* a browser without storage: it is still on the page */ }
  };
  const restore = () => {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(storage)); } catch { /* nothing kept */ }
    if (!kept) return;
    for (const { key, was, values } of kept.left ?? []) {
      const row = rows.get(key) ?? (bodyOf(values.project_year) && added(bodyOf(values.project_year), {}, key));
      if (!row) continue;
      row.fill(values);
      row.was.value = was;
    }
    for (const key of kept.deleted ?? []) if (rows.has(key)) { rows.get(key).remove(); deleted.add(key); }
    kept.typed?.forEach((text, n) => { reasons()[n].value = text; });
    if (isDirty()) { say("unsaved", words.kept); later(0); }
  };

  /* --- saving */
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
  const save = async ({ forced = null } = {}) => {
    clearTimeout(timer);
    if (busy) { await busy; if (isDirty()) later(0); return; }
    const sent = unsaved().filter((row) => !row.clashes || row === forced).map((row) => [row, row.text]);
    const gone = [...deleted];
    const reason = reasonsText();
    if (!sent.length && !gone.length && !orderChanged && reason === reasonsSaved) return;
    const body = new URLSearchParams();
    for (const [row] of sent) row.append(body);
    for (const key of gone) body.append("deleted", key);
    if (orderChanged) for (const row of inOrder()) if (!row.empty) body.append("order", row.key);
    if (reason !== reasonsSaved) {
      body.append("was", form.elements.was.value);
      for (const area of reasons()) body.append(area.name, area.value);
    }
    orderChanged = false;
    keep();
    if (!failures) say("", words.saving);
    busy = send(body, sent, gone, reason);
    await busy;
    busy = null;
  };

  const send = async (body, sent, gone, reason) => {
    try {
      const response = await fetch(form.dataset.live, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": token() },
        keepalive: String(body).length < 60_000,
        signal: AbortSignal.timeout(GIVE_UP_WAITING),
      });
      if (response.status === 401) return loggedOut();
      if (!response.ok && response.status !== 409) return failed(body);
      failures = 0;
      const answer = await response.json();
      if (!answer.refusal) {
        for (const key of gone) deleted.delete(key);
        if (answer.reasons.was) { form.elements.was.value = answer.reasons.was; reasonsSaved = reason; }
      }
      show(answer, sent);
    } catch { failed(body); }
  };

  const failed = (body) => {
    if (body.has("order")) orderChanged = true;
    failures += 1;
    say("failed", words.failed);
    later(Math.min(30_000, 1000 * 2 ** failures));
  };

  const loggedOut = () => {
    failures += 1;
    const link = document.createElement("a");
    link.href = `${words.loginUrl}?next=${encodeURIComponent(location.pathname)}`;
    link.target = "_blank";
    link.textContent = words.loginLink;
    say("failed", `${words.login} `);
    status.append(link);
  };

  const show = (answer, sent) => {
    for (const [row, text] of sent) {
      row.showErrors(answer.errors[row.key] ?? {});
      const clash = answer.conflicts[row.key];
      if (clash) { row.was.value = clash.was; row.showClash(clash.html); continue; }
      row.showClash("");
      if (row.key in answer.rows) { row.was.value = answer.rows[row.key]; row.saved = text; }
      else if (!(row.key in answer.errors) && !answer.refusal) row.saved = text;
    }
    for (const [key, line] of Object.entries(answer.lines)) {
      const row = rows.get(key);
      if (!row) continue;
      if (!row.dirty) row.amount.textContent = line.amount;
      row.showFindings(line.findings);
    }
    for (const section of form.querySelectorAll("section[data-year]")) {
      section.querySelector("[data-sum]").textContent = answer.years[section.dataset.year] ?? kronor(0);
    }
    for (const [name, html] of Object.entries(answer.parts)) swap(document.getElementById(name), html);
    for (const place of form.querySelectorAll("[data-reason]")) {
      const area = place.querySelector("textarea");
      place.hidden = !answer.asks.includes(place.dataset.reason) && !area.value;
    }
    document.getElementById("reasons").hidden = ![...form.querySelectorAll("[data-reason]")].some((place) => !place.hidden);
    keep();
    if (answer.refusal) say("failed", answer.refusal);
    else if (Object.keys(answer.errors).length || Object.keys(answer.conflicts).length || answer.reasons.errors) say("unsaved", words.wrong);
    else if (unsaved().some((row) => !row.clashes)) later(PAUSE);
    else if (answer.saved) say("saved", `✓ ${answer.saved}`);
    tellOfOthers(answer);
  };

  const tellOfOthers = (answer) => {
    if (!Object.keys(answer.lines).some((key) => !rows.has(key) && !deleted.has(key) && key !== removed?.key)) return;
    if (status.querySelector("a")) return;
    const link = document.createElement("a");
    link.href = location.pathname;
    link.textContent = words.reload;
    status.append(` ${words.others} `, link);
  };

  const settle = async () => { await busy; await save(); await busy; };

  /* --- what one does with rows */
  let removed = null;
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
    const like = last ? { party_id: last.values.party_id, currency: last.values.currency } : {};
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
  const remove = (row) => {
    const all = inOrder();
    const next = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1];
    removed = { key: row.key, values: row.values, body: row.body, before: row.below.nextSibling, was: row.was.value };
    row.remove();
    if (row.was.value) deleted.add(row.key);
    undo.querySelector("[data-what]").textContent = `${words.deleted} ${row.name}, ${row.amount.textContent}.`;
    undo.hidden = false;
    (next?.cells[0] ?? form.querySelector("[name=do][value^=add]")).focus();
    later(0);
  };
  const putBack = () => {
    const { key, values, body, before, was } = removed;
    const row = added(body, values, key, before?.parentNode === body ? before : null);
    if (deleted.delete(key)) row.was.value = was; // the server never heard of it
    row.showAmount();
    undo.hidden = true;
    removed = null;
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
    if (row) { row.showPay(); row.showAmount(); }
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
    if (button.dataset.choose === "mine") { event.preventDefault(); row.showClash(""); save({ forced: row }); }
    else if (button.dataset.choose === "theirs") { event.preventDefault(); row.saved = row.text; keep(); settle().then(() => location.reload()); }
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

  // Several cells at once: shown first, with what goes where, by the page that reads in rows.
  form.addEventListener("paste", async (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!rowOf(event.target) || !/\t|\n.*\S/.test(text)) return;
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

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await settle();
    if (!isDirty()) { if (event.submitter?.name === "onward") location.assign(form.dataset.onward); return; }
    const left = unsaved()[0];
    if (!left) return;
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

  const retry = () => { if (failures) save(); };
  window.addEventListener("online", retry);
  window.addEventListener("focus", retry);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); else retry(); });
  window.addEventListener("pagehide", () => { save(); });
  window.addEventListener("beforeunload", (event) => { if (isDirty() && (failures || unsaved().length)) event.preventDefault(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  for (const tr of form.querySelectorAll("tr[data-key]")) new Row(tr);
  reasonsSaved = reasonsText();
  if (status.classList.contains("unsaved")) for (const row of rows.values()) row.saved = null;
  restore();
}
