"""Where an assessment found a risk to staff nobody goes alone, and what was booked before is not gone to as it is."""

from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal.cases.models import Case
from portal.cases.tasks.models import Task
from portal.domain.permissions import Role
from portal.domain.risk import StaffRisk
from portal.domain.tasks import TaskKind
from tests.cases.assessments.rounds import assessed
from tests.cases.meetings.test_meetings import AT_HOME, VISITS_ARE_SAFE, book, do, kept
from tests.desk import Desk, DeskAt

ABUSE_WORDS = ("abuse", "violen", "risk", "survivor", "visit", "home", "safe")


@pytest.fixture
def desk(with_face: DeskAt) -> Desk:
    return with_face("havebury")


def a_case(desk: Desk, risk: StaffRisk = StaffRisk.NOT_ALONE) -> UUID:
    case_id = desk.case(safe_contact=VISITS_ARE_SAFE)
    assessed(desk, case_id, desk.place.actor(desk.somebody(Role.OFFICER).account_id), yes=3, staff_risk=risk)
    return case_id


def owners(desk: Desk, case_id: UUID) -> set[UUID | None]:
    with desk.place.work() as session:
        open_ = (Task.case_id == case_id, Task.kind == TaskKind.MEETING, Task.ended_at.is_(None))
        return set(session.scalars(select(Task.owner).where(*open_)))


@pytest.mark.clause("HAV-7-3")
def test_a_visit_where_staff_are_at_risk_needs_two_people_and_the_diary_says_nothing_of_it(desk: Desk) -> None:
    case_id, officer, other = a_case(desk), desk.somebody(Role.OFFICER), desk.somebody(Role.OFFICER)
    client = desk.client(who=officer)
    meets = {"officer": str(officer.account_id)}
    assert "Risk to staff: nobody visits alone." in client.get(f"{desk.case_url(case_id)}/meetings/book").text
    for wrong in ({}, {"second": str(officer.account_id)}, {"why_alone": "The street is quiet."}):
        told = book(desk, client, case_id, **AT_HOME | meets | wrong, why="x", status=422)
        assert "Nobody goes there alone" in told or "somebody else than who meets them" in told, wrong
    assert kept(desk, case_id) == []
    page = book(desk, client, case_id, **AT_HOME | meets | {"second": str(other.account_id)})
    assert "The meeting is booked." in page
    assert f"{officer.name}, with {other.name}" in page
    assert owners(desk, case_id) == {officer.account_id, other.account_id}, "both have it to do"
    entry = " ".join(page.split()).split("For a diary ")[1].split(" Nothing else")[0]
    assert entry.startswith("Appointment ")
    assert not [each for each in ABUSE_WORDS if each in entry.casefold()]
    desk.clock.at = kept(desk, case_id)[0].starts_at
    do(desk.client(who=officer), desk, case_id, "outcome", came="held")
    assert owners(desk, case_id) == set()


@pytest.mark.clause("HAV-7-3")
def test_a_senior_may_send_one_person_with_a_reason_that_stands_in_the_record(desk: Desk) -> None:
    case_id, senior = a_case(desk), desk.client(Role.SENIOR)
    page = book(desk, senior, case_id, **AT_HOME | {"why_alone": "The police go with her."})
    assert "Why one person is enough The police go with her." in " ".join(page.split())
    assert b"police" not in kept(desk, case_id)[0].sealed


def test_a_visit_that_was_booked_before_is_not_gone_to_as_it_stands(desk: Desk) -> None:
    case_id, client = a_case(desk, StaffRisk.NONE_KNOWN), desk.client(Role.OFFICER)
    page = book(desk, client, case_id, **AT_HOME | {"why_alone": "I said so."}, why="x")
    assert "Do not go as it stands" not in page
    with desk.place.work() as session:
        session.execute(update(Case).where(Case.id == case_id).values(staff_risk=StaffRisk.NOT_ALONE.value))
    assert "Do not go as it stands." in client.get(f"{desk.case_url(case_id)}/meetings").text
    told = do(client, desk, case_id, "move", day="2026-02-04", time="10:30", status=422)
    assert "Nobody goes there alone" in told
    assert "Call this meeting off, and book anew." in told
    assert len(kept(desk, case_id)) == 1


def test_no_second_person_makes_a_visit_possible_that_is_ruled_out(desk: Desk) -> None:
    case_id, other = a_case(desk, StaffRisk.NO_VISITS), desk.somebody(Role.OFFICER)
    told = book(desk, desk.client(Role.SENIOR), case_id, **AT_HOME | {"second": str(other.account_id)}, status=422)
    assert "rules visits out" in told
    assert kept(desk, case_id) == []
