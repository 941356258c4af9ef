"""Needs that were found, and agencies that people were told of, stand behind an assessment; a no is not pressed."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.signposts.service import Answer, Given, signpost
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline
from portal.domain.figures import Quarter
from portal.domain.permissions import Role
from portal.domain.tasks import TASK, TaskKind
from portal.governance.impact.figures import NEEDS, needs_found
from portal.reports.performance.measures import BY_KEY, When
from portal.reports.performance.queries import counted
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import MONDAY, Desk, a_desk
from tests.governance.impact_at_hand import SOURCE, Impact, harm

LAST = Quarter(2025, 4)
NOVEMBER = datetime(2025, 11, 18, 10, tzinfo=UTC)
MENTAL = "mental_health"


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "nph")


def drawn(impact: Impact) -> dict[str, str]:
    impact.write("source", **SOURCE | {"title": "Help that was found", "feed": "help"})
    key = impact.found().content.sources[-1].key
    impact.lead.get(impact.one)
    impact.lead.submit(form=f"/draw?key={key}")
    return dict(impact.found().content.sources[-1].figures)


def when(desk: Desk) -> When:
    return When(desk.place.id, LAST, MONDAY)


def told(desk: Desk, case_id: UUID) -> None:
    by = desk.place.actor(desk.place.staff(Role.OFFICER))
    with desk.place.work() as session:
        signpost(session, "samaritans", Given.SPOKEN, Answer.TAKEN, by, NOVEMBER, case_id=case_id)


def signposts(desk: Desk) -> int:
    with desk.place.work() as session:
        return counted(session, [BY_KEY["signposts"]], when(desk))[0].all


def needed(client: PageClient, desk: Desk, case_id: UUID) -> str:
    client.get(f"{desk.case_url(case_id)}/needs")
    return client.submit({"barriers": [MENTAL], "words": "Said so in passing."}, form="/needs").text


def open_tasks(desk: Desk, case_id: UUID) -> list[str]:
    with desk.place.work() as session:
        return list(session.scalars(select(Task.kind).where(Task.case_id == case_id, Task.ended_at.is_(None))))


def reminds(desk: Desk, case_id: UUID) -> bool:
    """Does a clock of a task still run?"""
    with desk.place.work() as session:
        runs = select(Deadline.id).where(
            Deadline.case_id == case_id, Deadline.event == TASK, Deadline.ended_at.is_(None)
        )
        return session.scalar(runs) is not None


@pytest.mark.clause("NPH-CIA-24")
def test_each_time_that_somebody_is_told_of_an_agency_for_mental_health_counts_in_the_mitigation(desk: Desk) -> None:
    case_id = desk.case(NOVEMBER)
    for _ in range(4):
        told(desk, case_id)
    impact = Impact(desk)
    impact.begin()
    title = f"{BY_KEY['signposts'].title}: On a case"
    assert (signposts(desk), drawn(impact)[title]) == (4, "under 5")
    told(desk, case_id)
    assert (signposts(desk), drawn(impact)[title]) == (5, "5"), "and no smaller number is ever shown"


@pytest.mark.clause("NPH-CIA-31")
def test_a_need_that_a_case_brings_out_opens_its_task_and_counts_in_the_assessment(desk: Desk) -> None:
    desk.clock.at = NOVEMBER
    client = desk.client(Role.OFFICER)
    impact = Impact(desk)
    for number in range(1, 6):
        case_id = desk.case(NOVEMBER)
        assert "Record what they need" in client.get(desk.case_url(case_id)).text
        needed(client, desk, case_id)
        assert open_tasks(desk, case_id) == [TaskKind.SPECIALIST_ADVICE]
        with desk.place.work() as session:
            assert needs_found(session, When(desk.place.id, LAST, MONDAY)).cells[MENTAL] == number
    desk.clock.at = MONDAY
    impact = Impact(desk)
    impact.begin()
    found = drawn(impact)
    assert found[f"{NEEDS}: their mental health"] == "5"
    assert found[f"{NEEDS}: British Sign Language"] == "under 5"


@pytest.mark.clause("NPH-CIA-32")
def test_a_no_to_help_ends_the_reminders_and_the_offer_stays_and_a_risk_without_an_answer_is_reported(
    desk: Desk,
) -> None:
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    assert "Look for what nobody has named" in client.get(f"{desk.case_url(case_id)}/needs").text
    needed(client, desk, case_id)
    assert reminds(desk, case_id)
    said = {"body": "other", "name": "Northshire talking therapies", "need": MENTAL, "words": "Not now."}
    client.get(f"{desk.case_url(case_id)}/support")
    page = client.submit(said | {"answer": "declined"}, form="/support")
    assert "Nobody asks them again; it stays open to them." in page.text
    assert open_tasks(desk, case_id) == []
    assert not reminds(desk, case_id)
    needed(client, desk, case_id)
    assert open_tasks(desk, case_id) == [], "writing the need down again asks nobody again"
    client.get(f"{desk.case_url(case_id)}/support")
    later = said | {"answer": "agreed", "how": "words", "words": "They ring on Friday."}
    assert "They agreed" in client.submit(later, form="/support").text
    impact = Impact(desk)
    impact.begin()
    impact.write("source", **SOURCE)
    risk = "Staff may miss what lies under it, and customers may not see it."
    impact.row("mental-health", **harm("mental-health") | {"risk": risk, "mitigation": ""})
    qualified = "Prevention advocate, trained by Women's Aid"
    page = desk.client(Role.MANAGER).get(f"{desk.url}/calendar?kind=training")
    assert f"{qualified}: " in page.text, "who may miss it for want of training stands in the list"
    assert "Mental health: a risk needs what is done against it." in impact.says()
