"""Asking for help for oneself, as somebody does it on a phone: one method for each page."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from playwright.sync_api import Page

from e2e.pages.public import press
from portal.domain.calendar import in_london

EVERY_DAY = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
A_WHILE = timedelta(hours=2)


class AskForHelp:
    """The pages of one landlord. `been_at` keeps the address of every page that was opened."""

    def __init__(self, page: Page, slug: str) -> None:
        self.page, self.slug = page, slug
        self.been_at: list[str] = []
        page.on("framenavigated", lambda frame: self.been_at.append(frame.url))

    @property
    def heading(self) -> str:
        """What the page is about."""
        return self.page.locator("h1").inner_text()

    @property
    def text(self) -> str:
        """Everything that the main part of the page says."""
        return self.page.locator("main").inner_text()

    def begin(self) -> None:
        self.page.goto(f"/{self.slug}/")
        press(self.page, "link", "For me")

    def say_how_safe_now(self, answer: str) -> None:
        self.choose(answer)
        self.go_on()

    def say_how_to_be_reached(self, way: str, number: str) -> None:
        self.choose(way)
        self.page.get_by_label("Phone number").fill(number)
        self.go_on()

    def say_safe_from(self, moment: datetime) -> None:
        """Every day from the beginning of this hour, for two hours."""
        self.choose("Only on these days and at these times", *EVERY_DAY)
        self.page.get_by_label("From").select_option(f"{in_london(moment):%H}:00")
        self.page.get_by_label("Until").select_option(f"{in_london(moment + A_WHILE):%H}:00")
        self.go_on()

    def say_leave_no_message(self) -> None:
        self.page.get_by_role("group", name="May we leave a message?").get_by_label("No").check()
        self.go_on()

    def tell(self, words: str) -> None:
        self.page.get_by_label("What is happening?").fill(words)
        self.go_on()

    def say_name(self, name: str) -> None:
        self.page.get_by_label("What should we call you?").fill(name)
        self.go_on()

    def skip_the_rest(self) -> None:
        press(self.page, "link", "Go to the end and send")

    def send(self) -> None:
        press(self.page, "button", "Send")

    def go_on(self) -> None:
        press(self.page, "button", "Continue")

    def choose(self, *answers: str) -> None:
        for answer in answers:
            self.page.get_by_label(answer, exact=True).check()

    def read_through(self, answers: Sequence[str]) -> None:
        """Every answer stands on the page that is read before sending."""
        missing = [each for each in answers if each not in self.text]
        assert not missing, f"not on the page to read through: {missing}"
