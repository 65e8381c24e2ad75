/* Says beside the button when something typed has not been saved, and asks before one leaves it. */
"use strict";

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  const state = document.getElementById(form.dataset.unsaved);
  let unsaved = state?.classList.contains("unsaved") ?? false;
  form.addEventListener("input", () => {
    if (unsaved || !state) return;
    unsaved = true;
    state.classList.add("unsaved");
    state.textContent = state.dataset.text;
  });
  form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}
