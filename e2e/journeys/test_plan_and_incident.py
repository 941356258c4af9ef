"""An incident and a safety plan: on a telephone without scripts, and at an office desk with them."""

import pytest
from playwright.sync_api import Page, expect

from e2e.casework import asks, given
from e2e.conftest import OpenDevice
from e2e.live import Live
from e2e.pages.journey_desk import Desk
from portal.domain.permissions import Role

SLUG = "havebury"


def opened(live: Live, page: Page) -> str:
    """A case of an officer who has signed in on this device."""
    officer = live.staff(SLUG, Role.OFFICER)
    with live.work(SLUG) as session:
        case_id = given(session, live, SLUG, asks("Wren Example"), officer)
    Desk(page).sign_in(officer.email)
    return f"/desk/{SLUG}/cases/{case_id}"


def record_incident(page: Page, case: str) -> None:
    """As it was told: about a day, in their words."""
    page.goto(case)
    Desk(page).part("Incidents")
    page.get_by_role("link", name="Record an incident").click()
    page.get_by_label("About which day").check()
    page.get_by_label("Day, or the first day").fill("2026-01-10")
    page.get_by_label("What happened").fill("“He broke the door.”")
    page.get_by_label("Damage to the home or to belongings").check()
    page.get_by_label("They told us themselves").check()
    page.get_by_role("button", name="Record the incident").click()
    expect(page.get_by_text("About Saturday 10 January 2026", exact=True)).to_be_visible()


def write_plan(page: Page, case: str) -> None:
    """A part in their words, and one that they decline."""
    page.goto(f"{case}/plans/safety")
    page.get_by_role("link", name="Begin it").click()
    page.get_by_label("Leaving in a hurry").fill("By the back door.")
    page.locator("#no_pets").check()
    page.get_by_role("button", name="Keep the draft").click()
    expect(page.get_by_text("they have not agreed to it yet")).to_be_visible()


def agree(page: Page) -> None:
    """Without a rhythm of their own it is refused, and nothing is lost; with one it counts."""
    page.get_by_role("link", name="Record that they agree").click()
    page.get_by_label("They know what the plan says").check()
    page.get_by_label("By telephone").check()
    page.get_by_label("What they said about it").fill("“Yes.”")
    page.get_by_role("button", name="They agree").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("HS-026 4.6")
    expect(page.get_by_label("What they said about it")).to_have_value("“Yes.”")
    page.get_by_label("Look at it again every").fill("2")
    page.get_by_label("They said themselves how often").check()
    page.get_by_role("button", name="They agree").click()
    expect(page.get_by_text("Looked at again every 2 weeks")).to_be_visible()


@pytest.mark.parametrize("js", [False, True], ids=["telephone without scripts", "desk with scripts"])
def test_from_what_happened_to_a_plan_that_is_agreed(live: Live, device: OpenDevice, js: bool) -> None:
    page = device(desk=js, js=js)
    case = opened(live, page)
    record_incident(page, case)
    page.goto(f"{case}/tasks")
    expect(page.get_by_text("Look at the risk again").first).to_be_visible()
    write_plan(page, case)
    agree(page)
    page.goto(f"{case}/plans/safety")
    page.get_by_role("button", name="Print a copy, and write it down").click()
    expect(page).to_have_title("Plan")
    expect(page.get_by_text("By the back door.")).to_be_visible()
    expect(page.get_by_text("Not safe to send or hand over.").first).to_be_visible()
