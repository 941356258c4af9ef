"""Invariant 5: the risk of a case falls only by a new assessment, completed. No hand does it, not in SQL either."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.cases.assessments import drafts, queries, service
from portal.cases.assessments.service import (
    BasisMissingError,
    FromOutside,
    IncompleteError,
    ReasonMissingError,
    Verdict,
)
from portal.cases.models import Case
from portal.domain.permissions import Role
from portal.domain.risk import Level, LoweringRefusedError, StaffRisk
from portal.domain.risk.triggers import Basis, ReceivedKind
from portal.store.audit import Actor
from tests.cases.assessments.rounds import AGAIN, assessed, said, train
from tests.desk import MONDAY, Desk

LATER = MONDAY + timedelta(days=2)


@pytest.fixture
def officer(desk: Desk) -> Actor:
    return train(desk, desk.somebody(Role.OFFICER))


@pytest.fixture
def at_high_risk(desk: Desk, officer: Actor) -> UUID:
    case_id = desk.case()
    assessed(desk, case_id, officer, yes=16)
    return case_id


def level(desk: Desk, case_id: UUID) -> str | None:
    with desk.place.work() as session:
        return session.get_one(Case, (desk.place.id, case_id)).risk_level


@pytest.mark.invariant(5)
@pytest.mark.clause("HAV-4.7d")
@pytest.mark.clause("NPH-DEALING-8")
@pytest.mark.parametrize("to", Level)
def test_a_high_risk_is_not_lowered_by_hand(
    desk: Desk, officer: Actor, at_high_risk: UUID, to: Level
) -> None:
    with pytest.raises(LoweringRefusedError), desk.place.work() as session:
        service.raise_by_judgement(
            session, at_high_risk, to, "It seems better", Basis.CONSENT, officer, LATER
        )
    assert level(desk, at_high_risk) == "high"


@pytest.mark.invariant(5)
def test_an_assessment_that_was_not_completed_lowers_nothing(
    desk: Desk, officer: Actor, at_high_risk: UUID
) -> None:
    """Neither while it is filled in, nor with a question left open, nor when somebody else's finds less."""
    answers = said(0)
    left_open = answers.popitem()
    with desk.place.work() as session:
        sheet_id = drafts.start(session, at_high_risk, "dash", officer, LATER)
        drafts.answer(session, at_high_risk, sheet_id, answers, officer, LATER)
        seen = queries.sheet(session, at_high_risk, sheet_id).seen
        theirs = FromOutside(ReceivedKind.OTHER, LATER.date(), "Police", "Standard")
        service.receive(session, at_high_risk, theirs, officer, LATER)
    assert level(desk, at_high_risk) == "high"
    verdict = Verdict(seen, staff_risk=StaffRisk.NONE_KNOWN, again_on=AGAIN)
    with pytest.raises(IncompleteError), desk.place.work() as session:
        service.complete(session, at_high_risk, sheet_id, verdict, officer, LATER)
    assert level(desk, at_high_risk) == "high"
    with desk.place.work() as session:
        drafts.answer(session, at_high_risk, sheet_id, dict([left_open]), officer, LATER)
        whole = replace(verdict, seen=queries.sheet(session, at_high_risk, sheet_id).seen)
        service.complete(session, at_high_risk, sheet_id, whole, officer, LATER)
    assert level(desk, at_high_risk) == "standard"


def test_a_new_assessment_can_find_it_lower(desk: Desk, officer: Actor, at_high_risk: UUID) -> None:
    assessed(desk, at_high_risk, officer, yes=3, now=LATER)
    assert level(desk, at_high_risk) == "standard"


@pytest.mark.parametrize("by_index", ["on", "off"])
def test_of_two_completed_at_the_same_moment_the_one_begun_last_counts(
    desk: Desk, officer: Actor, at_high_risk: UUID, by_index: str
) -> None:
    """However the database comes by them."""
    for yes in (5, 3):
        assessed(desk, at_high_risk, officer, yes=yes, now=LATER)
    with desk.place.work() as session:
        for way in ("indexscan", "bitmapscan"):
            session.execute(text(f"SET LOCAL enable_{way} = {by_index}"))
        newest = queries.asked_before(session, at_high_risk)
    assert newest
    assert newest.row.yes == 3


