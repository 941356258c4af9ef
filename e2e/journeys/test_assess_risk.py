"""Assessing risk at an office desk with a keyboard alone and no JavaScript: resumed, completed, and drawn."""

from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page, expect

from e2e.casework import asks, given
from e2e.checks import Watch, told
from e2e.conftest import OpenDevice
from e2e.live import Live
from e2e.pages.journey_desk import Desk
from portal.domain.permissions import Role
from portal.domain.training import Course, TrainingLevel
from portal.people import training

YES = {"2", "8", "12", "15"}
MOST = 200
"""Presses of Tab after which somebody would have given up."""
NAME = "() => { const has = document.activeElement; return [has.name, has.value, has.innerText].join('|') }"


def test_an_assessment_is_filled_in_by_keyboard_and_shows_on_the_case(live: Live, device: OpenDevice) -> None:
    officer = live.staff("havebury", Role.OFFICER)
    with live.work("havebury") as session:
        course = Course("Handling disclosures", TrainingLevel.SPECIALIST, date(2026, 1, 5))
        training.record(session, officer.account_id, course, officer.actor, datetime.now(UTC))
        case_id = given(session, live, "havebury", asks("Juniper"), officer)
    page = device(desk=True)
    Desk(page).sign_in(officer.email)
    page.goto(f"/desk/havebury/cases/{case_id}/risk")
    expect(page.locator("h1")).to_have_text("Risk")
    press(page, "||Assess the risk")
    for number in [*(str(each) for each in range(1, 25)), "A", "B"]:
        answer(page, number)
    press(page, "then|finish|")
    expect(page.get_by_text("Not complete: 1 still to ask")).to_be_visible()
    with page.expect_navigation():
        page.locator("a[href$='#item-C']").press("Enter")
    answer(page, "C")
    press(page, "then|finish|")
    expect(page.get_by_text("4 of 24 answered yes")).to_be_visible()
    expect(page.get_by_text("Strangling is among the strongest signs")).to_be_visible()
    page.get_by_label("Nobody visits alone").press("Space")
    page.get_by_label("What staff must know before they go there").fill("A dog that bites.")
    page.get_by_label("Assess again on").fill(str(datetime.now(UTC).date() + timedelta(days=28)))
    press(page, "||Complete the assessment")
    expect(page.get_by_text("The assessment is completed.")).to_be_visible()
    sheet = page.url
    page.goto(f"/desk/havebury/cases/{case_id}/risk")
    expect(page.locator(".head .risk")).to_have_text("Standard risk")
    expect(page.get_by_text("Risk to staff: nobody visits alone.")).to_be_visible()
    expect(page.get_by_role("img", name="Risk over time")).to_be_visible()
    seen_by_axe(device(desk=True, js=True), officer.email, page.url, sheet)


def seen_by_axe(page: Page, email: str, *urls: str) -> None:
    """The same pages with scripts, which axe needs to look at them."""
    watch = Watch(page)
    Desk(page).sign_in(email)
    for url in urls:
        page.goto(url)
        watch.look()
    page.goto(urls[0])
    page.get_by_role("button", name="Assess the risk again").click()
    watch.look()
    page.get_by_role("button", name="Save and look at the outcome").click()
    expect(page.get_by_text("Not complete: 27 still to ask")).to_be_visible()
    watch.look()
    assert not watch.faults, told(watch.faults)


def press(page: Page, name: str) -> None:
    """Tab to it and press Enter there."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate(NAME).startswith(name):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name!r} cannot be reached")


def answer(page: Page, number: str) -> None:
    """Tab to the item and choose with the arrows, as a browser lets anybody do."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate(NAME).startswith(f"a_{number}|"):
            page.keyboard.press("Space")
            if number not in YES:
                page.keyboard.press("ArrowDown")
            return
    raise AssertionError(f"item {number} cannot be reached")
