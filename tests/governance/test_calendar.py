"""One calendar of what is due at a landlord: with owners, on the same ladder as cases, for those who can act."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.domain.permissions import Permission, Role, permissions_of
from portal.domain.training import Course, TrainingLevel
from portal.governance.calendar.entries import ACTS, KINDS, Kind, Stand
from portal.governance.calendar.jobs import remind_of_calendar
from portal.governance.calendar.queries import calendar
from portal.messaging.words import Kind as Told
from portal.store.database import Database
from portal.work.models import Message
from tests.conftest import Clock
from tests.desk import MONDAY, Desk, a_desk
from tests.learned import learned
from tests.partners_at_hand import an_agency, an_agreement


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "havebury")


def told(desk: Desk, kind: Told) -> set[object]:
    with desk.place.work() as session:
        wanted = select(Message.account_id).where(
            Message.kind == kind.value, Message.link.endswith("/calendar")
        )
        return set(session.scalars(wanted))


def test_everything_that_comes_round_stands_in_one_calendar_with_its_day_and_whoever_sees_to_it(
    desk: Desk, database: Database
) -> None:
    manager = desk.somebody(Role.MANAGER, name="Mo Manager")
    desk.somebody(Role.OFFICER, name="Una Untrained", trained=False)
    late = desk.somebody(Role.OFFICER, name="Lou Lapsed", trained=False)
    course = Course("Cases", TrainingLevel.SPECIALIST, date(2024, 1, 5), date(2026, 1, 31))
    learned(database, desk.place.id, late.account_id, course)
    agency_id, agency = an_agency(database)
    an_agreement(database, desk.place.id, agency_id, MONDAY)
    with desk.place.work() as session:
        found = calendar(session, MONDAY)
    kinds = {each.kind for each in found}
    assert {Kind.POLICY, Kind.DIRECTORY, Kind.AGREEMENT, Kind.CHAMPION, Kind.TRAINING} <= kinds
    assert agency in {each.what for each in found}
    (policy,) = [each for each in found if each.kind is Kind.POLICY]
    assert policy.due_on == date(2026, 1, 31), "a bare month runs to its last day"
    page = desk.client(who=manager).get(f"{desk.url}/calendar")
    assert "Una Untrained has none on record" in page.text
    assert "Lou Lapsed has none that holds" in page.text
    overdue = page.text.partition("Overdue, or missing")[2].partition("In the next three months")[0]
    assert "Review of the policy" in overdue
    only = desk.client(who=manager).get(f"{desk.url}/calendar?kind=training")
    assert "Una Untrained" in only.text
    assert agency not in only.text


def test_whoever_can_act_on_something_sees_it_and_nobody_else_does(desk: Desk) -> None:
    desk.somebody(Role.OFFICER, name="Una Untrained", trained=False)
    assert "Una Untrained" in desk.client(Role.ADMINISTRATOR).get(f"{desk.url}/calendar").text
    for role in (Role.OFFICER, Role.BOARD, Role.FRONT_DESK):
        assert "Una Untrained" not in desk.client(role).get(f"{desk.url}/calendar").text
    assert set(ACTS) == set(KINDS) == set(Kind)
    assert Permission.CASE_READ not in permissions_of(frozenset({Role.ADMINISTRATOR}))


def test_an_administrator_begins_the_day_with_what_waits_for_her_and_finds_the_rest_under_headings(
    desk: Desk,
) -> None:
    page = desk.client(Role.ADMINISTRATOR).get("/desk/")
    waits, _, rest = page.text.partition("Waits for you")[2].partition("Before a visit")
    assert "Review of the policy" in waits
    titles = ("Policy", "Look and words", "People and sign-in", "Systems and import")
    assert all(f">{each}</h3>" in page.html for each in titles)
    assert "Connected systems" in rest
    few = desk.client(Role.FRONT_DESK).get("/desk/")
    assert "Services" in few.text
    assert "Waits for you" not in few.text, "nobody is shown what they cannot act on"
    assert "<h3" not in few.html


def test_what_is_due_climbs_the_ladder_of_the_policy_and_begins_anew_with_another_day(
    desk: Desk, database: Database
) -> None:
    senior = desk.somebody(Role.SENIOR, name="Sam Senior")
    manager = desk.somebody(Role.MANAGER, name="Mo Manager")
    officer = desk.somebody(Role.OFFICER, name="Lou Lapsed", trained=False)
    due = date(2026, 2, 5)
    learned(
        database,
        desk.place.id,
        officer.account_id,
        Course("Cases", TrainingLevel.SPECIALIST, date(2024, 1, 5), due),
    )
    with desk.place.work() as session:
        (entry,) = [each for each in calendar(session, MONDAY) if each.what.startswith("Lou Lapsed")]
    assert (entry.due_on, entry.owner, entry.stand(MONDAY.date())) == (due, "Lou Lapsed", Stand.SOON)
    remind_of_calendar(desk.place.work, MONDAY)
    before = len(desk.place.messages())
    after = MONDAY.replace(day=6)
    remind_of_calendar(desk.place.work, after)
    assert manager.account_id in told(desk, Told.OVERDUE)
    number = len(desk.place.messages())
    assert number > before
    remind_of_calendar(desk.place.work, after + timedelta(days=1))
    assert len(desk.place.messages()) == number, "each rung is told once"
    assert officer.account_id not in told(desk, Told.OVERDUE), "they hear of their course by its own round"
    assert senior.account_id not in told(desk, Told.OVERDUE), "a senior can record no course"
