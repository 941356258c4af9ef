"""What is true of every page: axe, widths, silence in a browser; and of its HTML, in the Nu checker."""

import hashlib
import json
import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "node_modules/axe-core/axe.min.js"
NU = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AA, AAA = "color-contrast", "color-contrast-enhanced"
EVERYTHING = {"runOnly": TAGS, "rules": {AA: {"enabled": False}}}
IN_THIS_ROOM = {"runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}}
"""What a page may do wrong at one width only, with nothing on it that was not read at the other."""
RUN_AXE = """async (how) => {
  const found = await axe.run(document, {...how, resultTypes: ["violations"]});
  return found.violations.flatMap(({id, nodes}) =>
    nodes.map(({target, failureSummary}) => `axe, ${id}: ${target.join(" ")}: ${failureSummary}`));
}"""
MADE_OF = """() => [...new Set([...document.querySelectorAll("body *")].map((each) =>
  [each.parentElement, each].map(({tagName, className, role}) => `${tagName}.${className}.${role}`).join(" > ")))]
  .sort().join("\\n")"""
SHOWN = """(looks) => {
  const found = new Set();
  const mix = (words, [a, b]) => {
    for (let at = 0; at < words.length; at += 1) {
      a = Math.imul(a ^ words.charCodeAt(at), 2654435761);
      b = Math.imul(b ^ words.charCodeAt(at), 1597334677);
    }
    return [a >>> 0, b >>> 0];
  };
  const walk = (each, above) => {
    if (!each.checkVisibility()) return;
    const look = looks.map((name) => each.getAttribute(name)).join(" ");
    const here = mix(`${each.tagName} ${look} ${each.checked}`, above);
    found.add((here[1] & 0x1fffff) * 4294967296 + here[0]);
    for (const child of each.children) walk(child, here);
  };
  walk(document.documentElement, [0, 0]);
  return [...found];
}"""
"""Each thing that can be seen on the page, with all that it stands in: a number for whatever decides its colours."""
LOOKS = ["class", "type", "role", "dir", "hidden", "open", "disabled", "aria-current", "aria-invalid", "aria-busy"]
SCROLLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && each.checkVisibility())
  .slice(-3).map((each) => `${each.tagName.toLowerCase()}.${each.className}`).join(", ")"""
WIDTHS = (1280, 360)
HEIGHT = 800
SMALLEST = ((320, 640), (320, 225))  # the narrowest telephone; and 1280 by 900 at 400 per cent
BAR = re.compile(r"<header.*?</header>", re.DOTALL)
CHANGES = re.compile(r'nonce="[^"]*"|name="csrf_token"[^>]*| aria-current="[a-z]+"|[0-9]+')
"""What is another each time that a page is asked for, or differs from one row to the next."""
ELEMENT = re.compile(r"<([a-z][a-z0-9]*)([^>]*)>")
SHOWS = re.compile(r'\b(?:class|type|role|dir)="[^"]*"|\b(?:open|hidden|disabled|checked|selected)\b')
REFUSED = "the server responded with a status of 4"
"""A page that refuses says so in its status, which Chromium repeats as an error."""


@dataclass
class Watch:
    """One device under observation: what its pages do wrong, and the HTML of every page that was looked at.

    `contrast` is asked for by day and by night: her pages promise AAA, 7 to 1; the officers' AA, 4.5 to 1.
    """

    page: Page
    contrast: str = AA
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Each fault once, with the pages on which it was found."""
    pages: dict[str, str] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    """What the pages were made of that axe has read: another made of the same parts only has to fit."""
    painted: set[int] = field(default_factory=set)
    """What was seen in these colours, by day and by night: contrast is measured where something else comes up."""
    words: set[str] = field(default_factory=set)
    """What stood in the pages that were looked at, and in the bars above them, but for figures."""
    _answer: Response | None = None

    def knows(self, html: str, path: str) -> bool:
        """Was a page with these words looked at, or this one, made of the same things; and such a bar as it has.

        By somebody else, perhaps, with other figures, and with other words where this very page had the same things.
        """
        bar, rest = _parts(html)
        return bar in self.words and not self.words.isdisjoint({rest, _things(html, path)})

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda fault: self.faults[f"script: {fault}"].append(self._path))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def look(self) -> None:
        """Look at the open page from all sides; faults are kept, so that one walk tells all of them."""
        self.page.wait_for_load_state()
        where = self._path
        if self._answer is not None:
            where = f"{self._answer.request.method} {self._there(self._answer.url)} {self._answer.status}"
            self.pages[where] = html = self._answer.text()
            self.words.update((*_parts(html), _things(html, self._there(self._answer.url))))
        made_of = self.page.evaluate(MADE_OF)
        new, read = made_of not in self.kinds, set[int]()
        for width in WIDTHS:
            self._fits(where, width, HEIGHT)
            shown = set(self.page.evaluate(SHOWN, LOOKS))
            if new:
                self._reads(f"{where} at {width}", EVERYTHING if shown - read else IN_THIS_ROOM)
            if shown - self.painted:
                self._measures(f"{where} at {width}")
            read |= shown
            self.painted |= shown
        for width, height in SMALLEST:
            self._fits(where, width, height)
        self.kinds.add(made_of)

    def _reads(self, where: str, how: dict[str, Any]) -> None:
        """Everything but contrast."""
        for each in axe(self.page, how):
            self.faults[each].append(where)

    def _measures(self, where: str) -> None:
        """Contrast, by night and by day."""
        for light in ("dark", "light"):
            self.page.emulate_media(color_scheme=light)
            for each in axe(self.page, {"runOnly": {"type": "rule", "values": [self.contrast]}}):
                self.faults[each].append(f"{where}, {light}")

    def _fits(self, where: str, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})
        if self.page.evaluate(SCROLLS):
            self.faults[f"scrolls sideways: {self.page.evaluate(TOO_WIDE)}"].append(
                f"{where} at {width} by {height}"
            )

    @property
    def _path(self) -> str:
        return self._there(self.page.url)

    @staticmethod
    def _there(address: str) -> str:
        url = urlsplit(address)
        return f"{url.path}?{url.query}".rstrip("?")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and REFUSED not in message.text:
            self.faults[f"console: {message.text}"].append(self._path)

    def _asked(self, request: Request) -> None:
        here, there = urlsplit(self.page.url), urlsplit(request.url)
        if there.scheme != "data" and here.netloc and there.netloc != here.netloc:
            self.faults[f"asked another host, {there.netloc}"].append(self._path)

    def _answered(self, response: Response) -> None:
        request = response.request
        page = request.is_navigation_request() or "x-in-place" in request.headers
        if page and not 300 <= response.status < 400:
            self._answer = response


