// A page that was fetched takes the place of the one that is open: its address and its title never show.
export function show(html, state) {
  const body = html.indexOf("<body"); // the head stays as it is, and with it the one style that may stand in it
  const page = new DOMParser().parseFromString(/<html[^>]*>/i.exec(html)[0] + html.slice(body), "text/html");
  const { lang, dir } = page.documentElement;
  Object.assign(document.documentElement, { lang, dir });
  for (const each of page.querySelectorAll("[autofocus]")) each.removeAttribute("autofocus");
  document.body.replaceWith(page.body);
  remember(state);
  window.scrollTo(0, 0);
  // Reading goes on with the first mistake, with what was done, or with the heading.
  const first = document.querySelector(".govuk-error-summary, .done") ?? document.querySelector("h1");
  if (!first) return;
  if (!first.hasAttribute("tabindex")) first.tabIndex = -1;
  first.focus({ preventScroll: true });
}

// With the token of any form the server is told later that the page was closed.
export function remember(state) {
  const token = document.querySelector("[name=csrf_token]");
  if (token) state.token = token.value;
}
