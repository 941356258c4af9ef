"""Leave no trace, proven on the disk: a browser with a folder of its own, and what lies in it once it has stopped."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from sqlalchemy import update

from e2e.conftest import CHROMIUM, QUIET
from e2e.disk import history, holding, planted, unsnapped
from e2e.live import Live
from e2e.pages.journey_public import AskForHelp
from portal.domain.contact.bland import not_bland
from portal.referrals.models import Draft

WEATHER = re.compile(r"https://www\.bbc\.co\.uk/.*")
ELSEWHERE = "<title>Weather</title><h1>Weather</h1>"
NAME, STREET, PHONE, MISTYPED = "Quillcanary", "Canary Wharfcote", "07700 900 123", "07700 900"
STORY = "Zanzibarcanary said he would come back."
TYPED = "Neversentcanary"
SECRETS = [NAME, STREET, PHONE, MISTYPED, "Zanzibarcanary", TYPED]
SECRETS += ["Ring me", "By text", "fear for my life", "No. I fear"]
ABUSE = ["domestic", "abuse", "violence", "survivor", "victim", "perpetrator", "refuge"]
OUT_OF_THE_BOX = ["--disable-back-forward-cache", "--disable-features"]
"""What a test tool turns off, and a browser at home does not."""
TWO_MINUTES = timedelta(minutes=2)


@contextmanager
def browser(playwright: Playwright, live: Live, profile: Path, *, js: bool) -> Iterator[BrowserContext]:
    """A browser as somebody has it at home, with its history and its cache in a folder; stopped at the end."""
    context = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=CHROMIUM, args=QUIET, ignore_default_args=OUT_OF_THE_BOX,
        java_script_enabled=js, base_url=live.url, viewport={"width": 360, "height": 740},
    )  # fmt: skip
    context.set_default_timeout(10_000)
    context.route(WEATHER, lambda route: route.fulfill(body=ELSEWHERE, content_type="text/html"))
    yield context
    context.close()


def tell(page: Page, live: Live) -> str:
    """The other forms of it, and the whole journey with a mistake on the way, to the receipt."""
    page.goto("/whg/")
    for form in ("Easy to read", "In large type", "A form on paper"):
        page.get_by_role("link", name=form).click()
        expect(page.locator("h1")).not_to_have_text("Contact us")
        page.locator(".top__name a").click()
        expect(page.locator("h1")).to_have_text("Contact us")
    her = AskForHelp(page, "whg")
    her.begin()
    her.say_how_safe_now("Yes, I am safe for now")
    her.choose("Ring me", "Email me")
    page.get_by_label("Phone number").fill(MISTYPED)
    her.go_on()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.get_by_label("Email me", exact=True).uncheck()
    her.say_how_to_be_reached("Ring me", PHONE)
    while her.heading != "In your words":
        her.go_on()
    her.tell(STORY)
    her.say_name(NAME)
    expect(page.locator("h1")).to_have_text("Your home")
    her.skip_the_rest()
    her.send()
    expect(page.locator("h1")).to_have_text("We have your message")
    receipt = page.locator(".receipt").inner_text()
    page.get_by_role("button", name="I want to come back").click()
    expect(page.locator("main")).to_contain_text("With it you can come back")
    page.get_by_role("button", name="I am done").click()
    expect(page.locator("h1")).to_have_text("Contact us")
    return receipt


def come_back(page: Page, receipt: str) -> None:
    """With the number, to ask for reminders, and to a page on which she writes something that she does not send."""
    page.get_by_role("link", name="I have a number").click()
    page.get_by_label("Your number").fill(receipt[:-1])
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.get_by_label("Your number").fill(receipt)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Yes. Nobody else").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Remind me").click()
    page.get_by_label("By text").check()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("main")).to_contain_text("We have it.")
    page.get_by_role("link", name="Write to us").click()
    page.get_by_label("Your words").fill(TYPED)


def by_button(page: Page, _live: Live) -> None:
    page.locator(".leave__button").click()
    page.wait_for_url(WEATHER)


def by_shift(page: Page, _live: Live) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(WEATHER)


def by_closing(page: Page, _live: Live) -> None:
    page.context.new_page()
    page.close()


def by_waiting(page: Page, _live: Live) -> None:
    """The page lies idle for longer than it shows: its clock is put forward."""
    page.clock.fast_forward("41:00")
    expect(page.locator("h1")).not_to_have_text("Write to us")


WAYS = [(True, each) for each in (by_button, by_shift, by_closing, by_waiting)]
WAYS += [(False, each) for each in (by_button, by_closing)]


@pytest.mark.parametrize(
    ("js", "leave"), WAYS, ids=[f"{way.__name__}-{'scripts' if js else 'plain'}" for js, way in WAYS]
)
def test_nothing_of_it_is_on_the_disk(
    playwright: Playwright, live: Live, tmp_path: Path, js: bool, leave: Callable[[Page, Live], None]
) -> None:
    with browser(playwright, live, tmp_path, js=js) as context:
        page = context.pages[0]
        if leave is by_waiting:
            page.clock.install()
        receipt = tell(page, live)
        come_back(page, receipt)
        leave(page, live)
        context.pages[0].wait_for_timeout(3_000)  # the browser writes its session every two and a half seconds
    secrets = [*SECRETS, receipt, receipt.replace(" ", ""), receipt[:-1]]
    assert holding(tmp_path, secrets) == []
    shown = history(tmp_path)
    ours = [(address, title) for address, title in shown if "/whg/" in address]
    assert [told for entry in ours for told in entry if not_bland(told)] == []
    assert [word for entry in ours for told in entry for word in ABUSE if word in told.lower()] == []
    if js:
        assert [address for address, _ in ours] == [f"{live.url}/whg/"], "one neutral entry for the whole visit"


def test_what_comes_back_out_of_the_browser_shows_nothing(playwright: Playwright, live: Live, tmp_path: Path) -> None:
    """Back and forward after the exit; and the browser opened again, with what it kept of the tab that was closed."""
    with browser(playwright, live, tmp_path, js=True) as context:
        page = context.pages[0]
        receipt = tell(page, live)
        come_back(page, receipt)
        by_button(page, live)
        page.go_back(wait_until="commit")
        assert page.url == "about:blank", "the way out took the place of our page"
        assert_nothing(page, receipt)
        page.go_forward(wait_until="commit")
        assert_nothing(page, receipt)
        page.goto("/whg/number/open")
        expect(page.locator("h1")).to_have_text("This page is closed")


def assert_nothing(page: Page, receipt: str) -> None:
    html = page.content()
    assert [each for each in (*SECRETS, receipt) if each in html] == []


def test_a_closed_tab_that_is_opened_again_shows_nothing(playwright: Playwright, live: Live, tmp_path: Path) -> None:
    """With its cookies, as some browsers keep them: her visit is over, and what she wrote is wiped in two minutes."""
    with browser(playwright, live, tmp_path, js=True) as context:
        page = context.pages[0]
        her = AskForHelp(page, "whg")
        her.begin()
        her.say_how_safe_now("Yes, I am safe for now")
        her.say_how_to_be_reached("Ring me", PHONE)
        expect(page.locator("h1")).to_have_text("When to reach you")
        context.new_page()
        with page.expect_event("close"):
            page.close()
        again = context.pages[0]
        again.wait_for_timeout(500)
        with live.work("whg") as session:  # two minutes later
            session.execute(update(Draft).where(Draft.kind == "contact").values(ends_at=Draft.ends_at - TWO_MINUTES))
        again.goto("/whg/contact/check")
        assert_nothing(again, PHONE)


def test_the_search_itself_finds_what_is_there(tmp_path: Path) -> None:
    planted(tmp_path, NAME)
    assert holding(tmp_path, [NAME]) == [
        f"{NAME!r} in planted.bin, unpacked", f"{NAME!r} in planted.db", f"{NAME!r} in planted.db, rows"
    ]  # fmt: skip
    copied = bytes([11, 2 << 2, *b"abc", (8 - 4) << 2 | 1, 3])
    assert unsnapped(copied) == b"abcabcabcab"
