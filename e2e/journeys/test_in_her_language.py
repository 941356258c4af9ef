"""Somebody tells a landlord in Arabic, from right to left, and somebody in Polish on a phone that runs no scripts."""

import pytest
from playwright.sync_api import Page

from e2e.checks import AAA, Watch, told
from e2e.conftest import OpenDevice
from e2e.pages.public import PublicPages, press
from portal.domain.languages import LANGUAGES
from portal.referrals.journey import JOURNEYS, WayIn
from portal.web.catalogues import pairs

SENT = {"ar": "havebury", "pl": "star"}


def first_screen(page: Page, *, whole: bool = True) -> None:
    """Nobody scrolls for 999, for the first question, or to find her language in its own script."""
    ends = page.evaluate("() => document.querySelector('.leave').getBoundingClientRect().top")
    names = page.locator(".languages__names").bounding_box()
    emergency, first = (page.locator(each).bounding_box() for each in (".now", ".ways__link--first"))
    title = page.locator(".ways__link--first strong").bounding_box()
    assert names
    assert emergency
    assert first
    assert title
    assert names["y"] + names["height"] < emergency["y"], "in the first place"
    assert emergency["y"] + emergency["height"] < first["y"]
    lowest = first if whole else title
    assert lowest["y"] + lowest["height"] <= ends, "above the way out, on the screen of a small phone"


def choose_by_keyboard(page: Page, code: str) -> None:
    """As somebody does who uses no mouse and reads no word of this page: the globe, then the name of the language."""
    own = LANGUAGES[code].own
    summary = page.locator("summary.languages__here")
    assert own in summary.inner_text(), "shut, too, each language stands there in its own script"
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=own).focus()
    page.keyboard.press("Enter")
    page.locator(f"html[lang|={code}]").wait_for(state="attached")


def test_in_arabic_from_right_to_left_and_axe_finds_nothing(device: OpenDevice) -> None:
    watch = Watch(device(js=True), AAA)
    page = watch.page
    page.goto(f"/{SENT['ar']}/")
    page.locator("summary").click()
    press(page, "button", LANGUAGES["ar"].own)
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ar", "rtl")
    number, width = page.locator(".now__number").bounding_box(), page.evaluate("() => innerWidth")
    assert number
    assert number["x"] + number["width"] > width - 60, "a line begins at the right"
    assert "ar" not in page.url.partition("//")[2].partition("/")[2].split("/"), "no address says which one"
    pages = PublicPages(page, SENT["ar"], watch.look, "ar")
    pages.plain()
    pages.tell(WayIn.SELF)
    assert not watch.faults, told(watch.faults)


@pytest.mark.clause("STAR-3.18b")
def test_in_polish_without_scripts_to_the_receipt_and_back_to_english(device: OpenDevice) -> None:
    page = device()
    page.goto(f"/{SENT['pl']}/")
    first_screen(page)
    choose_by_keyboard(page, "pl")
    first_screen(page, whole=False)
    spoken: list[str] = []

    def look() -> None:
        assert page.locator("html").get_attribute("lang") == "pl"
        spoken.append(page.locator("h1").inner_text())

    pages = PublicPages(page, SENT["pl"], look, "pl")
    pages.tell(WayIn.SELF)
    polish = dict(pairs("pl"))
    assert {polish[each.heading] for each in JOURNEYS[WayIn.SELF]} <= set(spoken)
    assert spoken[-1] == polish["We have your message"]
    page.goto(f"/{SENT['pl']}/")
    choose_by_keyboard(page, "en")
    assert page.locator("h1").inner_text() == "Contact us"