@pytest.mark.invariant(5)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases SET risk_level = 'standard' WHERE id = :case",
        "UPDATE cases SET risk_level = NULL, risk_at = NULL WHERE id = :case",
        "UPDATE cases SET risk_level = 'medium', risk_at = now() WHERE id = :case",
        "UPDATE assessment SET level = 'standard' WHERE case_id = :case",
        "UPDATE assessment SET state = 'draft' WHERE case_id = :case",
        "UPDATE risk_change SET level = 'standard' WHERE case_id = :case",
        "DELETE FROM risk_change WHERE case_id = :case",
        """INSERT INTO risk_change (landlord_id, id, case_id, at, level, cause, actor, sealed)
           SELECT landlord_id, gen_random_uuid(), id, now(), 'standard', 'judgement', 'x', 'x' FROM cases
           WHERE id = :case""",
        """INSERT INTO risk_change (landlord_id, id, case_id, at, level, cause, assessment_id, actor)
           SELECT landlord_id, gen_random_uuid(), case_id, now(), 'standard', 'assessment', id, 'x' FROM assessment
           WHERE case_id = :case""",
        """INSERT INTO assessment_answer (landlord_id, id, case_id, assessment_id, item, revision, at, actor, sealed)
           SELECT landlord_id, gen_random_uuid(), case_id, id, '1', 9, now(), 'x', 'x' FROM assessment
           WHERE case_id = :case""",
    ],
)
def test_the_database_itself_refuses(desk: Desk, at_high_risk: UUID, statement: str) -> None:
    with pytest.raises(DBAPIError), desk.place.work() as session:
        session.execute(text(statement), {"case": at_high_risk})
    assert level(desk, at_high_risk) == "high"


def test_an_older_low_assessment_does_not_come_back(desk: Desk, officer: Actor) -> None:
    case_id = desk.case()
    assessed(desk, case_id, officer, yes=2)
    assessed(desk, case_id, officer, yes=15, now=LATER)
    statement = """UPDATE cases SET risk_level = 'standard',
                   risk_at = (SELECT min(at) FROM risk_change WHERE case_id = :case) WHERE id = :case"""
    with pytest.raises(DBAPIError), desk.place.work() as session:
        session.execute(text(statement), {"case": case_id})


@pytest.mark.clause("HAV-4.7d")
def test_a_count_of_six_is_raised_with_reason_and_lawful_basis_and_opens_the_referral(
    desk: Desk, officer: Actor
) -> None:
    case_id = desk.case()
    with pytest.raises(ReasonMissingError):
        assessed(desk, case_id, officer, yes=6, judgement=Level.HIGH)
    with pytest.raises(BasisMissingError):
        assessed(desk, case_id, officer, yes=6, judgement=Level.HIGH, why="Her fear is plain")
    found = assessed(
        desk,
        case_id,
        officer,
        yes=6,
        judgement=Level.HIGH,
        why="Her fear is plain",
        basis=Basis.VITAL_INTERESTS,
    )
    assert (found.by_count, found.level) == (Level.STANDARD, Level.HIGH)
    client = desk.client(Role.OFFICER)
    tasks = client.get(f"{desk.case_url(case_id)}/tasks").text
    assert "Refer to MARAC: professional judgement" in tasks
    assert "HS-026 4.7" in tasks


@pytest.mark.clause("NPH-DEALING-8")
@pytest.mark.clause("HAV-4.7d")
def test_judgement_between_two_assessments_raises_in_the_page_and_nothing_there_lowers(
    desk: Desk, officer: Actor
) -> None:
    case_id = desk.case()
    assessed(desk, case_id, officer, yes=11)
    client = desk.client(Role.OFFICER)
    url = f"{desk.case_url(case_id)}/risk/raise"
    page = client.get(url)
    assert "Standard" not in page.text
    client.submit({"to": "high", "why": "He came with a knife"}, form="raise", status=422)
    assert "lawful basis" in client.page.text
    assert "He came with a knife" in client.page.html
    client.get(url)
    client.submit({"to": "high", "why": "He came with a knife", "basis": "vital_interests"}, form="raise")
    assert level(desk, case_id) == "high"
    assert "He came with a knife" in client.page.text
    client.get(url)
    assert "Only a new assessment can find it lower" in client.page.text
    client.post(url, {"to": "standard", "why": "Better now"}, status=422)
    assert level(desk, case_id) == "high"
