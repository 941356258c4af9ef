// The officers' pages work without this; with it, they answer in place, say what changed, and never grow old unseen.
import "htmx.org";
import "./_passkey.js";

const said = document.getElementById("live");
const STALE = 3 * 60 * 1000;
const loaded = Date.now();

const focusOn = (root) => root.querySelector("#mistakes, .revealed[autofocus]")?.focus();

document.addEventListener("htmx:after:swap", ({ detail }) => {
  const words = [...document.querySelectorAll("[data-say]")].pop();
  if (words && said) said.textContent = words.textContent;
  focusOn(document);
  // Whatever was pressed may be gone with what it stood in: then the focus goes to where the new part begins.
  if (document.activeElement !== document.body) return;
  const part = document.getElementById(detail.ctx?.target?.id);
  const wrong = part?.querySelector("[aria-invalid]");
  part?.setAttribute("tabindex", "-1");
  (wrong ?? part)?.focus({ preventScroll: true });
});

document.addEventListener("htmx:error", () => {
  if (said) said.textContent = "That did not work. Try again, or load the page anew.";
});

// A list that was open in another tab tells old times: it is fetched again when somebody comes back to it.
document.addEventListener("visibilitychange", () => {
  const typing = document.activeElement?.matches("input, textarea, select");
  if (!document.hidden && document.getElementById("work") && !typing && Date.now() - loaded > STALE) location.reload();
});

// A page that the browser kept for Back is fetched again, so that nothing shows after signing out.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});

// An open menu closes with Escape, and when somebody goes elsewhere.
const menus = () => document.querySelectorAll(".bar__menu details[open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

focusOn(document);
