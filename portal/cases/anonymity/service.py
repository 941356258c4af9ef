"""The verbs about a case without a name: take the name out, write down who she is, put it in again.

Sources: HS-026 4.14; NNEDV on what a database should not hold. Row security does the rest (portal.store.row_security).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.cases import apart, opening
from portal.cases import service as cases
from portal.cases.anonymity import queries
from portal.cases.models import Case, Person
from portal.cases.opening import tell
from portal.cases.people_told import PLACE
from portal.cases.service import NoSuchCaseError
from portal.domain.errors import PortalError
from portal.domain.events import NameTakenOut
from portal.landlords.policies import pinned
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.database import scope_of
from portal.store.record_keys import box_of, show_again
from portal.store.search import ApartToken


class NotOfferedError(PortalError):
    """The policy of this case knows no cases without a name."""


class AlreadySoError(PortalError):
    """Somebody else has done this meanwhile."""


def offered(session: Session, case: Case) -> str | None:
    """The clause under which this case can go without a name; None where its policy says nothing of the kind."""
    stated = pinned(session, case.policy_version_id).policy.sharing.without_name
    return (stated.clause or "") if stated.value else None


def take_name_out(session: Session, case_id: UUID, why: str, actor: Actor, now: datetime) -> None:
    """Move who she is out of the case, its lists and its search words, into a record that only the cleared read."""
    case = cases.get(session, case_id, for_update=True)
    if offered(session, case) is None:
        raise NotOfferedError
    if case.anonymous:
        raise AlreadySoError
    answers = opening.summary(session, case)
    told: dict[str, Any] = {"name": answers.name, "address": answers.address}
    case.anonymous = True
    people = _her_rows(session, case_id)
    for person in people:
        details = box_of(session, case_id).open_json(PLACE, person.id, person.sealed)
        told |= {key: value for key, value in apart.of_her(case, details).items() if value}
        _write(session, case, person, apart.without_her(case, details))
    session.flush()
    apart.keep(session, case, apart.of_her(case, told), actor, now)
    opening.summarise(session, case, answers)
    tell(session, case_id, "name_out", actor, now, words=why or None)
    outbox.record(session, NameTakenOut(case.landlord_id, case_id), now)
    _record(session, Fact.CASE_MADE_ANONYMOUS, case_id, actor, now)


def record_identity(
    session: Session, case_id: UUID, details: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    """Write down more, or something newer, of who she is."""
    case = cases.get(session, case_id, for_update=True)
    if not case.anonymous:
        raise NoSuchCaseError
    apart.keep(session, case, apart.of_her(case, details), actor, now)
    _record(session, Fact.IDENTITY_RECORDED, case_id, actor, now)


def put_name_in(session: Session, case_id: UUID, why: str, actor: Actor, now: datetime) -> None:
    """Tie the case to her name again: whatever stands apart goes back, and nothing is taken out any more."""
    case = cases.get(session, case_id, for_update=True)
    if not case.anonymous:
        raise AlreadySoError
    found = queries.told(session, case_id)
    if not scope_of(session).identities:
        raise NoSuchCaseError
    known = queries.in_one(found)
    case.anonymous = False
    show_again(session, [case_id, *apart.reports_of(session, case_id)])
    here = (ApartToken.landlord_id == case.landlord_id) & (ApartToken.case_id == case_id)
    session.execute(delete(ApartToken).where(here))
    for person in _her_rows(session, case_id)[:1]:
        details = box_of(session, case_id).open_json(PLACE, person.id, person.sealed)
        _write(session, case, person, {key: each for key, each in details.items() if key != "name"} | known)
    session.flush()
    answers = opening.summary(session, case)
    named = replace(answers, name=known.get("name", ""), address=known.get("address", ""))
    opening.summarise(session, case, named)
    tell(session, case_id, "name_in", actor, now, words=why)
    _record(session, Fact.CASE_NAMED_AGAIN, case_id, actor, now)


def _her_rows(session: Session, case_id: UUID) -> list[Person]:
    here = (Person.landlord_id == scope_of(session).landlord_id) & (Person.case_id == case_id)
    return list(session.scalars(select(Person).where(here, Person.part == apart.SURVIVOR).order_by(Person.id)))


def _write(session: Session, case: Case, person: Person, details: dict[str, Any]) -> None:
    person.sealed = box_of(session, case.id).seal_json(PLACE, person.id, details)
    person.revision += 1


def _record(session: Session, fact: Fact, case_id: UUID, actor: Actor, now: datetime) -> None:
    audit.record(session, fact, actor, now, subject="case", subject_id=case_id)
