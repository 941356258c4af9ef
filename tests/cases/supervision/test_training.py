"""Cases go to colleagues whose training holds: who has not, is refused, seen in time, and reminded before it ends."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.assessments.training_gate import NotTrainedError
from portal.cases.models import Case
from portal.domain.permissions import Role
from portal.domain.training import Course, TrainingLevel
from portal.messaging.words import Kind
from portal.people.trained import remind_of_training
from portal.store.audit import AuditEntry, Fact
from tests.cases.assessments.rounds import assessed
from tests.client import Page, PageClient
from tests.conftest import Staff
from tests.desk import MONDAY, Desk, DeskAt
from tests.learned import learned

LAPSED = date(2026, 1, 31)


def officer_with(desk: Desk, until: date | None, level: TrainingLevel = TrainingLevel.SPECIALIST) -> Staff:
    """An officer whose only course holds until a day; without a day there is no course."""
    who = desk.somebody(Role.OFFICER, name="Kim Lapsed", trained=False)
    if until:
        learned(desk.database, desk.place.id, who.account_id, Course("Abuse", level, date(2024, 2, 1), until))
    return who


def given(desk: Desk, client: PageClient, who: Staff, case_id: object, *, status: int = 200, **more: str) -> Page:
    client.get(f"{desk.url}/cases/{case_id}/assign")
    return client.submit({"account_id": str(who.account_id)} | more, form="/assign", status=status)


def officer_of(desk: Desk, case_id: object) -> object:
    with desk.place.work() as session:
        return session.get_one(Case, (desk.place.id, case_id)).assigned_to


def kinds_told(desk: Desk, who: Staff) -> list[Kind]:
    """What somebody was told, but for the notice of a sign-in on a new device."""
    told = [Kind(each.kind) for each in desk.place.messages() if each.account_id == who.account_id]
    return [each for each in told if each is not Kind.SIGN_IN]


@pytest.mark.clause("HAV-4.16", "WHG-5.1a")
@pytest.mark.parametrize(("like", "clause"), [("havebury", "HS-026 4.16"), ("whg", "whg 5.1")])
def test_nobody_whose_course_has_lapsed_is_given_a_case_and_those_above_are_told(
    desk_at: DeskAt, like: str, clause: str
) -> None:
    desk = desk_at(like)
    lapsed, able = officer_with(desk, LAPSED), desk.somebody(Role.OFFICER, name="Tilly Trained")
    manager, case_id = desk.somebody(Role.MANAGER), desk.case()
    client = desk.client(Role.SENIOR)
    page = client.get(f"{desk.url}/cases/{case_id}/assign")
    assert f"Cannot be given a case: no current specialist training ({clause})" in page.text
    page = given(desk, client, lapsed, case_id, status=422)
    assert "Kim Lapsed cannot be given a case" in page.text
    assert "theirs held until 31 January 2026" in page.text
    assert officer_of(desk, case_id) is None
    assert kinds_told(desk, manager) == [Kind.TRAINING]
    with desk.place.work() as session:
        facts = session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == case_id)).all()
    assert Fact.ASSIGNMENT_REFUSED in facts
    page = desk.client(who=manager).get(f"{desk.url}/training")
    row = page.text[page.text.index("Kim Lapsed") :]
    assert "Lapsed" in row[:120]
    assert clause in page.text
    given(desk, client, able, case_id)
    assert officer_of(desk, case_id) == able.account_id


@pytest.mark.clause("HAV-4.16")
def test_the_same_course_is_asked_of_whoever_completes_the_assessment(desk: Desk) -> None:
    lapsed, case_id = officer_with(desk, LAPSED), desk.case()
    desk.somebody(Role.OFFICER)
    actor = desk.place.actor(lapsed.account_id)
    with pytest.raises(NotTrainedError, match="specialist training"):
        assessed(desk, case_id, actor, yes=3)


@pytest.mark.clause("STAR-8.1")
def test_star_reminds_before_a_course_ends_and_gives_no_case_once_it_has(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    officer = officer_with(desk, date(2026, 2, 27), TrainingLevel.AWARENESS)
    desk.somebody(Role.OFFICER)
    senior, case_id = desk.somebody(Role.SENIOR), desk.case()
    for days in range(3):
        remind_of_training(desk.place.work, MONDAY + timedelta(days=days))
    assert kinds_told(desk, officer) == [Kind.TRAINING], "once, before it ends"
    assert Kind.TRAINING not in kinds_told(desk, senior)
    assert "Ends soon" in desk.client(who=senior).get(f"{desk.url}/training").text
    given(desk, desk.client(who=senior), officer, case_id)
    assert officer_of(desk, case_id) == officer.account_id
    desk.clock.at = MONDAY + timedelta(days=30)
    later = desk.case(at=desk.clock.at)
    remind_of_training(desk.place.work, desk.clock.at)
    assert kinds_told(desk, senior) == [Kind.TRAINING]
    page = given(desk, desk.client(who=senior), officer, later, status=422)
    assert "no current awareness training (STAR 8.1)" in page.text
    assert officer_of(desk, later) is None


def test_where_nobody_has_the_training_a_manager_gives_the_case_with_the_reason_and_nobody_is_left_alone(
    desk: Desk,
) -> None:
    officer, case_id = officer_with(desk, None), desk.case()
    senior = desk.client(who=desk.somebody(Role.SENIOR, trained=False))
    assert "Nobody here has the training" in given(desk, senior, officer, case_id, status=422, why="Ill").text
    manager = desk.client(who=desk.somebody(Role.MANAGER, trained=False))
    given(desk, manager, officer, case_id, status=422)
    given(desk, manager, officer, case_id, why="The course is in May; nobody else is here.")
    assert officer_of(desk, case_id) == officer.account_id
    assert "The course is in May" in manager.get(desk.case_url(case_id)).text


def test_a_policy_that_ties_no_case_to_training_says_so_and_gives_it(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    officer, case_id = officer_with(desk, None), desk.case()
    senior = desk.client(Role.SENIOR)
    assert "The policy ties no case to training" in senior.get(f"{desk.url}/training").text
    given(desk, senior, officer, case_id)
    assert officer_of(desk, case_id) == officer.account_id
