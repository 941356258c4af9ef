"""A time that they set twice, or take back, and a report that was set aside in error: the clock goes on."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.deadlines.models import Deadline, Reminder
from portal.domain.permissions import Role
from portal.store.database import Database
from tests.conftest import Clock
from tests.desk import MONDAY, DeskAt, a_desk


@pytest.fixture
def desk_at(app: Flask, database: Database, clock: Clock) -> DeskAt:
    """A desk under one of the six policies."""
    return lambda like: a_desk(app, database, clock, like)


def test_a_time_that_they_set_twice_or_go_back_to_is_kept_each_time(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    page = client.get(desk.case_url(case_id))
    time = next(link for link in page.links if link.endswith("/time"))
    for day in ("2026-02-05", "2026-02-05", "2026-02-06", "2026-02-05"):
        client.get(time)
        client.submit({"day": day, "time": "11:00", "asked": "y", "words": "After school."})
    with desk.place.work() as session:
        waiting = select(Reminder.due_at).where(Reminder.stopped_at.is_(None), Reminder.sent_at.is_(None))
        due = session.scalar(select(Deadline.due_at))
        assert due in session.scalars(waiting).all(), "the ladder stands at the time that holds"


def test_a_report_set_aside_in_error_takes_up_its_clock_where_it_stood(desk_at: DeskAt) -> None:
    desk = desk_at("havebury")
    report_id = desk.report()
    senior = desk.client(Role.SENIOR)
    senior.get(f"{desk.url}/reports/{report_id}")
    senior.submit({"reason": "Looked like one that we knew."}, form="/set-aside")
    senior.get(f"{desk.url}/reports/{report_id}")
    page = senior.submit({}, form="/open")
    assert "by Tuesday 3 February" in page.text or "3 February 2026, 17:00" in page.text
    with desk.place.work() as session:
        clock = session.scalars(select(Deadline)).one()
        assert (clock.ended_at, clock.met_at, clock.started_at) == (None, None, MONDAY)
        waiting = select(Reminder.due_at).where(Reminder.stopped_at.is_(None), Reminder.sent_at.is_(None))
        assert clock.due_at in session.scalars(waiting).all(), "nobody is forgotten because somebody erred"
