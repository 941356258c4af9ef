"""An officer's way from signing in to a clock that is met: one method for each thing that is done."""

from datetime import datetime
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

from e2e.live import PASSWORD, Someone
from portal.domain.calendar import in_london


class Desk:
    """The officers' pages on one device."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def text(self) -> str:
        """Everything that the main part of the page says."""
        return self.page.locator("main").inner_text()

    @property
    def path(self) -> str:
        """Where this is, without the sentence about what was just kept."""
        return urlsplit(self.page.url).path

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        if "/desk/sign-in" not in self.page.url:
            self.page.goto("/desk/sign-in")
        self.page.get_by_label("Email address").fill(email)
        self.page.get_by_label("Password").fill(password)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Sign in").click()

    def come_in_with(self, email: str, code: str) -> None:
        """For the first time: a password by the code that was handed over, and in by the invitation."""
        self.page.goto("/desk/first-password")
        self.page.get_by_label("Email address").fill(email)
        self.page.get_by_label("The code that you were given").fill(code)
        self.page.get_by_label("A password of your own").fill(PASSWORD)
        self.page.get_by_role("button", name="Choose it").click()
        self.sign_in(email)
        self.page.get_by_role("button", name="Come in").click()

    def my_work(self) -> None:
        self.page.goto("/desk/")

    def rows(self, section: str) -> Locator:
        """The rows of one section of my work: "New reports", "Do next", "No target"."""
        return self.page.locator("section", has=self.page.get_by_role("heading", name=section)).locator(
            "tbody tr"
        )

    def part(self, name: str) -> None:
        """Go to a part of the case that is open; on a telephone the parts are folded away."""
        folded = self.page.get_by_text("Parts of this case")
        if folded.is_visible():
            folded.click()
        self.page.locator(".case__where").get_by_role("link", name=name, exact=True).click()

    def open_case(self, officer: Someone) -> None:
        """Make a case of the report that is open, and give it to an officer."""
        self.page.get_by_role("radio", name=officer.name).check()
        self.page.get_by_role("button", name="Open a case").click()

    def begin_contact(self) -> None:
        self.page.get_by_role("link", name="Record a contact").click()

    def fill_contact(self, channel: str, outcome: str, words: str, at: datetime | None = None) -> None:
        """Fill in a contact; without a moment it is the one that the page offers, which is now."""
        self.page.get_by_label(channel, exact=True).check()
        if at:
            self.page.get_by_label("Day").fill(f"{in_london(at):%Y-%m-%d}")
            self.page.get_by_label("Time").fill(f"{in_london(at):%H:%M}")
        self.page.get_by_label(outcome, exact=True).check()
        self.page.get_by_label("What was said and agreed").fill(words)

    def tick_what_the_policy_asks_for(self) -> None:
        """The policy's own act, and where that is an interview, all that belongs to one."""
        self.page.get_by_label("this is what the policy asks for").check()
        for offer in ("Somebody of the same sex", "Somebody of the same cultural background"):
            for group in self.page.get_by_role("group", name=offer).all():
                group.get_by_label("Offered and declined").check()
        self.page.get_by_label("I told them that it stays confidential").check()
        for box in self.page.get_by_label("What can be done now").all():
            box.fill("To think about it, and to speak again.")

    def record_contact(self) -> None:
        self.page.get_by_role("button", name="Record the contact").click()

    @property
    def clock(self) -> Locator:
        """The first clock in the table of the case that is open."""
        return self.page.locator("#clocks tbody tr").first

    def why(self) -> str:
        """What stands behind "Why this time?"."""
        self.clock.locator("summary").click()
        return self.clock.locator("details").inner_text()
