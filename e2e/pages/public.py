"""Every public page of a landlord in turn, in each of its states, for whoever wants to look at it."""

from collections.abc import Callable
from typing import Literal

from playwright.sync_api import Locator, Page

from portal.domain.languages import ENGLISH
from portal.web.catalogues import pairs

Look = Callable[[], None]
PLAIN = (
    "",
    "easy",
    "easy?size=large",
    "paper/contact",
    "paper/someone?size=large",
    "numbers",
    "promise",
    "promise?size=large",
    "device",
    "formats",
    "formats/asked",
)
NEEDED = {
    "How to reach you": {"Phone number": "07700 900 123"},
    "Somebody you trust": {"Their phone number": "07700 900 456"},
    "Who it is about": {"Their name": "Noor Example"},
    "Something you noticed": {"Where was it?": "3 Elm Road"},
}
TICKED = {
    "About right now": ("No. I fear for my life, or for somebody else’s",),
    "How to reach you": ("Ring me", "Text me", "Email me", "Write to me", "Go through somebody I trust"),
    "When to reach you": ("Only on these days and at these times",),
}
WRONG = {
    "How to reach you",
    "When to reach you",
    "Somebody you trust",
    "Who it is about",
    "Something you noticed",
}
"""Pages that can refuse an answer: looked at in that state as well."""


def press(page: Page, role: Literal["button", "link"], name: str) -> None:
    """Press it, and wait for the page that follows, also where the script fetches that into the one that is open."""
    page.get_by_role(role, name=name).click()
    page.locator("html:not([aria-busy])").wait_for(state="attached")


def come_back_with(page: Page, number: str) -> None:
    """From the front page to what stands behind a number, where it is safe to show it."""
    press(page, "link", "I have a number")
    page.get_by_label("Your number").fill(number)
    press(page, "button", "Continue")
    page.get_by_label("Yes. Nobody else").check()
    press(page, "button", "Continue")


class PublicPages:
    """Goes through the pages of one landlord and has each of them looked at."""

    def __init__(self, page: Page, slug: str, look: Look, code: str = ENGLISH.code) -> None:
        """With `code`, the pages speak that language; whoever goes through them here still thinks in English."""
        self.page, self.slug, self.look = page, slug, look
        self.seen: list[str] = []
        self.says = {} if code == ENGLISH.code else dict(pairs(code))
        self.means = {said: english for english, said in self.says.items()}

    @property
    def heading(self) -> str:
        shown = self.page.locator("h1").inner_text()
        return self.means.get(shown, shown)

    def press(self, role: Literal["button", "link"], name: str) -> None:
        press(self.page, role, self.says.get(name, name))

    def labelled(self, label: str) -> Locator:
        return self.page.get_by_label(self.says.get(label, label), exact=True)

    def plain(self) -> None:
        for path in PLAIN:
            self.page.goto(f"/{self.slug}/{path}")
            self._looked()

    def tell(self, way: str) -> None:
        """From the first page of a way of telling us to the page that says it was received."""
        self.page.goto(f"/{self.slug}/{way}/1")
        while self.heading != "Read it through":
            self._looked()
            if self.heading == "Who to ring now":
                self.press("link", "Go on")
                continue
            self._answer()
        self._looked()
        self.press("button", "Send")
        self._looked()

    def ended(self) -> None:
        """A page whose time is over, and one that never was."""
        for path in ("contact/received", "nothing"):
            self.page.goto(f"/{self.slug}/{path}")
            self._looked()

    def _answer(self) -> None:
        heading = self.heading
        if heading in TICKED:
            self._tick(TICKED[heading])
        if heading in WRONG:
            self.press("button", "Continue")
            assert self.page.locator(".govuk-error-summary").is_visible()
            self._looked()
        if heading == "When to reach you":
            self._tick(("Monday",))
            self.labelled("From").select_option("09:00")
            self.labelled("Until").select_option("12:00")
        if heading == "How to reach you":
            self.labelled("Email address").fill("somebody@example.com")
            self.labelled("Address for post").fill("1 Elm Road")
        for label, words in NEEDED.get(heading, {}).items():
            self.labelled(label).first.fill(words)
        self.press("button", "Continue")

    def _tick(self, labels: tuple[str, ...]) -> None:
        for label in labels:
            found = self.labelled(label)
            if found.count():
                found.check()

    def _looked(self) -> None:
        self.seen.append(self.heading)
        self.look()
