"""Her pages in every state and for every eye and hand: axe, enlarged, in forced colours, without motion, by name."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.checks import AAA, TAGS, axe
from e2e.conftest import OpenDevice
from e2e.live import Live
from e2e.pages.journey_public import AskForHelp
from e2e.pages.public import come_back_with, press

LONG = "Wort" * 60 + " " + "a long answer that goes on and on " * 40
AT_400 = {"width": 320, "height": 256}  # 1280 by 1024, enlarged four times
OTHER_FORMS = ("easy", "easy?size=large", "paper/contact", "paper/contact?size=large")
STATES = {
    "400 per cent": {},
    "forced colours": {"forced_colors": "active"},
    "no motion": {"reduced_motion": "reduce"},
    "dark": {"color_scheme": "dark"},
}
SCROLLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
RULES = {"runOnly": TAGS, "rules": {AAA: {"enabled": True}}}
FORCED = {"runOnly": TAGS}
NAMELESS = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea")]
  .filter((each) => each.checkVisibility() && !(each.innerText?.trim() || each.labels?.[0]?.innerText.trim()
    || each.getAttribute("aria-label"))).map((each) => each.outerHTML)"""
MOVES = """() => [...document.querySelectorAll("*")].filter((each) => {
  const how = getComputedStyle(each);
  return how.animationName !== "none" || parseFloat(how.transitionDuration) > 0.01;
}).map((each) => each.className)"""


def states_of(page: Page) -> Iterator[str]:
    """The other forms; empty, wrong, full and long, sent, and come back: to the pages behind the number."""
    for form in OTHER_FORMS:
        page.goto(f"/whg/{form}")
        yield form
    her = AskForHelp(page, "whg")
    her.begin()
    yield "empty"
    her.go_on()
    her.choose("Ring me")
    her.go_on()
    yield "wrong"
    page.get_by_label("Phone number").fill("07700 900 123")
    her.go_on()
    her.go_on()
    her.go_on()
    page.get_by_label("What is happening?").fill(LONG)
    her.go_on()
    her.skip_the_rest()
    yield "long"
    her.send()
    press(page, "button", "I want to come back")
    yield "sent"
    number = page.locator(".receipt").inner_text()
    press(page, "button", "I am done")
    come_back_with(page, number)
    yield "come back"
    press(page, "link", "Remind me")
    yield "reminders"
    press(page, "button", "Send")
    yield "reminders, wrong"
    page.get_by_label("By text").check()
    press(page, "button", "Send")
    yield "reminders asked for"
    press(page, "link", "Write to us")
    press(page, "button", "Send")
    yield "come back, wrong"


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(device: OpenDevice, state: str) -> None:
    page = device(js=True, **STATES[state])
    if state == "400 per cent":
        page.set_viewport_size(AT_400)
    rules = FORCED if state == "forced colours" else RULES  # colours are the reader's own then
    for each in states_of(page):
        assert axe(page, rules) == [], each
        assert not page.evaluate(SCROLLS), f"{each} scrolls sideways"
        assert page.evaluate(NAMELESS) == [], each
        if state == "no motion":
            assert page.evaluate(MOVES) == [], each


def test_from_right_to_left_too(device: OpenDevice) -> None:
    """As it stands for whoever reads Arabic or Urdu: nothing is cut off, and axe finds nothing."""
    page = device(js=True)
    for each in states_of(page):
        page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
        assert axe(page, RULES) == [], each
        assert not page.evaluate(SCROLLS), each


def test_after_each_step_reading_goes_on_where_it_should(device: OpenDevice) -> None:
    """With the heading, or with the first mistake; and the page says by itself when it works or did not get through."""
    page = device(js=True)
    her = AskForHelp(page, "whg")
    her.begin()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    her.go_on()
    her.choose("Ring me")
    her.go_on()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.locator(".govuk-error-summary a").click()
    expect(page.get_by_label("Phone number")).to_be_focused()


def test_a_line_that_breaks_loses_nothing_and_the_same_button_sends_it(device: OpenDevice) -> None:
    page = device(js=True)
    her = AskForHelp(page, "whg")
    her.begin()
    her.go_on()
    her.choose("Ring me")
    page.get_by_label("Phone number").fill("07700 900 123")
    page.context.set_offline(True)
    her.go_on()
    expect(page.get_by_role("alert")).to_contain_text("What you wrote is still here")
    expect(page.get_by_label("Phone number")).to_have_value("07700 900 123")
    page.context.set_offline(False)
    her.go_on()
    expect(page.locator("h1")).to_have_text("When to reach you")


@pytest.mark.parametrize(("where", "warns", "ends"), [("a question", 28, 30), ("reminders", 38, 40)])
def test_a_time_limit_is_told_two_minutes_before_and_can_be_put_off(
    device: OpenDevice, live: Live, where: str, warns: int, ends: int
) -> None:
    page = device(js=True)
    page.clock.install()
    begun = at_reminders(page) if where == "reminders" else at_a_question(page)
    asked = page.get_by_role("alert").filter(has_text="This page closes in two minutes")
    for _ in range(2):
        page.clock.fast_forward(f"{warns}:01")
        expect(asked).to_be_visible()
        expect(page.get_by_role("button", name="Stay on this page")).to_be_focused()
        assert axe(page, RULES) == []
        with page.expect_response(f"{live.url}/whg/stay") as answer:
            page.get_by_role("button", name="Stay on this page").click()
        assert answer.value.status == 204
        expect(asked).to_be_hidden()
        expect(begun).to_be_visible()
    page.clock.fast_forward(f"{ends}:02")
    expect(begun).to_be_hidden()


def at_a_question(page: Page) -> Locator:
    """What she has begun to write, and not yet sent."""
    her = AskForHelp(page, "whg")
    her.begin()
    her.go_on()
    her.choose("Ring me")
    page.get_by_label("Phone number").fill("07700 900 123")
    return page.get_by_label("Phone number")


def at_reminders(page: Page) -> Locator:
    """What she has chosen behind her number, and not yet sent."""
    next(each for each in states_of(page) if each == "reminders")
    page.get_by_label("By text").check()
    return page.locator("[name=by]:checked")
