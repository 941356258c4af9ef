"""Leave no trace, proven on the disk of a second browser that keeps its sessions, forms and history in its own way."""

from collections.abc import Callable
from pathlib import Path

import pytest

from e2e.disk import PACKED, holding, unpacked, visited
from e2e.firefox import FIREFOX, Firefox, firefox
from e2e.journeys.test_nothing_on_the_disk import ABUSE, NAME, PHONE, SECRETS, STORY, TYPED
from e2e.live import Live
from portal.domain.contact.bland import not_bland

ELSEWHERE = "https://www.bbc.co.uk/"
pytestmark = pytest.mark.skipif(FIREFOX is None, reason="no Firefox on this machine")


def tell(browser: Firefox, live: Live) -> str:
    """The whole journey to the receipt, back in with it, and then something that is never sent."""
    browser.open(f"{live.url}/whg/")
    browser.press("For me")
    browser.press("Yes, I am safe for now")
    browser.press("Continue")
    browser.press("Ring me")
    browser.write("phone", PHONE)
    for heading in ("When to reach you", "When we get in touch", "In your words"):
        browser.press("Continue")
        browser.reads(heading)
    browser.write("happening", STORY)
    browser.press("Continue")
    browser.reads("About you")
    browser.write("call_me", NAME)
    browser.press("Continue")
    browser.reads("Your home")
    browser.press("Go to the end and send")
    browser.reads("Read it through")
    browser.press("Send", "button")
    browser.reads("We have your message")
    receipt = browser.text('//*[@class="receipt"]')
    browser.press("I want to come back")
    browser.press("I have kept the number")
    browser.reads("Contact us")
    browser.press("I have a number")
    browser.write("number", receipt)
    browser.press("Continue")
    browser.press("Yes. Nobody else")
    browser.press("Continue")
    browser.reads("What happens now")
    browser.press("Write to us")
    browser.write("words", TYPED)
    return receipt


def by_button(browser: Firefox) -> None:
    browser.enter('//a[@class="leave__button"]')
    browser.is_at(ELSEWHERE)


def by_shift(browser: Firefox) -> None:
    browser.press_shift(3)
    browser.is_at(ELSEWHERE)


def by_closing(browser: Firefox) -> None:
    browser.close_the_tab()


WAYS = [(True, by_shift), (True, by_closing), (False, by_button)]


@pytest.mark.parametrize(
    ("js", "leave"), WAYS, ids=[f"{way.__name__}-{'scripts' if js else 'plain'}" for js, way in WAYS]
)
def test_nothing_of_it_is_on_the_disk(
    live: Live, tmp_path: Path, js: bool, leave: Callable[[Firefox], None]
) -> None:
    with firefox(tmp_path, js=js) as browser:
        receipt = tell(browser, live)
        leave(browser)
    assert holding(tmp_path, [*SECRETS, receipt, receipt.replace(" ", "")]) == []
    ours = [entry for entry in visited(tmp_path) if "/whg/" in entry[0]]
    assert [told for entry in ours for told in entry if not_bland(told)] == []
    assert [word for entry in ours for told in entry for word in ABUSE if word in told.lower()] == []
    if js:
        assert [address for address, _ in ours] == [f"{live.url}/whg/"], (
            "one neutral entry for the whole visit"
        )


def test_the_search_finds_what_firefox_packs(tmp_path: Path) -> None:
    """Three letters as they are and nine copied from them, as LZ4 says it."""
    packed = PACKED + bytes([12, 0, 0, 0, 3 << 4 | 5, *b"abc", 3, 0])
    assert unpacked(packed) == b"abcabcabcabc"
    (tmp_path / "sessionstore.jsonlz4").write_bytes(packed)
    assert holding(tmp_path, ["cabca"]) == ["'cabca' in sessionstore.jsonlz4, unpacked"]