def _parts(html: str) -> tuple[str, str]:
    """The bar of a page and all the rest of it, without what changes each time."""
    bar = BAR.search(html)
    rest = html.replace(bar[0], "") if bar else html
    return _same(bar[0]) if bar else "", _same(rest)


def _things(html: str, path: str) -> str:
    """What a page is made of, whatever the words in it: its elements by what decides how they are shown."""
    found = {(tag, *SHOWS.findall(rest)) for tag, rest in ELEMENT.findall(BAR.sub("", html))}
    return hashlib.sha256(f"{path} {sorted(found)}".encode()).hexdigest()


def _same(html: str) -> str:
    return hashlib.sha256(CHANGES.sub("", html).encode()).hexdigest()


def axe(page: Page, how: dict[str, Any]) -> list[str]:
    """What axe finds on the open page; it needs a device that runs scripts."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN_AXE, how)
    return found


def nu(pages: dict[str, str], folder: Path) -> list[str]:
    """What the Nu HTML checker finds wrong in all these pages, in one run; each page is named by its key."""
    names: dict[str, str] = {}
    for name, html in pages.items():
        path = folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.html"
        path.write_text(html)
        names[path.name] = name
    command = ["java", "-jar", str(NU), "--format", "json", "--exit-zero-always", str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return [
        f"{each['message']} {each.get('extract', '')} ({names[Path(each['url']).name]}, line {each.get('lastLine')})"
        for each in json.loads(told)["messages"]
        if each["type"] != "info"
    ]


def told(faults: dict[str, list[str]]) -> str:
    """Each fault with the first pages on which it was found, for people to read."""
    return "\n".join(
        f"{fault}\n    on {len(where)}: {'; '.join(where[:3])}" for fault, where in faults.items()
    )
