"""What an officer does on a page that answers in place."""

from playwright.sync_api import Page, expect

LOADED_ONCE = "window.loadedOnce === true"


class InPlace:
    """A page that is marked when it is opened, so that a test can tell whether it was ever loaded anew."""

    def __init__(self, page: Page, path: str) -> None:
        self.page = page
        page.goto(path)
        page.evaluate("window.loadedOnce = true")

    @property
    def said(self) -> str:
        """What a screen reader was told last."""
        return self.page.locator("#live").inner_text()

    @property
    def focus(self) -> str:
        """The id of what has the focus, or the kind of element."""
        found: str = self.page.evaluate("document.activeElement.id || document.activeElement.tagName")
        return found

    def still_there(self) -> None:
        """It was never loaded anew."""
        assert self.page.evaluate(LOADED_ONCE)

    def add_note(self, words: str) -> None:
        self.page.get_by_label("Add a note").fill(words)
        self.page.get_by_role("button", name="Add the note").click()

    def narrow(self, id_: str) -> None:
        """Press one of the choices that narrow a list."""
        self.page.locator(f"#{id_}").click()
        expect(self.page.locator(f"#{id_}")).to_have_attribute("aria-current", "true")

    def show(self, what: str) -> None:
        """Ask for a number or an address."""
        self.page.get_by_role("button", name=f"Show {what}").click()
        expect(self.page.locator(".revealed")).to_be_visible()
