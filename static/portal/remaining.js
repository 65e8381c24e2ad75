/* Keeps the list of what is left as it is now: after every save of this page, and when a colleague's
   page has saved. In the bar only the list is asked for; the task list's page asks for itself again. */
"use strict";

{
  const PAUSE = 800; // ms; saves come in bursts

  const words = document.getElementById("together").dataset;
  const news = document.getElementById("left-news");
  let revision = words.revision;
  let timer;
  let asking = false;
  let again = false;

  const countOf = (element) => element?.dataset.count;
  const find = async (address, id) => {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return null; // logged out: what is shown may stay
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return id.map((each) => page.getElementById(each));
  };

  /* In the same place, with the same fold open and the focus where it was. */
  function swap(old, found) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const address = focused?.getAttribute("href");
    const folds = [...old.querySelectorAll("details")].map((each) => each.open);
    if (old.matches("details[open]")) found.open = true;
    [...found.querySelectorAll("details")].forEach((each, place) => { if (place in folds) each.open = folds[place]; });
    old.replaceWith(found);
    revision = found.dataset.revision ?? revision;
    if (!focused) return;
    const links = [...found.querySelectorAll("a")];
    const same = address && links.find((each) => each.getAttribute("href") === address);
    (same ?? found.querySelector("summary") ?? found).focus();
  }

  async function refreshBar(old) {
    const section = encodeURIComponent(words.section ?? "");
    const [found] = (await find(`${words.leftUrl}?part=1&section=${section}`, ["left"])) ?? [];
    if (!found) return;
    if (countOf(old) !== undefined && countOf(old) !== countOf(found)) news.textContent = found.querySelector("summary .chip").textContent;
    if (found.dataset.money) document.getElementById("bar-money").textContent = found.dataset.money;
    swap(old, found);
  }

  async function refreshPage() {
    const places = [...document.querySelectorAll("[data-live]")].filter((each) => each.id);
    const found = (await find(location.href, places.map((each) => each.id))) ?? [];
    places.forEach((old, place) => { if (found[place]) swap(old, found[place]); });
  }

  async function refresh() {
    if (asking) return void (again = true);
    asking = true;
    try {
      const old = document.getElementById("left");
      await (old ? refreshBar(old) : refreshPage());
    } catch { /* no network: the list is as old as the page */ }
    asking = false;
    if (again) { again = false; refresh(); }
  }

  const soon = () => { clearTimeout(timer); timer = setTimeout(refresh, PAUSE); };

  document.addEventListener("portal:saved", soon);
  document.addEventListener("portal:here", ({ detail }) => {
    if (String(detail.revision) === revision) return;
    revision = String(detail.revision);
    soon();
  });
  if (document.getElementById("left")?.matches("a")) refresh();

  // The unfolded list lies over the page: a link in it, Escape or the focus going on folds it.
  const fold = () => document.querySelectorAll(".case-bar details[open]").forEach((each) => { each.open = false; });
  document.addEventListener("click", (event) => {
    if (event.target.closest(".case-bar .panel a") || !event.target.closest(".case-bar details")) fold();
  });
  document.addEventListener("focusin", (event) => { if (!event.target.closest(".case-bar")) fold(); });
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target.closest?.(".case-bar details[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
}
