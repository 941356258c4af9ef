"""A coordinator hears that something came in, and those who sit there of what they are to write and to do."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.domain.marac import Ended, Shown
from portal.marac.actions import service as actions
from portal.marac.actions.service import Agreed, Came
from portal.marac.papers import service as papers
from portal.marac.papers.service import About
from portal.marac.waiting import AT_THE_CONFERENCE
from portal.partners.reminding.jobs import remind_agencies
from portal.store.audit import Actor
from portal.store.database import Database
from portal.work.models import Message
from tests.conftest import Clock
from tests.marac.table import DAY, Conference, a_conference, officer_at
from tests.places import Place

REMIND = remind_agencies((AT_THE_CONFERENCE,))


@pytest.fixture
def conference(app: Flask, database: Database, clock: Clock) -> Conference:
    return a_conference(app, database, clock)


def told(place: Place, who: UUID, later: timedelta = timedelta()) -> list[str]:
    REMIND(place.work, datetime.now(UTC) + later)
    with place.work() as session:
        return sorted(session.scalars(select(Message.kind).where(Message.account_id == who)))


def test_a_referral_is_told_to_the_coordinator_and_to_those_who_sit_there_only_once_it_is_listed(
    conference: Conference,
) -> None:
    desk, police = conference.desk(), conference.seat()
    constable = police.somebody()
    case_id, conference_id = conference.referred(desk.place, officer_at(desk)[1])
    assert told(desk.place, conference.coordinator.account_id) == ["new_report"]
    assert told(desk.place, constable.account_id) == []
    conference.listed(desk.place, case_id, conference_id)
    assert told(desk.place, constable.account_id) == ["assigned"]
    assert told(desk.place, constable.account_id, 7 * DAY) == ["assigned", "due_soon"]
    with conference.database.work(police.scope(constable)) as session:
        by = Actor(constable.account_id, constable.name)
        about = About(desk.place.id, case_id, conference_id)
        papers.write(session, about, police.id, "Two calls this year.", Shown.ALL, 0, by, datetime.now(UTC))
    assert told(desk.place, constable.account_id, 8.5 * DAY) == ["assigned", "due_soon"], "it is written"


def test_an_action_is_told_to_the_body_whose_it_is_until_it_has_ended(conference: Conference) -> None:
    desk, police = conference.desk(), conference.seat()
    constable, other = police.somebody(), conference.seat().somebody()
    case_id, conference_id = conference.referred(desk.place, officer_at(desk)[1])
    conference.listed(desk.place, case_id, conference_id)
    about = About(desk.place.id, case_id, conference_id)
    now = datetime.now(UTC)
    with conference.database.work(conference.agency.scope(conference.coordinator)) as session:
        agreed = Agreed(police.id, "Put a marker on the address.", (now + 3 * DAY).date(), shown=False)
        action = actions.agree(session, about, agreed, conference.by, now)
    before = told(desk.place, other.account_id)
    assert told(desk.place, constable.account_id).count("assigned") == 2, "research and the action"
    assert "overdue" in told(desk.place, constable.account_id, 4.5 * DAY)
    assert told(desk.place, other.account_id, 4.5 * DAY) == before, "hidden from the landlord, and from other bodies"
    with conference.database.work(police.scope(constable)) as session:
        by = Actor(constable.account_id, constable.name)
        came = Came(Ended.DONE, "The marker stands.", Shown.ALL)
        actions.end(session, About(desk.place.id, case_id, conference_id, action), police.id, came, by, now)
    with desk.place.work() as session:
        assert not session.scalars(select(Message.id).where(Message.cause_id == case_id)).all()
