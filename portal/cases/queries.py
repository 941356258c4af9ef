"""Lists of cases: columns and one sealed line each, in the order in which they fall due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.domain.lifecycle import CaseStage
from portal.people.models import Account, Membership
from portal.store import search
from portal.store.database import cipher_of, scope_of
from portal.store.record_keys import RecordKey, of_record

PAGE = 50


class Show(StrEnum):
    """What part of a list somebody wants to see."""

    ALL = "all"
    OVERDUE = "overdue"
    TODAY = "today"
    LIFE = "life"
    WAITING = "waiting"
    UNTIMED = "untimed"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the last page of a list ended; cases without a due time come last."""

    due_at: datetime | None
    id: UUID

    def __str__(self) -> str:
        return f"{self.due_at.isoformat() if self.due_at else ''}~{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """What was written into an address; anything else starts from the top."""
        due_at, _, row = text.partition("~")
        try:
            return cls(datetime.fromisoformat(due_at) if due_at else None, UUID(row))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list; `how` is when and how contact is safe, without numbers or names."""

    id: UUID
    reference: str
    name: str
    how: str
    stage: str
    due_at: datetime | None
    event: str | None
    clause: str | None
    stop_act: str | None
    threat_to_life: bool
    waiting_for: str | None
    waiting_until: datetime | None
    assigned_to: UUID | None
    risk_level: str | None
    risk_declined_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What part of a list, from where on."""

    show: Show = Show.ALL
    after: Cursor | None = None
    limit: int = PAGE


COLUMNS: tuple[Any, ...] = (
    Case.id,
    Case.reference,
    Case.headline,
    RecordKey.wrapped,
    Case.stage,
    Case.next_due_at,
    Case.next_event,
    Case.next_clause,
    Case.next_stop_act,
    Case.threat_to_life,
    Case.waiting_for,
    Case.waiting_until,
    Case.assigned_to,
    Case.risk_level,
    Case.risk_declined_at,
)
LISTED = select(*COLUMNS).join(RecordKey, of_record(Case))
OPEN = Case.stage != CaseStage.CLOSED.value
UNTIMED = and_(Case.next_due_at.is_(None), Case.next_event.is_not(None))


def mine(
    session: Session, account_id: UUID, wanted: Wanted, now: datetime, midnight: datetime
) -> list[CaseLine]:
    """The open cases of one officer: those with a due time first, the most pressing at the top."""
    return _lines(session, _listed(session, wanted, now, midnight).where(Case.assigned_to == account_id))


def unassigned(session: Session, wanted: Wanted, now: datetime, midnight: datetime) -> list[CaseLine]:
    """The open cases that nobody has, or that somebody has who no longer works here (STAR 3.13)."""
    nobodys = or_(Case.assigned_to.is_(None), Case.assigned_to.in_(_left(session, now)))
    return _lines(session, _listed(session, wanted, now, midnight).where(nobodys))


def _left(session: Session, now: datetime) -> Select[UUID]:
    """Those who have left this landlord: few, so that a case of theirs is found by its officer."""
    return (
        select(Membership.account_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.landlord_id == scope_of(session).landlord_id,
            or_(Account.active.is_(False), Membership.ends_at <= now),
        )
    )


def untimed(session: Session, account_id: UUID, limit: int) -> list[CaseLine]:
    """An officer's cases with a clock for which nobody states a time (clock.md: never hidden)."""
    query = LISTED.where(_here(session), OPEN, UNTIMED, Case.assigned_to == account_id)
    return _lines(session, query.order_by(Case.id).limit(limit))


def of_everybody(session: Session, wanted: Wanted, now: datetime, midnight: datetime) -> list[CaseLine]:
    """All open cases of the landlord, overdue ones first."""
    return _lines(session, _listed(session, wanted, now, midnight))


def found(session: Session, query: str) -> list[CaseLine]:
    """The cases that a search finds, the newest first, closed ones too."""
    ids = search.find(session, query)
    if not ids:
        return []
    rows = LISTED.where(_here(session), Case.id.in_(ids)).order_by(Case.opened_at.desc())
    return _lines(session, rows)


def by_ids(session: Session, ids: Sequence[UUID]) -> list[CaseLine]:
    """These cases, in no order."""
    return _lines(session, LISTED.where(_here(session), Case.id.in_(ids))) if ids else []


@dataclass(frozen=True, slots=True)
class Load:
    """One officer's open cases in figures; None stands for nobody."""

    account_id: UUID | None
    name: str
    open: int
    overdue: int
    untimed: int


def loads(session: Session, now: datetime) -> list[Load]:
    """How many open cases each officer has, those with the most overdue first."""
    overdue = func.count().filter(Case.next_due_at < now)
    rows = session.execute(
        select(Case.assigned_to, func.max(Account.name), func.count(), overdue, func.count().filter(UNTIMED))
        .join(Account, Account.id == Case.assigned_to, isouter=True)
        .where(_here(session), OPEN)
        .group_by(Case.assigned_to)
        .order_by(overdue.desc(), func.count().desc())
    )
    return [Load(account, name or "Nobody", *counts) for account, name, *counts in rows]


def _listed(session: Session, wanted: Wanted, now: datetime, midnight: datetime) -> Select[*tuple[Any, ...]]:
    conditions: list[ColumnElement[bool]] = [_here(session), OPEN]
    match wanted.show:
        case Show.OVERDUE:
            conditions.append(Case.next_due_at < now)
        case Show.TODAY:
            conditions.append(Case.next_due_at <= midnight)
        case Show.LIFE:
            conditions.append(Case.threat_to_life.is_(True))
        case Show.WAITING:
            conditions.append(Case.stage == CaseStage.WAITING.value)
        case Show.UNTIMED:
            conditions.append(UNTIMED)
        case Show.ALL:
            pass
    if wanted.after:
        conditions.append(_beyond(wanted.after))
    return (
        LISTED
        .where(*conditions)
        .order_by(Case.next_due_at.asc().nulls_last(), Case.id)
        .limit(wanted.limit)
    )


def _beyond(after: Cursor) -> ColumnElement[bool]:
    if after.due_at is None:
        return and_(Case.next_due_at.is_(None), Case.id > after.id)
    return or_(tuple_(Case.next_due_at, Case.id) > tuple_(after.due_at, after.id), Case.next_due_at.is_(None))


def _here(session: Session) -> ColumnElement[bool]:
    return Case.landlord_id == scope_of(session).landlord_id


def _lines(session: Session, query: Select[*tuple[Any, ...]]) -> list[CaseLine]:
    rows: Sequence[Any] = session.execute(query).all()
    cipher = cipher_of(session)
    lines = []
    for case_id, reference, sealed, key, *rest in rows:
        line = cipher.unwrap(case_id, key).open_json("cases.headline", case_id, sealed)
        lines.append(CaseLine(case_id, reference, line["name"], line["how"], *rest))
    return lines
