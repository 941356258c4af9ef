"""What is true of every page: axe, widths, silence in a browser; and of its HTML, in the Nu checker."""

import hashlib
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

ROOT = Path(__file__).resolve().parent.parent
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
NU = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async (rules) => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  return found.violations.flatMap(({id, help, nodes}) =>
    nodes.map(({target, failureSummary}) => `${id}: ${help}: ${target.join(" ")} (${failureSummary})`));
}"""
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && each.checkVisibility())
  .slice(0, 5).map((each) => `${each.tagName.toLowerCase()}.${each.className} ${each.innerText?.slice(0, 40)}`)"""
SCROLLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
NARROWEST = {"width": 320, "height": 640}
AT_400 = {"width": 320, "height": 225}  # what is left of 1280 by 900 at 400 per cent


@dataclass
class Watch:
    """One device under observation: what its console says, whom it asks, and the HTML of the page that is open."""

    page: Page
    faults: list[str] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    _answer: Response | None = None

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda fault: self.faults.append(f"script: {fault}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def look(self, widths: Sequence[int] = (360, 1280)) -> None:
        """Look at the open page from all sides; faults are kept, so that one walk tells all of them."""
        name = urlsplit(self.page.url).path
        if self._answer is not None:
            self.pages[f"{self._answer.request.method} {name} {self._answer.status}"] = self._answer.text()
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 800})
            self.faults += [f"{name} at {width}: {each}" for each in axe(self.page)]
            self._fits(f"{name} at {width}")
        for size, says in ((NARROWEST, "320 wide"), (AT_400, "400 per cent")):
            self.page.set_viewport_size(size)
            self._fits(f"{name} at {says}")
        self.page.set_viewport_size({"width": widths[0], "height": 800})

    def _fits(self, where: str) -> None:
        if self.page.evaluate(SCROLLS):
            self.faults.append(f"{where}: scrolls sideways because of {self.page.evaluate(TOO_WIDE)}")

    def _heard(self, message: ConsoleMessage) -> None:
        """A page that refuses says so in its status, which Chromium repeats as an error."""
        if (
            message.type in {"error", "warning"}
            and "the server responded with a status of 4" not in message.text
        ):
            self.faults.append(f"{urlsplit(self.page.url).path}: console: {message.text}")

    def _asked(self, request: Request) -> None:
        here, there = urlsplit(self.page.url), urlsplit(request.url)
        if there.scheme != "data" and here.netloc and there.netloc != here.netloc:
            self.faults.append(f"{here.path}: asked another host, {there.netloc}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self._answer = response


def axe(page: Page) -> list[str]:
    """What axe finds on the open page; it needs a device that runs scripts."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN_AXE, RULES)
    return found


def nu(pages: dict[str, str], folder: Path) -> list[str]:
    """What the Nu HTML checker finds in all these pages, in one run; each page is named by its key."""
    names: dict[str, str] = {}
    for name, html in pages.items():
        path = folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.html"
        path.write_text(html)
        names[path.name] = name
    command = ["java", "-jar", str(NU), "--format", "json", "--exit-zero-always", str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return [
        f"{names[Path(each['url']).name]}, line {each.get('lastLine')}: {each['message']}: {each.get('extract', '')}"
        for each in json.loads(told)["messages"]
        if each["type"] == "error"
    ]
