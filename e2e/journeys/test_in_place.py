"""With scripts, the officers' pages answer in place: nothing is loaded anew, the focus stays, a reader is told."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from e2e.casework import ANY_TIME, NUMBER, asks, given
from e2e.conftest import OpenDevice
from e2e.live import Live, Someone
from e2e.pages.desk import InPlace
from e2e.pages.journey_desk import Desk
from portal.domain.contact import SafeTimes, Times, Weekday, Window
from portal.domain.permissions import Role

SLUG = "havebury"


@pytest.fixture
def officer(live: Live) -> Someone:
    """An officer of one landlord."""
    return live.staff(SLUG, Role.OFFICER)


@pytest.fixture
def page(officer: Someone, device: OpenDevice) -> Page:
    """An office desk with scripts, at which the officer has signed in."""
    found = device(desk=True, js=True)
    Desk(found).sign_in(officer.email)
    expect(found.get_by_role("heading", name="My work")).to_be_visible()
    return found


@pytest.fixture
def a_case(live: Live, officer: Someone) -> Callable[..., str]:
    """The address of a case whose person can be called at these times: `a_case(times)`."""

    def make(times: SafeTimes = ANY_TIME) -> str:
        with live.work(SLUG) as session:
            case_id = given(session, live, SLUG, asks("Wren Example", times=times), officer)
        return f"/desk/{SLUG}/cases/{case_id}"

    return make


def test_a_note_is_added_and_told(page: Page, a_case: Callable[..., str]) -> None:
    desk = InPlace(page, a_case())
    desk.add_note("The sister rang.")
    expect(page.locator("#timeline ol")).to_contain_text("The sister rang.")
    expect(page.get_by_label("Add a note")).to_have_value("")
    assert desk.said == "Note added."
    assert desk.focus == "timeline"
    desk.add_note("")
    expect(page.get_by_text("Write the note first.")).to_be_visible()
    assert desk.focus == "words"
    desk.still_there()


def test_lists_are_narrowed_and_the_focus_stays(page: Page, a_case: Callable[..., str]) -> None:
    desk = InPlace(page, a_case())
    desk.narrow("kind-notes")
    expect(page.locator("#timeline ol")).to_contain_text("Nothing of this kind yet.")
    assert desk.focus == "kind-notes"
    desk.still_there()
    desk = InPlace(page, "/desk/")
    desk.narrow("show-overdue")
    assert desk.focus == "show-overdue"
    assert desk.said.startswith("Overdue:")
    desk.still_there()


def test_what_a_list_was_narrowed_to_is_there_again_after_going_back(page: Page, a_case: Callable[..., str]) -> None:
    case = a_case()
    desk = InPlace(page, "/desk/")
    desk.narrow("show-overdue")
    expect(page).to_have_url(re.compile(r"/desk/\?show=overdue$"))
    desk.narrow("show-today")
    page.go_back()
    expect(page.locator("#show-overdue")).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile(r"/desk/\?show=overdue$"))
    page.goto(case)
    page.go_back()
    expect(page.locator("#show-overdue")).to_have_attribute("aria-current", "true")
    page.reload()
    expect(page.locator("#show-overdue")).to_have_attribute("aria-current", "true")


def test_a_case_is_given_and_a_refusal_stands_in_place(page: Page, a_case: Callable[..., str], live: Live) -> None:
    live.staff(SLUG, Role.OFFICER, name="Maren Example")
    desk = InPlace(page, f"{a_case()}/assign")
    page.get_by_role("button", name="Give the case").click()
    expect(page.locator("#mistakes")).to_contain_text("Choose somebody.")
    expect(page.locator("#mistakes")).to_be_focused()
    desk.still_there()
    page.get_by_label("Maren Example").check()
    page.get_by_role("button", name="Give the case").click()
    expect(page.get_by_text("Given to Maren Example")).to_be_visible()


def test_a_number_is_shown_when_asked_for_and_only_then(page: Page, a_case: Callable[..., str]) -> None:
    desk = InPlace(page, a_case())
    assert NUMBER not in page.content()
    desk.show("number (call)")
    expect(page.locator(".revealed")).to_contain_text(NUMBER)
    expect(page.locator(".revealed")).to_be_focused()
    desk.still_there()


def test_at_an_unsafe_hour_the_reason_comes_in_its_place(page: Page, a_case: Callable[..., str]) -> None:
    later = (datetime.now(UTC) + timedelta(days=2)).weekday()
    window = Window(frozenset({list(Weekday)[later]}), datetime.min.time(), datetime.min.time())
    desk = InPlace(page, a_case(SafeTimes(Times.ONLY_THESE, (window,))))
    desk.show("number (call)")
    expect(page.locator(".revealed")).to_contain_text("outside the hours that they said are safe")
    assert NUMBER not in page.content()
    desk.still_there()
