/* A budget line while it is written: what the chosen cost type covers, persons only for salaries
   and fees, and the amount as it will be. The server does the real sums. */
"use strict";

for (const form of document.querySelectorAll("form[data-line]")) {
  const { cost_type_id: type, persons, quantity, unit_price_sek: price } = form.elements;
  const help = document.getElementById("cost-help");
  const amount = form.querySelector(".amount");
  const english = document.documentElement.lang === "en";

  // "4 800", "4.800 kr" and "4,800" are 4800, as on the server; anything else is not guessed at.
  const kronor = (text) => {
    const plain = text.replace(/\s/g, " ").trim().replace(/^(sek|kr) ?| ?(kr\.?|sek|kronor|:-)$/gi, "").trim();
    return /^(\d+|\d{1,3}([ .,])\d{3}(\2\d{3})*)$/.test(plain) ? Number(plain.replace(/\D/g, "")) : NaN;
  };
  const decimal = (text) => Number(text.replace(/\s/g, "").replace(",", ".") || NaN);

  const show = () => {
    const chosen = form.querySelector(`dd[data-cost-type="${CSS.escape(type.value)}"]`);
    const isPay = chosen?.hasAttribute("data-pay") ?? false;
    if (help.textContent !== (chosen?.textContent ?? "")) help.textContent = chosen?.textContent ?? "";
    help.hidden = !chosen;
    persons.closest(".field").hidden = Boolean(chosen) && !isPay;
    const sum = Math.round((isPay ? Number(persons.value || 1) : 1) * decimal(quantity.value) * kronor(price.value));
    const known = Number.isFinite(sum);
    amount.hidden = !known;
    if (!known) return;
    const digits = new Intl.NumberFormat("sv").format(sum);
    amount.querySelector("output").textContent = english ? `SEK\u00a0${digits}` : `${digits}\u00a0kr`;
  };

  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault(); // a double click is one line
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; show(); });
  form.addEventListener("input", show);
  show();
}
