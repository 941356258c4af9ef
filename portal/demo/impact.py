"""An impact assessment of the next version that somebody has begun, and one action of it that is done."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.impact.content import Answer, Source, Subject
from portal.governance.impact import acting, beginning, queries, service
from portal.governance.impact.acting import Wanted
from portal.store.audit import Actor

SUBJECT = Subject(
    "revised",
    "Housing",
    ("tenant", "household", "applicant", "employee"),
    "The policy is gone through again, so that it says what is done for people who speak little English.",
    "The manager of the service",
)
SOURCES = (
    Source(
        "", "profiles", "The housing system", "internal", "None",
        says="One household in nine asks for an interpreter.", drawn_by="Policy Officer",
    ),
    Source("", "other", "Cases", "internal", "The team went through them together.", feed="cases"),
)  # fmt: skip
RACE = Answer(
    ("positive", "negative"),
    "People who speak little English",
    "yes",
    nature="The questions about so-called honour are asked of everybody. Translation is not readily at hand.",
    risk="Somebody cannot tell us what happens, or tells it through the person who harms them.",
    mitigation="An interpreter is booked before anybody speaks with them.",
    certainty="likely",
    sources=("s1",),
    shows="How many ask for an interpreter.",
)


def assess(session: Session, manager: Actor, now: datetime) -> None:
    """What is written stands for itself; the rest is still to be written, as the page says."""
    assert manager.account_id is not None  # noqa: S101 - a member of the demonstration's staff
    impact_id = beginning.begin(session, manager.account_id, manager, now)
    day = in_london(now).date()
    about = replace(
        SUBJECT,
        proposed_on=day - timedelta(days=20),
        decision_on=day + timedelta(days=40),
        implemented_on=day + timedelta(days=60),
    )
    service.describe(
        session, impact_id, about, manager.account_id, _seen(session, impact_id, now), manager, now
    )
    for each in SOURCES:
        source = replace(each, extracted_on=day - timedelta(days=8))
        service.keep_source(session, impact_id, source, _seen(session, impact_id, now), manager, now)
    service.answer(session, impact_id, "race", RACE, _seen(session, impact_id, now), manager, now)
    first = Wanted(
        "race", "Agree with a service that interprets by telephone, at any hour.", manager.account_id, day
    )
    made = acting.add(session, impact_id, first, manager, now)
    acting.finish(session, made, "Agreed with two services; the numbers stand in the list.", manager, now)
    then = Wanted(
        "race", "Put the first page into four languages.", manager.account_id, day + timedelta(days=50)
    )
    acting.add(session, impact_id, then, manager, now)


def _seen(session: Session, impact_id: UUID, now: datetime) -> int:
    found = queries.assessment(session, impact_id, now)
    return found.revision if found else 0
