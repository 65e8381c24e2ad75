/* Small helps that every page can do without. */
"use strict";

// A page that came back with errors starts at their summary.
document.getElementById("error-summary")?.focus();

// Demonstration: choose one of the accounts listed on the log-in page.
document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-fill-login]");
  if (!choice) return;
  const form = document.getElementById("login");
  form.elements.login.value = choice.dataset.fillLogin;
  form.elements.password.value = choice.dataset.fillPassword;
  form.querySelector("[type=submit]").focus();
});

// A reader abroad sees the deadline on their own clock too, when that differs from Sweden's.
for (const line of document.querySelectorAll("[data-own-time]")) {
  const closes = new Date(line.dataset.ownTime);
  const language = document.documentElement.lang === "en" ? "en-GB" : "sv-SE";
  const written = (timeZone) => new Intl.DateTimeFormat(language, {
    weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone,
  }).format(closes);
  // Swedish clocks are written with a full stop.
  const shown = (zone) => language === "sv-SE" ? written(zone).replace(":", ".") : written(zone);
  if (shown(undefined) !== shown("Europe/Stockholm")) {
    const named = new Intl.DateTimeFormat(language, { timeZoneName: "long" }).formatToParts(closes);
    const zone = named.find((part) => part.type === "timeZoneName")?.value;
    line.querySelector("span").textContent = zone ? `${shown(undefined)} (${zone})` : shown(undefined);
    line.hidden = false;
  }
}

// What a form had sent is saved when the next page says so; it need not be kept: see unsaved.js.
if (document.querySelector("main > .note.good[role=status]")) {
  try {
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith("form|") && JSON.parse(sessionStorage.getItem(name)).isSent) sessionStorage.removeItem(name);
    }
  } catch { /* a browser without storage has kept nothing */ }
}
