"""Doing what an officer does with an assessment: fill it in, complete it, look at what came of it."""

from datetime import date, datetime, timedelta
from uuid import UUID

from portal.cases.assessments import drafts, queries, service
from portal.cases.assessments.drafts import Said, Typed
from portal.cases.assessments.service import Verdict
from portal.domain.risk import Answer, Outcome, StaffRisk
from portal.domain.training import Course, TrainingLevel
from portal.people import training
from portal.store.audit import PORTAL, Actor
from tests.conftest import Staff
from tests.desk import MONDAY, Desk

ITEMS = (*(str(number) for number in range(1, 25)), "A", "B", "C")
AGAIN = date(2026, 5, 4)


def train(desk: Desk, who: Staff, until: date | None = date(2027, 1, 31)) -> Actor:
    """Somebody whose training holds, by default."""
    course = Course("Handling disclosures", TrainingLevel.SPECIALIST, date(2026, 1, 5), until)
    with desk.place.work() as session:
        training.record(session, who.account_id, course, PORTAL, MONDAY)
    return Actor(who.account_id, who.name)


def said(yes: int, unknown: int = 0) -> dict[str, Typed]:
    """The first so many answered yes, the next so many not known, the rest no."""
    answers = [Answer.YES] * yes + [Answer.UNKNOWN] * unknown
    answers += [Answer.NO] * (len(ITEMS) - len(answers))
    return {item: Typed(Said(answer), 0) for item, answer in zip(ITEMS, answers, strict=True)}


def begun(desk: Desk, case_id: UUID, actor: Actor, now: datetime = MONDAY) -> UUID:
    with desk.place.work() as session:
        return drafts.start(session, case_id, "dash", actor, now)


def assessed(
    desk: Desk, case_id: UUID, actor: Actor, yes: int, now: datetime = MONDAY, **verdict: object
) -> Outcome:
    """A whole assessment in one go."""
    with desk.place.work() as session:
        sheet_id = drafts.start(session, case_id, "dash", actor, now)
        drafts.answer(session, case_id, sheet_id, said(yes), actor, now)
        seen = queries.sheet(session, case_id, sheet_id).seen
        given = {"staff_risk": StaffRisk.NONE_KNOWN, "again_on": AGAIN} | verdict
        return service.complete(
            session, case_id, sheet_id, Verdict(seen, **given), actor, now + timedelta(minutes=1)
        )
