"""Somebody tells a landlord in Arabic, from right to left, and somebody in Polish on a phone that runs no scripts."""

import pytest

from e2e.checks import AAA, Watch, told
from e2e.conftest import OpenDevice
from e2e.pages.public import PublicPages, press
from portal.domain.languages import LANGUAGES
from portal.referrals.journey import JOURNEYS, WayIn
from portal.web.catalogues import pairs

SENT = {"ar": "havebury", "pl": "star"}


def test_in_arabic_from_right_to_left_and_axe_finds_nothing(device: OpenDevice) -> None:
    watch = Watch(device(js=True), AAA)
    page = watch.page
    page.goto(f"/{SENT['ar']}/")
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
    press(page, "button", LANGUAGES["pl"].own)
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
    press(page, "button", "English")
    assert page.locator("h1").inner_text() == "Contact us"
