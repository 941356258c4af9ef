"""Opening a restricted case without being named, because somebody is in danger now: with a reason, for an hour, told.

Whoever may not know of a case must not learn from this page that there is one. So it asks for the exact reference,
and answers the same to a wrong one, to one that needs no emergency, and to somebody who is barred.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.confidentiality import queries
from portal.cases.confidentiality.models import CaseReader
from portal.cases.confidentiality.queries import Circle
from portal.cases.confidentiality.service import ended_or_never
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.domain.lifecycle import Route
from portal.domain.permissions import Role
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.people.models import Account
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of
from portal.work.notices import Notice, desk_of, leave

LASTS = timedelta(hours=1)
NO_CASE = UUID(int=0)  # looked up where there is no case, so that both take the same work


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, and whether they may read cases about employees at all."""

    account_id: UUID
    staff_cases: bool


def open_in_emergency(
    session: Session, reference: str, why: str, asked: Asked, actor: Actor, now: datetime
) -> UUID | None:
    """Open the case with exactly this reference for an hour, and tell those whom it concerns at once.

    None, without a reason, where there is nothing that this person could open; the attempt is written down. The
    session reads with the portal's own eyes.
    """
    case = session.scalar(
        select(Case).where(
            Case.landlord_id == scope_of(session).landlord_id, Case.reference == reference.strip().upper()
        )
    )
    circle = queries.circles(session, [case.id if case else NO_CASE])
    if case is None or not _needs_it(case, circle[case.id], asked):
        audit.record(session, Fact.EMERGENCY_REFUSED, actor, now)
        return None
    row_id = new_id()
    sealed = box_of(session, case.id).seal_json(CaseReader.__tablename__, row_id, {"why": why})
    held = {"since": now, "until": now + LASTS, "made_by": asked.account_id, "sealed": sealed, "emergency": True}
    session.add(
        CaseReader(landlord_id=case.landlord_id, id=row_id, case_id=case.id, account_id=asked.account_id, **held)
    )
    tell(session, case.id, "emergency", actor, now, facts={"until": (now + LASTS).isoformat()}, words=why)
    audit.record(session, Fact.EMERGENCY_OPENED, actor, now, subject="case", subject_id=case.id)
    _tell_at_once(session, case, row_id, asked.account_id, now)
    session.flush()
    return case.id


def review(session: Session, case_id: UUID, reader_id: UUID, words: str, actor: Actor, now: datetime) -> None:
    """Write down what somebody else thinks of an opening in an emergency."""
    cases.get(session, case_id)
    row = session.scalar(
        select(CaseReader).where(
            CaseReader.id == reader_id,
            CaseReader.case_id == case_id,
            CaseReader.emergency,
            CaseReader.account_id != actor.account_id,
            CaseReader.reviewed_at.is_(None),
        )
    )
    if row is None:
        raise ended_or_never(session, CaseReader, case_id, reader_id)
    box, place = box_of(session, case_id), CaseReader.__tablename__
    row.sealed = box.seal_json(place, row.id, box.open_json(place, row.id, row.sealed) | {"review": words})
    row.reviewed_at, row.reviewed_by = now, actor.account_id
    tell(session, case_id, "emergency_reviewed", actor, now, words=words)
    audit.record(session, Fact.EMERGENCY_REVIEWED, actor, now, subject="case", subject_id=case_id)


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening in an emergency as managers see it; of a case that is not there for them, no more than that."""

    id: UUID
    who: str
    at: datetime
    until: datetime | None
    reviewed_at: datetime | None
    case_id: UUID | None
    reference: str | None


def openings(session: Session, reader: Actor, limit: int = 50) -> list[Opening]:
    """What was opened in an emergency, the newest first; nothing of a case from which the reader is barred."""
    row = CaseReader
    barred = queries.barred_from(session, reader.account_id)
    rows = session.execute(
        select(row.id, Account.name, row.since, row.until, row.reviewed_at, Case.id, Case.reference)
        .join(Account, Account.id == row.account_id)
        .join(Case, (Case.landlord_id == row.landlord_id) & (Case.id == row.case_id), isouter=True)
        .where(row.landlord_id == scope_of(session).landlord_id, row.emergency, row.case_id.not_in(barred))
        .order_by(row.since.desc())
        .limit(limit)
    )
    return [Opening(*each) for each in rows]


def _needs_it(case: Case, circle: Circle, asked: Asked) -> bool:
    """Only a case that is hidden from whoever asks by nothing but their name not being there."""
    return (
        case.restricted
        and (case.route != Route.STAFF or asked.staff_cases)
        and asked.account_id not in circle.barred | circle.named | {case.assigned_to}
    )


def _tell_at_once(session: Session, case: Case, cause: UUID, opened_by: UUID, now: datetime) -> None:
    """The officer, those who are named, and the managers; never the barred, nor whoever opened it."""
    matter = queries.matters(session, [case.id])[case.id]
    staff = colleagues(session, now)
    managers = {
        each.account_id for each in staff if Role.MANAGER in each.roles and matter.opened_with in each.permissions
    }
    here = {each.account_id for each in staff}
    who = ((matter.named | managers) & here) - matter.barred - {opened_by}
    desk = desk_of(session)
    where = {each: f"{matter.path}/confidentiality" if each in matter.named else "emergencies" for each in sorted(who)}
    leave(session, [Notice(each, cause, Kind.EMERGENCY, f"{desk}/{path}") for each, path in where.items()], now)
