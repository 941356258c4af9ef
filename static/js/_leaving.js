// The way out: everything is hidden at once, the server wipes, and then the browser is somewhere harmless. Nothing new
// gets into the history: the page that is gone to takes this page's place.
const PRESSES = 3;
const WITHIN = 5000; // milliseconds
const WAIT = 800; // for the server; somebody who has to get away waits no longer

export function leaving(state) {
  const elsewhere = document.documentElement.dataset.leaveFor;
  const way = () => document.querySelector("[data-leave]");

  function leave(address = elsewhere) {
    state.left = true;
    document.documentElement.classList.add("is-leaving");
    document.title = "";
    const away = () => window.location.replace(address);
    const wiped = fetch(way().href, { keepalive: true, cache: "no-store", headers: { "X-In-Place": "1" } });
    const waited = new Promise((tell) => setTimeout(tell, WAIT));
    Promise.race([wiped, waited]).then(away, away);
  }

  let pressed = 0;
  let forget;
  const tell = { 1: "two", 2: "one" }; // said in the language of the page
  const say = (which) => {
    const status = document.querySelector("[data-leave-says]");
    if (status) status.textContent = which ? status.dataset[which] : "";
  };
  document.addEventListener("keyup", ({ key }) => {
    if (!way()) return;
    if (key !== "Shift") {
      pressed = 0;
      return;
    }
    pressed += 1;
    clearTimeout(forget);
    if (pressed === PRESSES) {
      say("going");
      leave();
      return;
    }
    say(tell[pressed]);
    forget = setTimeout(() => {
      pressed = 0;
      say("");
    }, WITHIN);
  });
  document.documentElement.classList.add("hears-keys");

  // A page that comes back out of the browser's own memory would show what was on it: fetch it anew.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) window.location.reload();
  });
  return leave;
}
