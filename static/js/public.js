// Her pages work without this. With it, the way out is quicker, and Shift pressed three times is one as well.
const PRESSES = 3;
const WITHIN = 5000; // milliseconds

const ways = document.querySelectorAll("[data-leave]");
const status = document.querySelector("[data-leave-says]");
const say = (words) => {
  if (status) status.textContent = words;
};

// Hide everything at once, and put nothing new into the history: the page left takes this page's place in it.
const leave = (address) => {
  document.documentElement.classList.add("is-leaving");
  document.title = "";
  window.location.replace(address);
};

for (const way of ways) {
  way.addEventListener("click", (event) => {
    event.preventDefault();
    leave(way.href);
  });
}

let pressed = 0;
let forget;
const { two, one, going } = status?.dataset ?? {}; // in the language of the page
const tell = { 1: two, 2: one };

document.addEventListener("keyup", ({ key }) => {
  if (!ways.length) return;
  if (key !== "Shift") {
    pressed = 0;
    return;
  }
  pressed += 1;
  clearTimeout(forget);
  if (pressed === PRESSES) {
    say(going);
    leave(ways[0].href);
    return;
  }
  say(tell[pressed]);
  forget = setTimeout(() => {
    pressed = 0;
    say("");
  }, WITHIN);
});

// A page that comes back out of the browser's own memory would show what was on it: fetch it anew.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) window.location.reload();
});

// The first mistake is where reading goes on.
document.querySelector(".govuk-error-summary")?.focus();
