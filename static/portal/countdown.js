/* Keeps "so much is left" right on pages that stay open, by the server's clock and never by the device's:
   what the server said when the page was made, and how long ago that is. After sleep, and when one comes
   back to the page, the server is asked again. See components/countdown.html. */
"use strict";

const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
const LAST_HOURS = 48 * HOUR; // counted in hours and minutes
const TOLD_AT = [60, 10, 1]; // minutes left that are read out
const LEAP = 2 * SECOND; // by so much the two clocks of a device part when it has slept or been set
const MOST_FAILURES = 5;

const date = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm", year: "numeric", month: "2-digit", day: "2-digit" });
const calm = matchMedia("(prefers-reduced-motion: reduce)"); // then nothing changes every second
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
const counted = (one, many, count) => fill(count === 1 ? one : many, { count });
const two = (number) => String(number).padStart(2, "0"); // so that what stands beside it keeps its place

const counting = [...document.querySelectorAll(".countdown[data-closes]")].map((element) => (
  { element, words: element.dataset, closes: Date.parse(element.dataset.closes) }
));

const [page] = performance.getEntriesByType("navigation");
let ahead = Date.parse(counting[0]?.words.now) - (page?.responseStart ?? performance.now());
const now = () => ahead + performance.now();

let timer, retry, asking, parted, failures = 0;
const spoken = document.createElement("p");
spoken.className = "visually-hidden";
spoken.setAttribute("role", "status");

/* Swedish days from today to the last one. */
const daysLeft = (closes) => (Date.parse(date.format(closes - 1)) - Date.parse(date.format(now()))) / DAY;

const told = (words, closes, left) => {
  if (left <= 0) return words.closed;
  if (left > LAST_HOURS) return counted(words.day, words.days, daysLeft(closes));
  const whole = Math.ceil(left / SECOND); // the last second is 1, never 0
  const minutes = Math.floor(whole / 60);
  if (left >= HOUR) return fill(words.hours, { hours: Math.floor(minutes / 60), minutes: two(minutes % 60) });
  if (!calm.matches) return fill(words.seconds, { minutes, seconds: two(whole % 60) });
  return minutes ? counted(words.minute, words.minutes, minutes) : words.lastMinute;
};

/* What is read out when a mark has been passed since last time; nothing on a page's first look. */
const news = ({ words, before }, left) => {
  if (before > 0 && left <= 0) return words.over;
  if (left <= 0 || !TOLD_AT.some((mark) => before > mark * MINUTE && left <= mark * MINUTE)) return "";
  return counted(words.minute, words.minutes, Math.ceil(left / MINUTE));
};

const show = (each) => {
  const left = each.closes - now();
  const text = told(each.words, each.closes, left);
  if (each.element.textContent !== text) {
    each.element.style.minHeight ||= `${each.element.offsetHeight}px`; // a shorter text moves nothing
    each.element.textContent = text;
  }
  showOver(each, left <= 0);
  const said = news(each, left);
  each.before = left;
  return { left, news: said && (each.words.name ? `${each.words.name}: ${said}` : said) };
};

/* At zero the page may say and offer what no longer holds. */
function showOver(each, isOver) {
  if (!isOver || each.over) {
    if (each.over) each.over.hidden = !isOver;
    return;
  }
  each.over = document.createElement("p");
  each.over.className = "small-print mb-0";
  const again = document.createElement("a");
  again.href = location.pathname + location.search;
  again.textContent = each.words.reload;
  each.over.append(`${each.words.over} `, again);
  (each.element.closest("h1, h2, h3, p") ?? each.element).after(each.over);
}

function tick() {
  clearTimeout(timer);
  const leap = Date.now() - performance.now();
  if (Math.abs(leap - parted) > LEAP) ask();
  parted = leap;
  const shown = counting.map(show);
  const said = new Set(shown.map((each) => each.news).filter(Boolean));
  if (said.size) spoken.textContent = [...said].join(" ");
  const left = Math.min(...shown.map((each) => each.left).filter((each) => each > 0));
  if (left === Infinity) return;
  timer = setTimeout(tick, left <= LAST_HOURS ? left % SECOND + 5 : Math.min(MINUTE, left - LAST_HOURS + 5));
}

/* Failing is no trouble: the page counts on by what it knows, and tries a few times more. */
async function ask() {
  clearTimeout(retry);
  if (asking) return;
  asking = true;
  const sent = performance.now();
  try {
    const answer = await fetch(counting[0].words.clock, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(8 * SECOND) });
    const moment = Date.parse((await answer.json()).now);
    if (Number.isNaN(moment)) throw new TypeError("no time");
    ahead = moment - (sent + performance.now()) / 2;
    failures = 0;
  } catch {
    failures += 1;
    if (failures < MOST_FAILURES) retry = setTimeout(ask, 2 ** failures * 2 * SECOND);
  } finally {
    asking = false;
  }
  tick();
}

if (counting.length) {
  document.querySelector("main").append(spoken);
  parted = Date.now() - performance.now();
  tick();
  // A page from the browser's own store carries the time of another day.
  if (page?.type === "back_forward" || page?.transferSize === 0) ask();
  const askAnew = () => { failures = 0; ask(); };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) askAnew(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) askAnew(); });
  window.addEventListener("online", askAnew);
}
