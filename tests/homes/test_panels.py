"""The officer who reported is asked to the panel for the one item, and to nothing of the case before or after it."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.confidentiality import service as confidentiality
from portal.domain.permissions import Role
from portal.homes.panels.models import PanelInvitation
from portal.store.audit import AuditEntry, Fact
from portal.work.models import Message
from tests.client import Page, PageClient
from tests.conftest import Staff
from tests.desk import MONDAY, Desk, DeskAt, london
from tests.homes.test_board import board, sits

INVITED = {
    "day": "2026-02-03",
    "time": "10:00",
    "lasts": "30",
    "where": "Room 2",
    "item": "Broken glass on the stairs that you wrote of in January.",
}
BEGINS = london(3, 10)


def invites(
    desk: Desk, client: PageClient, case_id: UUID, guest: Staff, status: int = 200, **said: str
) -> Page:
    client.get(f"{board(desk, case_id)}/panel/guests")
    return client.submit({"who": str(guest.account_id)} | INVITED | said, form="/guests", status=status)


def their_item(desk: Desk, guest: Staff) -> str:
    """Where the mail leads; it says no more than that something is in their hands."""
    with desk.place.work() as session:
        mails = session.scalars(select(Message).where(Message.account_id == guest.account_id)).all()
    assert {each.kind for each in mails} == {"assigned"}
    return mails[-1].link


@pytest.mark.clause("NPH-CIA-15")
def test_whoever_reported_finds_their_own_item_while_it_is_talked_about_and_nothing_of_the_case(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    case_id, other = desk.case(), desk.case()
    reporter, colleague = (desk.somebody(Role.FRONT_DESK, name=each) for each in ("Vi Visitor", "Cy Counter"))
    officer, mine, theirs = desk.client(Role.OFFICER), desk.client(who=reporter), desk.client(who=colleague)
    assert "is invited to the panel (NPH CIA form 2" in officer.get(board(desk, case_id)).text
    assert "Vi Visitor" in invites(desk, officer, case_id, reporter).text
    invites(desk, officer, case_id, reporter, status=422)
    invites(desk, officer, other, colleague, time="11:00", item="Another matter.")
    item = their_item(desk, reporter)

    page = mine.get(item)
    assert "Room 2" in page.text
    assert "Broken glass" not in page.text, "not before it begins"
    mine.post(item, status=404)
    for says in (item, f"{item}?x=1"):
        theirs.get(says, status=404)
        officer.get(says, status=404)

    desk.clock.at = BEGINS
    mine, theirs, officer = desk.client(who=reporter), desk.client(who=colleague), desk.client(Role.OFFICER)
    assert "Broken glass" not in mine.get(item).text, "not before they say that they are there"
    page = mine.submit({}, form=item)
    assert "Broken glass" in page.text
    assert "Another matter." not in page.text
    for never in (desk.case_url(case_id), board(desk, case_id), f"{desk.url}/cases/{other}"):
        mine.get(never, status=404)
    theirs.get(item, status=404)
    theirs.post(item, status=404)
    shown = officer.get(board(desk, case_id)).text
    assert "They came" in shown
    assert "Vi Visitor" in shown

    sits(desk, officer, case_id)
    mine.get(item, status=404)
    mine.post(item, status=404)
    mine.get(desk.case_url(case_id), status=404)
    with desk.place.work() as session:
        kept = session.scalars(select(PanelInvitation).where(PanelInvitation.case_id == case_id)).one()
        assert (kept.came, kept.noted_by, kept.ended_at) == (True, "Vi Visitor", BEGINS)
        assert b"Room" not in kept.sealed
        facts = select(AuditEntry.fact, AuditEntry.actor).where(AuditEntry.subject_id == case_id)
        written = {(fact, who) for fact, who in session.execute(facts) if fact.startswith("panel.")}
    assert (Fact.PANEL_OPENED.value, "Vi Visitor") in written
    assert (Fact.PANEL_ATTENDED.value, "Vi Visitor") in written


def test_an_item_is_gone_when_its_time_is_over_it_was_taken_back_or_they_must_not_know_of_the_case(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    officer = desk.somebody(Role.MANAGER)
    late, off, barred = (desk.somebody(Role.FRONT_DESK, name=f"Guest {each}") for each in range(3))
    cases = {each.account_id: desk.case() for each in (late, off, barred)}
    browser = desk.client(who=officer)
    for each in (late, off, barred):
        invites(desk, browser, cases[each.account_id], each)
    items = {each.account_id: their_item(desk, each) for each in (late, off, barred)}
    browser.get(board(desk, cases[off.account_id]))
    browser.submit({}, form="/end")
    desk.client(who=off).get(items[off.account_id], status=404)
    with desk.place.work() as session:
        by = confidentiality.Actor(officer.account_id, officer.name)
        confidentiality.bar(session, cases[barred.account_id], barred.account_id, "Family", by, MONDAY)
    desk.client(who=barred).get(items[barred.account_id], status=404)
    page = invites(desk, browser, cases[barred.account_id], barred, status=422)
    assert "Choose a colleague." in page.text

    desk.clock.at = BEGINS + timedelta(minutes=29)
    desk.client(who=late).get(items[late.account_id])
    desk.clock.at = BEGINS + timedelta(minutes=30)
    desk.client(who=late).get(items[late.account_id], status=404)
    browser = desk.client(who=officer)
    browser.get(board(desk, cases[late.account_id]))
    page = browser.submit({"came": "no"}, form="/came")
    assert "They did not come" in page.text
