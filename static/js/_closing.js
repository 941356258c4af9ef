// A page with something on it hides itself after a while in which nothing is pressed. Two minutes before, it says so
// and can be kept. Whoever writes is there: the server hears of that now and then.
import { remember } from "./_show.js";

const WARN = 120; // seconds before
const EVERY = 240; // seconds between two words to the server

export function closing(state, home, open) {
  let ends = Infinity;
  let told = 0;
  let was;
  const box = () => document.querySelector("[data-closes]");
  const seconds = () => Date.now() / 1000;
  const post = (path, more = {}) =>
    fetch(`${home}${path}`, {
      method: "POST", body: new URLSearchParams({ csrf_token: state.token }), credentials: "same-origin",
      headers: { "X-In-Place": "1" }, ...more,
    });

  function begin() {
    const here = box();
    ends = here ? seconds() + Number(here.dataset.closes) : Infinity;
    told = seconds();
    if (here) here.hidden = true;
  }

  function stay() {
    begin();
    post("stay").catch(() => {});
  }

  function close() {
    const here = box();
    ends = Infinity;
    document.querySelector("main").replaceChildren();
    state.busy = false;
    open(here.dataset.closesTo);
  }

  function ask(here) {
    was = document.activeElement;
    here.hidden = false;
    here.querySelector("button").focus();
  }

  function look() {
    const left = ends - seconds();
    const here = box();
    if (!here || state.left) return;
    if (left <= 0) close();
    else if (left <= WARN && here.hidden) ask(here);
  }

  const there = () => {
    if (box() && box().hidden && seconds() - told > EVERY) stay();
  };
  document.addEventListener("keydown", there);
  document.addEventListener("pointerdown", there);
  document.addEventListener("submit", (event) => {
    if (!event.target.closest("[data-closes]")) return;
    event.preventDefault();
    stay();
    was?.focus();
  });
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);

  // Closed without the way out: soon nothing is left of it, also for whoever opens the tab again.
  window.addEventListener("pagehide", () => {
    if (state.left || !state.token) return;
    post("closed", { keepalive: true }).catch(() => {});
  });

  // Without this script a page closes by its head alone, and cannot be kept.
  const closes = document.querySelector("meta[http-equiv=refresh]");
  if (closes) {
    closes.remove();
    window.addEventListener("load", () => setTimeout(() => window.stop()));
  }
  remember(state);
  begin();
  document.querySelector(".govuk-error-summary")?.focus();
  return { begin };
}
