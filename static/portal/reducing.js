/* Lines being reduced: how much less each is, the sums by year and in all, and the share of pay,
   while one types. The server does the real sums. */
"use strict";

const form = document.querySelector("input[data-asked]")?.form;

if (form) {
  const english = document.documentElement.lang === "en";
  const rows = [...form.querySelectorAll("input[data-asked]")].map((input) => ({
    input,
    asked: Number(input.dataset.asked),
    year: input.closest("table").dataset.year,
    isPay: input.closest("tr").hasAttribute("data-pay"),
    less: input.parentElement.querySelector("[data-less]"),
  }));

  // "4 800", "4.800 kr" and "4,800" are 4800, as on the server; anything else is not guessed at.
  const amount = (text) => {
    const plain = text.replace(/\s/g, " ").trim().replace(/^(sek|kr) ?| ?(kr\.?|sek|kronor|:-)$/gi, "").trim();
    return /^(\d+|\d{1,3}([ .,])\d{3}(\2\d{3})*)$/.test(plain) ? Number(plain.replace(/\D/g, "")) : NaN;
  };
  const kronor = (sek) => {
    if (Number.isNaN(sek)) return "–";
    const digits = new Intl.NumberFormat("sv").format(sek);
    return english ? `SEK\u00a0${digits}` : `${digits}\u00a0kr`;
  };
  const difference = (sek) => (sek ? (sek > 0 ? "+" : "") + kronor(sek) : "");
  // To a tenth of a per cent, rounded up, as on the server.
  const percent = (part, whole) => {
    if (Number.isNaN(whole)) return "–";
    const share = String(whole ? Math.ceil((1000 * part) / whole) / 10 : 0);
    return english ? `${share}%` : `${share.replace(".", ",")}\u00a0%`;
  };
  const say = (place, text) => { if (place && place.textContent !== text) place.textContent = text; };

  const show = () => {
    const rejected = form.elements.outcome.value === "rejected";
    const sums = { all: 0, pay: 0 };
    for (const { input, asked, year, isPay, less } of rows) {
      const sek = rejected ? 0 : amount(input.value);
      say(less, Number.isNaN(sek) ? "" : difference(sek - asked));
      sums[year] = (sums[year] ?? 0) + sek;
      sums.all += sek;
      if (isPay) sums.pay += sek;
    }
    for (const place of form.querySelectorAll("[data-sum]")) say(place, kronor(sums[place.dataset.sum]));
    for (const place of form.querySelectorAll("[data-sum-less]")) {
      const less = sums[place.dataset.sumLess] - Number(place.dataset.asked);
      say(place, Number.isNaN(less) ? "" : difference(less));
    }
    for (const mark of form.querySelectorAll("[data-above]")) {
      mark.hidden = !(sums[mark.dataset.above] > Number(mark.dataset.limit));
    }
    say(form.querySelector("[data-pay-share]"), percent(sums.pay, sums.all));
  };

  form.addEventListener("input", show);
  window.addEventListener("pageshow", show);
  show();
}
