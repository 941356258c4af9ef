// Her pages work without this. With it they are fetched into the one that is open: the history has one entry and no
// step in between, a line that breaks loses nothing, the way out is quicker, and a page that lies idle hides itself.
import { closing } from "./_closing.js";
import { leaving } from "./_leaving.js";
import { show } from "./_show.js";

const home = `/${window.location.pathname.split("/")[1]}/`;
const ours = (address) => address.origin === window.location.origin && address.pathname.startsWith(home) && home !== "//";
const state = { token: "", left: false, busy: false };
const time = closing(state, home, (address) => go(address, { method: "GET" }));
const leave = leaving(state);

const told = () => document.querySelector("[data-not-sent]");

async function go(address, what) {
  if (state.busy || state.left) return;
  state.busy = true;
  if (told()) told().hidden = true;
  document.documentElement.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, {
      ...what, cache: "no-store", credentials: "same-origin", headers: { "X-In-Place": "1" },
    });
    const elsewhere = answer.headers.get("X-Go");
    if (elsewhere) return leave(elsewhere);
    const html = await answer.text();
    if (!html) throw new Error("nothing came");
    state.address = answer.url;
    show(html, state);
    time.begin();
  } catch {
    notSent();
  } finally {
    state.busy = false;
    document.documentElement.removeAttribute("aria-busy");
  }
}

// The line broke: everything stays as it was typed, and the same button sends it once more.
function notSent() {
  const says = told();
  if (!says) return;
  says.hidden = false;
  says.focus();
}

document.addEventListener("click", (event) => {
  const way = event.target.closest("a[href]");
  if (!way || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if ("leave" in way.dataset) {
    event.preventDefault();
    leave();
    return;
  }
  const address = new URL(way.href, document.baseURI);
  if (way.getAttribute("href").startsWith("#")) {
    event.preventDefault(); // a place on this page would be another entry in the history
    const place = document.getElementById(address.hash.slice(1));
    place?.scrollIntoView();
    place?.focus();
  } else if (ours(address) && !way.target) {
    event.preventDefault();
    go(address, { method: "GET" });
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const asked = form.closest("[data-closes]");
  const address = new URL(form.getAttribute("action") || state.address || window.location.href, document.baseURI);
  if (asked || !ours(address)) return;
  event.preventDefault();
  const said = new FormData(form, event.submitter);
  if (form.method === "post") {
    go(address, { method: "POST", body: new URLSearchParams(said) });
  } else {
    address.search = new URLSearchParams(said);
    go(address, { method: "GET" });
  }
});
