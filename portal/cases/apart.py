"""What a case without a name keeps of the person, and what goes into the record apart (HS-026 4.14)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.cases import findable
from portal.cases.anonymity.models import PLACE, IdentityEntry
from portal.cases.models import Case, TimelineEntry
from portal.domain.anonymity import OF_HER, alias, telling
from portal.domain.intake import Answers
from portal.store import search
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.blanks import in_full
from portal.store.cleared import knows
from portal.store.database import scope_of
from portal.store.record_keys import blank_out, blank_out_as, box_of

SURVIVOR = "survivor"


def without_her(case: Case, details: Mapping[str, Any]) -> dict[str, Any]:
    """What stays in the case of what is known about the person: the alias instead of all that tells who she is."""
    return {key: value for key, value in details.items() if key not in OF_HER} | {"name": alias(case.reference)}


def answers_without_her(case: Case, answers: Answers) -> Answers:
    """The same of what was told."""
    return replace(answers, name=alias(case.reference), address="") if case.anonymous else answers


def of_her(case: Case, details: Mapping[str, Any]) -> dict[str, Any]:
    """What goes into the record apart; empty where nothing tells anything."""
    told = {key: details[key] for key in OF_HER if details.get(key)}
    return {key: value for key, value in told.items() if value != alias(case.reference)}


def keep(session: Session, case: Case, told: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Write down who she is, apart; and from now on take every word that tells it out of the case."""
    entry_id, known = new_id(), in_full(dict(told))
    if not known:
        return
    row = {
        "landlord_id": case.landlord_id,
        "id": entry_id,
        "case_id": case.id,
        "at": now,
        "account_id": actor.account_id,
        "actor": actor.name,
        "sealed": box_of(session, case.id).seal_json(PLACE, entry_id, known),
    }
    session.execute(insert(IdentityEntry), row)
    search.keep_apart(session, case.id, findable.person_keys(known))
    findable.recognise_her(session, case.id, known)
    places = [known.get("address") or "", known.get("where") or ""]
    session.flush()
    blank_out(session, case.id, reports_of(session, case.id), telling(findable.names(known), places))


def take_report(
    session: Session, case: Case, report_id: UUID, answers: Answers, actor: Actor, now: datetime
) -> None:
    """A later report comes to a case without a name: what it tells of her is kept apart too, and blanked in it."""
    if not case.anonymous:
        return
    session.flush()
    keep(session, case, of_her(case, {"name": answers.name, "address": answers.address}), actor, now)
    blank_out_as(session, case.id, report_id)
    search.keep_apart(session, case.id, findable.search_keys(answers))


def may_know(session: Session, case_id: UUID) -> bool:
    """Whether it is shown to this reader whose case it is: of every case that has a name, it is."""
    named = select(Case.anonymous).where(Case.landlord_id == scope_of(session).landlord_id, Case.id == case_id)
    return knows(session, case_id) or session.scalar(named) is False


def reports_of(session: Session, case_id: UUID) -> list[UUID]:
    """The reports that came to the case, by its own story."""
    facts = session.scalars(
        select(TimelineEntry.facts).where(
            TimelineEntry.landlord_id == scope_of(session).landlord_id,
            TimelineEntry.case_id == case_id,
            TimelineEntry.kind == "report",
        )
    )
    return [UUID(each["report"]) for each in facts if "report" in each]
