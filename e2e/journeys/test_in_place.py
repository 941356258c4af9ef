"""With scripts, the officers' pages answer in place: nothing is loaded anew, the focus stays, a reader is told."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import OpenDevice
from e2e.live import Live
from e2e.pages.desk import InPlace
from e2e.pages.journey_desk import Desk
from portal.domain.contact import Channel, SafeContact, SafeTimes, Said, Times, Way, Weekday, Window
from portal.domain.intake import Answers
from portal.domain.lifecycle import Source
from portal.domain.permissions import Role
from portal.referrals import service as referrals
from portal.store.audit import PUBLIC

SLUG, NUMBER = "havebury", "07700 900 417"


def a_case(live: Live, times: SafeTimes) -> str:
    """The address of a case whose person can be called at these times."""
    safe = SafeContact(ways=(Way(Channel.CALL, Said.SAFE, NUMBER),), times=times)
    now = datetime.now(UTC)
    with live.work(SLUG) as session:
        told = referrals.receive(session, Answers(Source.SELF, name="Wren Example", safe_contact=safe), PUBLIC, now)
        case_id = referrals.open_case(session, told.report_id, live.codes[SLUG], PUBLIC, now).id
    return f"/desk/{SLUG}/cases/{case_id}"


@pytest.fixture
def officer(live: Live, device: OpenDevice) -> Page:
    """An office desk with scripts, at which an officer has signed in."""
    page = device(desk=True, js=True)
    Desk(page).sign_in(live.staff(SLUG, Role.OFFICER))
    expect(page.get_by_role("heading", name="My work")).to_be_visible()
    return page


def test_a_note_is_added_and_told(live: Live, officer: Page) -> None:
    desk = InPlace(officer, a_case(live, SafeTimes(Times.ANY_TIME)))
    desk.add_note("The sister rang.")
    expect(officer.locator("#timeline ol")).to_contain_text("The sister rang.")
    expect(officer.get_by_label("Add a note")).to_have_value("")
    assert desk.said == "Note added."
    assert desk.focus == "timeline"
    desk.add_note("")
    expect(officer.get_by_text("Write the note first.")).to_be_visible()
    assert desk.focus == "words"
    desk.still_there()


def test_lists_are_narrowed_and_the_focus_stays(live: Live, officer: Page) -> None:
    desk = InPlace(officer, a_case(live, SafeTimes(Times.ANY_TIME)))
    desk.narrow("kind-notes")
    expect(officer.locator("#timeline ol")).to_contain_text("Nothing of this kind yet.")
    assert desk.focus == "kind-notes"
    desk.still_there()
    desk = InPlace(officer, "/desk/")
    desk.narrow("show-overdue")
    assert desk.focus == "show-overdue"
    assert desk.said.startswith("Overdue:")
    desk.still_there()


def test_a_number_is_shown_when_asked_for_and_only_then(live: Live, officer: Page) -> None:
    desk = InPlace(officer, a_case(live, SafeTimes(Times.ANY_TIME)))
    assert NUMBER not in officer.content()
    desk.show("number (call)")
    expect(officer.locator(".revealed")).to_contain_text(NUMBER)
    expect(officer.locator(".revealed")).to_be_focused()
    desk.still_there()


def test_at_an_unsafe_hour_the_reason_comes_in_its_place(live: Live, officer: Page) -> None:
    later = (datetime.now(UTC) + timedelta(days=2)).weekday()
    window = Window(frozenset({list(Weekday)[later]}), datetime.min.time(), datetime.min.time())
    desk = InPlace(officer, a_case(live, SafeTimes(Times.ONLY_THESE, (window,))))
    desk.show("number (call)")
    expect(officer.locator(".revealed")).to_contain_text("outside the hours that they said are safe")
    assert NUMBER not in officer.content()
    desk.still_there()
