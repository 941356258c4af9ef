"""What a new case is opened with, and how it is written down: sealed, indexed, on its timeline."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.cases import findable, people_told
from portal.cases.apart import answers_without_her
from portal.cases.findable import search_keys
from portal.cases.models import Case, TimelineEntry
from portal.cases.references import new_reference
from portal.domain.contact import SafeContact
from portal.domain.intake import Answers
from portal.domain.lifecycle import CaseStage, Route
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of, new_box

__all__ = [
    "change_safe_contact",
    "fill_in",
    "headline",
    "search_keys",
    "summarise",
    "summary",
    "tell",
    "write_case",
]


def headline(answers: Answers) -> dict[str, Any]:
    """The line that lists show: the chosen name, and when and how contact is safe."""
    return {"name": answers.name, "how": answers.safe_contact.in_short()}


def write_case(
    session: Session, code: str, answers: Answers, policy_version_id: UUID, opened_at: datetime, route: Route
) -> Case:
    """Write a new case from a report's answers. It keeps the report's route, which decides who may know of it."""
    landlord_id, case_id = scope_of(session).landlord_id, new_id()
    box = new_box(session, case_id, opened_at)
    case = Case(
        landlord_id=landlord_id,
        id=case_id,
        reference=new_reference(code),
        stage=CaseStage.NEW.value,
        policy_version_id=policy_version_id,
        opened_at=opened_at,
        headline=box.seal_json("cases.headline", case_id, headline(answers)),
        safe_contact=box.seal_json("cases.safe_contact", case_id, answers.safe_contact.to_dict()),
        summary=box.seal_json("cases.summary", case_id, answers.to_dict()),
        preferences=list(answers.preferences),
        threat_to_life=answers.danger == "life",
        route=route.value,
    )
    session.add(case)
    session.flush()
    for part, told in people_told.told_of(answers).items():
        people_told.write(session, case_id, part, told)
    findable.index(session, case, answers)
    return case


def change_safe_contact(session: Session, case: Case, safe: SafeContact) -> None:
    """Keep a new safe-contact record, and the line and the search words that come from it."""
    case.safe_contact = box_of(session, case.id).seal_json("cases.safe_contact", case.id, safe.to_dict())
    summarise(session, case, replace(summary(session, case), safe_contact=safe))


def fill_in(session: Session, case: Case, later: Answers) -> None:
    """Put into the summary what the person skipped at first and said later (STAR 3.3, 3.12)."""
    answers = answers_without_her(case, summary(session, case).completed_by(later))
    case.preferences = list(answers.preferences)
    people_told.fill_in(session, case.id, answers)
    summarise(session, case, answers)


def summary(session: Session, case: Case) -> Answers:
    """What is known of the case in the words of its reports."""
    return Answers.from_dict(box_of(session, case.id).open_json("cases.summary", case.id, case.summary))


def summarise(session: Session, case: Case, answers: Answers) -> None:
    """Keep it, with the line of the lists and the search words that come from it; without her, if it has no name."""
    box, answers = box_of(session, case.id), answers_without_her(case, answers)
    case.summary = box.seal_json("cases.summary", case.id, answers.to_dict())
    case.headline = box.seal_json("cases.headline", case.id, headline(answers))
    findable.index(session, case, answers)


def tell(
    session: Session,
    case_id: UUID,
    kind: str,
    actor: Actor,
    at: datetime,
    *,
    facts: dict[str, Any] | None = None,
    words: str | None = None,
    corrects: UUID | None = None,
) -> UUID:
    """Add a line to the timeline; `corrects` is the one that it puts right.

    `facts` are codes and times; anything said by or about people goes into `words`.
    """
    entry_id = new_id()
    session.execute(
        insert(TimelineEntry),
        {
            "landlord_id": scope_of(session).landlord_id,
            "id": entry_id,
            "case_id": case_id,
            "at": at,
            "kind": kind,
            "account_id": actor.account_id,
            "actor": actor.name,
            "facts": facts or {},
            "sealed": box_of(session, case_id).seal("timeline_entry", entry_id, words) if words else None,
            "corrects_id": corrects,
        },
    )
    return entry_id
