"""What is done on the pages of one case: a form is filled in by the names of its questions and sent with its button."""

from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

from e2e.checks import Watch

Filled = Mapping[str, str | list[str]]


class Record:
    """The record of one case on one device.

    Every page that is opened or comes back is looked at from all sides, save on a device without scripts: axe needs
    them, and the same pages are looked at in test_every_desk_page.
    """

    def __init__(self, page: Page, case: str, *, looks: bool = True) -> None:
        self.page, self.case, self.watch, self.looks = page, case, Watch(page), looks

    def open(self, path: str = "") -> None:
        """A page of the case."""
        self.page.goto(f"{self.case}{path}")
        self.look()

    def send(self, action: str, filled: Filled, button: str) -> None:
        """Fill in the form that goes to this address, and press its button."""
        form = self.page.locator(f"form[action*='{action}']").first
        for name, value in filled.items():
            for each in [value] if isinstance(value, str) else value:
                self._fill(form, name, each)
        with self.page.expect_navigation():
            form.get_by_role("button", name=button).click()
        self.look()

    def follow(self, name: str) -> None:
        """Follow the first link with this name."""
        self.page.get_by_role("link", name=name).first.click()
        self.look()

    def look(self) -> None:
        """From all sides, where the device can."""
        if self.looks:
            self.watch.look()

    def shows(self, *words: str) -> None:
        """All of this stands on the open page."""
        for each in words:
            expect(self.page.locator("main")).to_contain_text(each)

    def _fill(self, form: Locator, name: str, value: str) -> None:
        field = form.locator(f"[name='{name}']").first
        kind = field.evaluate("each => each.type || each.tagName.toLowerCase()")
        for folded in form.locator(f"details:not([open]):has([name='{name}'])").all():
            folded.locator("summary").click()
        if kind in {"radio", "checkbox"}:
            form.locator(f"[name='{name}'][value='{value}']").check()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)
