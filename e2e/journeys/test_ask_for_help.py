"""Her pages in a real browser: for every eye and every hand, and with a way out that leaves nothing behind."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.conftest import OpenDevice
from e2e.pages.journey_public import AskForHelp
from e2e.pages.public import PublicPages, press
from portal.domain.contact.bland import not_bland

WEATHER = "https://www.bbc.co.uk/weather"
NO_WORLD = {"server": "http://127.0.0.1:9", "bypass": "127.0.0.1"}
"""A way out that leads nowhere: no test asks a real website for anything."""
SECRET = "I sleep at a friend’s house."


@pytest.mark.invariant(11)
@pytest.mark.parametrize("js", [False, True], ids=["plain", "scripts"])
def test_it_can_be_done_without_scripts_and_with_them(device: OpenDevice, js: bool) -> None:
    page = device(js=js)
    her = PublicPages(page, "dales", lambda: None)
    her.tell("contact")
    assert her.seen[-1] == "We have your message"


def begun(page: Page) -> None:
    """Somebody who has written something that nobody must find."""
    her = AskForHelp(page, "whg")
    her.begin()
    her.say_how_safe_now("Yes, I am safe for now")
    her.say_how_to_be_reached("Ring me", "07700 900 123")
    her.page.goto("/whg/contact/6")
    her.tell(SECRET)
    expect(page.locator("h1")).to_have_text("About you")
    page.wait_for_load_state()


def leave_by_button(page: Page) -> None:
    page.locator(".leave__button").click()


def leave_by_shift(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize(
    ("js", "leave"),
    [(False, leave_by_button), (True, leave_by_button), (True, leave_by_shift)],
    ids=["button without scripts", "button", "shift"],
)
def test_leaving_leaves_nothing(device: OpenDevice, js: bool, leave: Callable[[Page], None]) -> None:
    page = device(js=js, proxy=NO_WORLD)
    begun(page)
    with page.expect_request(WEATHER):
        leave(page)
    nothing_is_left(page.context)
    page.go_back()
    expect(page.locator("h1")).to_be_visible()
    assert SECRET not in page.content()
    page.goto("/whg/contact/check")
    assert SECRET not in page.content()
    assert "07700" not in page.content()


def nothing_is_left(context: BrowserContext) -> None:
    """No cookie, nothing in any storage."""
    left = context.storage_state()
    assert left["cookies"] == []
    assert left["origins"] == []


def test_before_leaving_too_the_device_holds_one_short_lived_cookie(device: OpenDevice) -> None:
    page = device(js=True)
    begun(page)
    left = page.context.storage_state()
    assert [(each["name"], each["path"], each["expires"]) for each in left["cookies"]] == [("s", "/whg", -1)]
    assert left["origins"] == []


def test_shift_is_told_to_those_who_listen_and_forgotten_after_another_key(device: OpenDevice) -> None:
    page = device(js=True)
    page.goto("/whg/")
    page.keyboard.press("Shift")
    expect(page.get_by_role("status")).to_have_text("Press Shift two more times to leave.")
    page.keyboard.press("Shift")
    expect(page.get_by_role("status")).to_have_text("Press Shift once more to leave.")
    page.keyboard.press("a")
    page.keyboard.press("Shift")
    expect(page.get_by_role("status")).to_have_text("Press Shift two more times to leave.")
    assert page.url.endswith("/whg/")


@pytest.mark.parametrize("js", [False, True], ids=["plain", "scripts"])
def test_a_key_is_promised_only_where_it_leads_out(device: OpenDevice, js: bool) -> None:
    page = device(js=js)
    page.goto("/whg/device")
    for promise in ("or the Shift key three times", "you can press the Shift key three times"):
        expect(page.get_by_text(promise)).to_be_visible(visible=js)
    expect(page.get_by_text("You will see a weather page.")).to_be_visible()


def test_when_a_line_is_open_is_not_torn_apart_on_a_small_phone(device: OpenDevice) -> None:
    page = device()
    page.goto("/whg/numbers")
    hours = page.get_by_text("24 hours, every day").first
    assert hours.evaluate("each => each.getClientRects().length") == 1


def test_what_the_history_would_show_is_harmless(device: OpenDevice) -> None:
    page = device()
    her = PublicPages(page, "nph", lambda: None)
    titles: list[str] = []
    page.on("load", lambda at: titles.append(f"{at.title()} {at.url}"))
    her.plain()
    her.tell("contact")
    assert len(titles) > 10
    assert [title for title in titles if not_bland(title)] == []


def test_the_first_mistake_has_the_focus(device: OpenDevice) -> None:
    page = device(js=True)
    page.goto("/dales/someone/2")
    page.goto("/dales/someone/1")
    press(page, "button", "Continue")
    press(page, "button", "Continue")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.locator(".govuk-error-summary a").first.click()
    expect(page.get_by_label("Their name")).to_be_focused()
