/* Sends files in pieces, so that a lost network, a reload or a closed laptop costs one piece.

   The server knows how far a file has come; a piece that does not begin there is answered with the
   right place (409), and sending goes on from it. The browser remembers which upload belongs to a
   file by its name, size and date: the same file chosen again goes on where it stopped.
   Without this script the same forms send their files whole. */
"use strict";

{
  const LARGEST = 1024 * 1024; // bytes in a piece
  const SMALLEST = 64 * 1024;
  const QUICK = 1000, SLOW = 8000; // ms for a piece: then the next is twice or half as large
  const GIVE_UP_WAITING = 60_000;
  const LONGEST_PAUSE = 30_000;

  const words = document.getElementById("upload-words").dataset;
  const news = document.getElementById("upload-news");
  const language = document.documentElement.lang === "en" ? "en-GB" : "sv-SE";
  const queue = [];
  let sending = null;

  const memory = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(name);
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch { /* a browser without storage: a reload begins anew */ }
    return null;
  };
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]
    ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
  const fill = (text, figures) => text.replace(/\{(\w+)\}/g, (_all, name) => figures[name] ?? "");
  const size = (bytes) => {
    const [amount, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "kB"] : [bytes / 1024 / 1024, "MB"];
    const shown = amount.toLocaleString(language, { maximumFractionDigits: unit === "MB" ? 1 : 0 });
    return `${shown}\u00a0${unit}`;
  };
  const make = (tag, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };
  const pause = (ms, wake) => new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake(() => { clearTimeout(timer); resolve(); });
  });

  class LoggedOut extends Error {}
  class Stopped extends Error {} // paused or cancelled
  class Refused extends Error {}

  async function ask(url, options = {}, signal = undefined) {
    const limit = AbortSignal.timeout(GIVE_UP_WAITING);
    const response = await fetch(url, {
      ...options,
      headers: { "X-CSRFToken": token(), "X-Writer": words.writer, ...options.headers },
      signal: signal && AbortSignal.any ? AbortSignal.any([limit, signal]) : signal ?? limit,
    });
    if (response.status === 401) throw new LoggedOut();
    if (response.status >= 500 || response.status === 429) throw new TypeError(`${response.status}`);
    return response;
  }

  class Upload {
    constructor(form, file) {
      this.form = form;
      this.section = form.closest("[data-place]");
      this.file = file;
      this.sent = 0;
      this.piece = LARGEST / 4;
      this.failures = 0;
      const place = ["kind", "party", "replaces"].map((name) => form.elements[name]?.value ?? "");
      this.key = ["upload", words.writer, words.application, ...place, file.name, file.size, file.lastModified].join(":");
      this.show();
    }

    get input() { return this.section.querySelector("form[data-many] input[type=file]"); }

    get percent() { return Math.floor(100 * this.sent / Math.max(1, this.file.size)); }
    get figures() {
      return { name: this.file.name, percent: this.percent, done: size(this.sent), size: size(this.file.size), limit: size(Number(words.max)) };
    }

    show() {
      this.bar = make("progress", { max: this.file.size, value: 0 });
      this.bar.setAttribute("aria-label", this.file.name);
      this.text = make("span", { className: "small-print" });
      this.pauseButton = make("button", { type: "button", className: "as-link", textContent: words.pause });
      this.cancelButton = make("button", { type: "button", className: "as-link", textContent: words.cancel });
      for (const button of [this.pauseButton, this.cancelButton]) {
        button.append(make("span", { className: "visually-hidden", textContent: ` ${this.file.name}` }));
      }
      this.buttons = make("span", { className: "file-actions" }, this.pauseButton, this.cancelButton);
      this.row = make("li", { className: "upload" }, make("strong", { textContent: this.file.name }), this.bar, this.text, this.buttons);
      this.section.querySelector("[data-uploads]").append(this.row);
      this.pauseButton.addEventListener("click", () => this.paused ? this.goOn() : this.hold());
      this.cancelButton.addEventListener("click", () => this.cancel());
      this.say(words.waiting);
    }

    say(text, tone = "") {
      this.text.textContent = fill(text, this.figures);
      this.text.className = tone === "stop" ? "field-error" : "small-print";
      this.bar.value = this.sent;
    }

    label(button, text) { button.firstChild.textContent = text; }

    async run() {
      if (this.file.size === 0) return this.refuse(fill(words.empty, this.figures));
      if (this.file.size > Number(words.max)) return this.refuse(fill(words.large, this.figures));
      while (!this.over) {
        try {
          await this.send();
        } catch (error) {
          if (this.over) return;
          await this.trouble(error);
        }
      }
    }

    async send() {
      this.stopper = new AbortController();
      this.url ??= await this.begun();
      while (this.sent < this.file.size) await this.next();
      this.say(words.checking);
      const answer = await ask(this.url, { method: "POST" }, this.stopper.signal);
      if (answer.ok) return this.finished(await answer.text());
      await this.refusedBy(answer);
    }

    /* An upload of this file that was begun before, or a new one. */
    async begun() {
      const known = memory(this.key);
      if (known) {
        const answer = await ask(known, {}, this.stopper.signal);
        if (answer.ok) {
          this.sent = (await answer.json()).received;
          document.querySelector(`[data-unfinished="${CSS.escape(known)}"]`)?.remove();
          return known;
        }
        memory(this.key, null);
      }
      const body = new URLSearchParams({ name: this.file.name, size: this.file.size });
      for (const name of ["kind", "party", "replaces"]) {
        if (this.form.elements[name]) body.set(name, this.form.elements[name].value);
      }
      const answer = await ask(words.begin, { method: "POST", body }, this.stopper.signal);
      if (answer.status === 404) throw new Refused(words.failed); // no longer this person's to write in
      if (!answer.ok) await this.refusedBy(answer);
      const { url } = await answer.json();
      memory(this.key, url);
      return url;
    }

    async next() {
      if (this.paused) throw new Stopped();
      if (!this.failures) this.say(words.sending);
      const begun = performance.now();
      const answer = await ask(this.url, {
        method: "PUT",
        body: this.file.slice(this.sent, this.sent + this.piece),
        headers: { "Upload-Offset": this.sent, "Content-Type": "application/octet-stream" },
      }, this.stopper.signal);
      if (!answer.ok) return this.refusedBy(answer);
      this.sent = (await answer.json()).received;
      this.failures = 0;
      const took = performance.now() - begun;
      if (took < QUICK) this.piece = Math.min(LARGEST, this.piece * 2);
      if (took > SLOW) this.piece = Math.max(SMALLEST, this.piece / 2);
      this.say(words.sending);
    }

    /* 409 with a place to go on from is no refusal: another tab sent the piece, or an answer got lost. */
    async refusedBy(answer) {
      if (answer.status === 404) { // cancelled elsewhere, or too old: from the beginning
        memory(this.key, null);
        this.url = undefined;
        this.sent = 0;
        throw new TypeError("gone");
      }
      const told = answer.status === 409 ? await answer.json() : { error: words.failed };
      if (told.code !== "piece_out_of_place") throw new Refused(told.error);
      this.sent = told.received;
    }

    async trouble(error) {
      if (error instanceof Refused) return this.refuse(error.message);
      if (this.paused) {
        this.say(words.paused);
        return pause(2 ** 31 - 1, (wake) => { this.wake = wake; });
      }
      this.failures += 1;
      if (error instanceof LoggedOut) this.askToLogIn();
      else this.say(words.offline);
      const wait = Math.min(LONGEST_PAUSE, 1000 * 2 ** (this.failures - 1));
      return pause(wait, (wake) => { this.wake = wake; });
    }

    askToLogIn() {
      const logIn = (detail) => document.dispatchEvent(new CustomEvent("portal:logged-out", { detail }));
      if (!this.text.querySelector("button")) {
        this.say(`${words.login} `, "stop");
        const button = make("button", { type: "button", className: "as-link", textContent: words.loginAgain });
        button.addEventListener("click", () => logIn({ asked: true }));
        this.text.append(button);
      }
      logIn();
    }

    hold() {
      this.paused = true;
      this.label(this.pauseButton, words.resume);
      this.stopper?.abort();
    }

    goOn() {
      this.paused = false;
      this.label(this.pauseButton, words.pause);
      if (this.wake) this.wake();
    }

    async cancel() {
      this.over = true;
      this.stopper?.abort();
      if (this.wake) this.wake();
      memory(this.key, null);
      const { input } = this;
      this.row.remove();
      news.textContent = fill(words.cancelled, this.figures);
      input?.focus();
      if (this.url) await ask(this.url, { method: "DELETE" }).catch(() => { /* thrown away after a week */ });
    }

    refuse(text) {
      this.over = true;
      memory(this.key, null);
      this.bar.remove();
      this.pauseButton.remove();
      this.label(this.cancelButton, words.close);
      this.url = undefined;
      this.say("", "stop");
      this.text.textContent = text;
      news.textContent = text;
    }

    /* The server's own words about the place take the place of the old ones. */
    finished(html) {
      this.over = true;
      memory(this.key, null);
      const found = new DOMParser().parseFromString(html, "text/html").querySelector("[data-files]");
      const held = this.row.contains(document.activeElement);
      const inside = this.section.querySelector("[data-files]").contains(this.form);
      this.section.querySelector("[data-files]").replaceWith(found);
      const promise = this.section.querySelector("[data-promise]");
      if (promise && "filled" in found.dataset) promise.remove();
      if (held || inside) (found.querySelector(".file:last-child a") ?? this.input)?.focus();
      this.row.remove();
      news.textContent = `${fill(words.done, this.figures)} ${found.dataset.news ?? ""}`;
      enhance(found);
      document.dispatchEvent(new CustomEvent("portal:saved"));
    }
  }

  /* One at a time: on a poor line two at once are slower than one after the other. */
  async function work() {
    if (sending) return;
    while ((sending = queue.shift())) await sending.run();
  }

  function add(form, files) {
    for (const file of files) queue.push(new Upload(form, file));
    work();
  }

  function enhance(root) {
    for (const form of root.querySelectorAll("form[data-upload]")) {
      const input = form.elements.file;
      form.querySelector("button[name=upload]").hidden = true;
      const hint = form.querySelector("[data-drop-hint]");
      if (hint) hint.hidden = false;
      input.addEventListener("change", () => {
        add(form, input.files);
        form.reset();
      });
      form.addEventListener("submit", (event) => event.preventDefault());
    }
  }

  for (const section of document.querySelectorAll("[data-place]")) {
    const form = section.querySelector("form[data-many]");
    if (!form) continue;
    const over = (on) => section.classList.toggle("over", on);
    section.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      over(true);
    });
    section.addEventListener("dragleave", (event) => { if (!section.contains(event.relatedTarget)) over(false); });
    section.addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      add(form, event.dataTransfer.files);
    });
  }
  // A file dropped beside a place must not take the page away.
  for (const kind of ["dragover", "drop"]) {
    window.addEventListener(kind, (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
  }
  const retry = () => { if (sending?.wake && !sending.paused) sending.wake(); };
  window.addEventListener("online", retry);
  window.addEventListener("focus", retry);
  document.addEventListener("portal:logged-in", retry);
  window.addEventListener("beforeunload", (event) => { if (sending || queue.length) event.preventDefault(); });

  enhance(document);
}
