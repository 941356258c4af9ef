"""Waiting, closing and opening again: each with its reason, and none of them stops a clock in silence."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases import stages
from portal.cases.models import Case
from portal.deadlines.models import Deadline, Reminder
from portal.domain.permissions import Role
from portal.domain.tasks import TASK
from portal.referrals.service import join_case
from portal.store.audit import PORTAL
from tests.desk import ENDED, MONDAY, Desk, london


def stage(desk: Desk, case_id: UUID) -> str:
    with desk.place.work() as session:
        return session.scalar(select(Case.stage).where(Case.id == case_id))


def test_waiting_names_whom_and_until_when_and_the_clock_goes_on(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/wait")
    client.submit({"whom": "police"}, status=422)
    page = client.submit({"whom": "police", "day": "2025-02-06", "time": "12:00"}, status=422)
    assert "This moment has passed." in page.text
    assert stage(desk, case_id) == "new"
    page = client.submit({"whom": "police", "day": "2026-02-06", "time": "12:00"})
    assert "Waiting for the police until 6 Feb 12:00" in page.text
    assert stage(desk, case_id) == "waiting"
    with desk.place.work() as session:
        assert session.scalar(select(Deadline.ended_at).where(Deadline.case_id == case_id)) is None
    client.submit(form="/resume")
    assert stage(desk, case_id) == "active"


def test_closing_warns_of_a_running_clock_and_shows_it_as_missed(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    page = client.get(f"{desk.case_url(case_id)}/close")
    assert "A clock still runs" in page.text
    client.submit({}, form="/close", status=422)
    client.submit({"reason": "declined"}, form="/close", status=422)
    page = client.submit({"reason": "declined", "words": "She asked us to stop."} | ENDED, form="/close")
    assert "This case was closed" in page.text
    assert "Ended" in page.text
    assert "She asked us to stop." in page.text
    assert "Record a contact" not in page.text


def test_a_closed_case_opens_again_with_a_reason(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/close")
    client.submit({"reason": "declined", "words": "No more for now."} | ENDED, form="/close")
    client.get(f"{desk.case_url(case_id)}/reopen")
    client.submit({"words": ""}, status=422)
    page = client.submit({"words": "She rang again."})
    assert "Opened again" in page.text
    assert stage(desk, case_id) == "active"


def test_a_clock_that_nobody_had_met_runs_on_when_the_case_is_opened_again_by_hand(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/close")
    client.submit({"reason": "declined", "words": "No more for now."} | ENDED, form="/close")
    with desk.place.work() as session:
        assert session.scalar(select(Case.next_event).where(Case.id == case_id)) is None
        stopped = session.scalars(select(Reminder.stopped_at)).all()
        assert stopped, "there were reminders"
        assert None not in stopped, "nobody is reminded of a closed case"
    desk.clock.at = london(6, 10)
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/reopen")
    assert "overdue by" in client.submit({"words": "She rang again."}).text
    with desk.place.work() as session:
        clock = session.scalars(select(Deadline).where(Deadline.case_id == case_id)).one()
        assert (clock.ended_at, clock.started_at) == (None, MONDAY), "what was promised is not promised anew"
        assert session.scalar(select(Case.next_due_at).where(Case.id == case_id)) == clock.due_at
        assert session.scalars(select(Reminder.id).where(Reminder.stopped_at.is_(None))).all()


def test_a_new_report_that_opens_a_case_again_brings_its_own_clock_and_no_old_one(desk: Desk) -> None:
    case_id = desk.case()
    with desk.place.work() as session:
        stages.close(session, case_id, "declined", "", PORTAL, london(3, 10))
    report_id = desk.report(london(6, 10))
    with desk.place.work() as session:
        join_case(session, report_id, case_id, PORTAL, london(6, 11), newer_contact=False)
        running = (Deadline.case_id == case_id) & Deadline.ended_at.is_(None) & (Deadline.event != TASK)
        assert session.scalars(select(Deadline.report_id).where(running)).all() == [report_id]


@pytest.mark.parametrize("what", ["wait", "close", "reopen", "assign", "contact", "repaired", "safe-contact"])
def test_an_administrator_cannot_open_cases(desk: Desk, what: str) -> None:
    case_id = desk.case()
    desk.client(Role.ADMINISTRATOR).get(f"{desk.case_url(case_id)}/{what}", status=404)
