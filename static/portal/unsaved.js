/* An ordinary form loses nothing. What is typed lies in this tab's storage, under the person who typed
   it, until the server has said that it is saved; portal.js forgets it then. Before the form is posted
   the log-in is asked about, so that no text ends at the log-in page: see login.js. */
"use strict";

const GIVE_UP_WAITING = 10_000; // ms

const words = document.getElementById("writing").dataset;
const forms = [...document.querySelectorAll("form[data-unsaved]")];

const storage = (name, value) => {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else if (value) sessionStorage.setItem(name, JSON.stringify(value));
    else return JSON.parse(sessionStorage.getItem(name));
  } catch { /* a browser without storage: the text is still on the page */ }
  return null;
};

const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken"
  && !["password", "file", "submit", "button", "fieldset"].includes(field.type));
const isTicked = (field) => ["checkbox", "radio"].includes(field.type);
const chosenIn = (field) => [...field.options].filter((option) => option.selected).map((option) => option.value);
const valueOf = (field) => {
  if (isTicked(field)) return [field.value, field.checked];
  return field.type === "select-multiple" ? chosenIn(field) : field.value;
};
const valuesOf = (form) => fieldsOf(form).map((field) => [field.name, valueOf(field), field.type === "hidden"]);
const shown = (values) => JSON.stringify(values.filter(([, , isHidden]) => !isHidden));

/* Field by field, in order, as names may come many times. */
const fill = (form, values) => {
  const left = [...values];
  for (const field of fieldsOf(form)) {
    const n = left.findIndex(([name, value]) => name === field.name && (!isTicked(field) || value[0] === field.value));
    if (n < 0) continue;
    const [[, value]] = left.splice(n, 1);
    if (isTicked(field)) [, field.checked] = value;
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
    if (field.type !== "hidden") field.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

/* "in", "out" (or somebody else has logged in), or "away" when there is no answer. */
const logIn = async () => {
  try {
    const answer = await fetch(words.whoami, { cache: "no-store", signal: AbortSignal.timeout(GIVE_UP_WAITING) });
    if (answer.status === 401) return "out";
    if (!answer.ok) return "away";
    return (await answer.json()).writer === words.writer ? "in" : "out";
  } catch { return "away"; }
};
const loggedInAgain = () => new Promise((done) => {
  document.addEventListener("portal:logged-in", () => done(true), { once: true });
  document.getElementById("log-in-again").addEventListener("close", () => setTimeout(() => done(false)), { once: true });
  document.dispatchEvent(new CustomEvent("portal:logged-out", { detail: { asked: true } }));
});

class Form {
  constructor(form, place) {
    this.form = form;
    this.name = `form|${words.writer}|${location.pathname}|${place}`;
    this.state = document.getElementById(form.dataset.unsaved);
    this.unsaved = this.state?.classList.contains("unsaved") ?? false; // it came back, not saved
    this.restore();
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("beforeunload", (event) => { if (this.unsaved) event.preventDefault(); });
  }

  restore() {
    const kept = storage(this.name);
    if (this.unsaved) return this.keep();
    if (!kept) return;
    if (shown(kept.values) === shown(valuesOf(this.form))) return storage(this.name, null);
    fill(this.form, kept.values);
    this.typed();
    this.tell();
  }

  tell() {
    const note = document.createElement("div");
    note.className = "note care";
    note.setAttribute("role", "status");
    const line = document.createElement("p");
    const discard = document.createElement("button");
    discard.type = "button";
    discard.className = "as-link";
    discard.textContent = words.discard;
    discard.addEventListener("click", () => {
      this.unsaved = false;
      storage(this.name, null);
      location.reload();
    });
    line.append(`${words.back} `, discard);
    note.append(line);
    this.form.before(note);
  }

  keep(isSent = false) { storage(this.name, { values: valuesOf(this.form), isSent }); }

  typed() {
    this.keep();
    if (this.unsaved) return;
    this.unsaved = true;
    this.say(words.unsaved);
  }

  say(text, isFailed = false) {
    if (!this.state) return;
    this.state.classList.add("unsaved");
    this.state.classList.toggle("failed", isFailed);
    this.state.textContent = text;
  }

  async submit(event) {
    if (this.isChecked) { // by us, a moment ago
      this.unsaved = this.isChecked = false;
      return this.keep(true);
    }
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    const { submitter } = event;
    const found = await logIn();
    if (found === "away") this.say(words.offline, true);
    else if (found === "in" || await loggedInAgain()) this.post(submitter);
    else this.say(words.loggedOut, true);
    this.busy = false;
  }

  post(submitter) {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    if (token) this.form.elements.csrfmiddlewaretoken.value = token; // a new one comes with a log-in
    this.isChecked = true;
    this.form.requestSubmit(submitter);
  }
}

forms.forEach((form, place) => new Form(form, place));
