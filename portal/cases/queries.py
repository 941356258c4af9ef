"""Lists of cases: columns and one sealed line each, in the order in which they fall due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Integer,
    Select,
    Uuid,
    and_,
    any_,
    func,
    literal_column,
    nulls_last,
    or_,
    select,
    true,
    tuple_,
    union_all,
)  # fmt: skip
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.domain.lifecycle import CaseStage
from portal.people.models import Account, Membership
from portal.store import search
from portal.store.database import scope_of
from portal.store.record_keys import RecordKey, of_record, opening
from portal.store.statements import HERE, Later, Statement, ask, given, pose

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


class Whose(StrEnum):
    """Whose cases a list is of."""

    HERS = "hers"
    NOBODYS = "nobodys"
    EVERYBODYS = "everybodys"


class From(StrEnum):
    """Where a list starts."""

    TOP = "top"
    TIMED = "after a case with a due time"
    UNTIMED = "after a case without"

    @classmethod
    def of(cls, after: Cursor | None) -> "From":
        """Where the page after this one starts."""
        if after is None:
            return cls.TOP
        return cls.TIMED if after.due_at else cls.UNTIMED


class CaseLine(NamedTuple):
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


MOMENT = DateTime(timezone=True)
COLUMNS: tuple[Any, ...] = (
    Case.id,
    Case.reference,
    Case.headline,
    RecordKey.wrapped,
    RecordKey.blanks,
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
NOW, MIDNIGHT = given("now", MOMENT), given("midnight", MOMENT)
ACCOUNT, LIMIT = given("account_id", Uuid()), given("limit", Integer())
AFTER_DUE, AFTER_ID = given("after_due", MOMENT), given("after_id", Uuid())


LEFT = func.array(
    select(Membership.account_id)
    .join(Account, Account.id == Membership.account_id)
    .where(Membership.landlord_id == HERE, or_(Account.active.is_(False), ~Membership.holds(NOW)))
    .scalar_subquery(),
    type_=ARRAY(Uuid()),
)
"""Those who have left this landlord: few, and asked for before all cases, so that theirs are found in an index."""
WHOSE: dict[Whose, ColumnElement[bool]] = {
    Whose.HERS: Case.assigned_to == ACCOUNT,
    Whose.NOBODYS: or_(Case.assigned_to.is_(None), Case.assigned_to == any_(LEFT)),
    Whose.EVERYBODYS: true(),
}
SHOWN: dict[Show, ColumnElement[bool]] = {
    Show.ALL: true(),
    Show.OVERDUE: Case.next_due_at < NOW,
    Show.TODAY: Case.next_due_at <= MIDNIGHT,
    Show.LIFE: Case.threat_to_life.is_(True),
    Show.WAITING: Case.stage == CaseStage.WAITING.value,
    Show.UNTIMED: UNTIMED,
}
STARTS: dict[From, ColumnElement[bool]] = {
    From.TOP: true(),
    From.TIMED: or_(
        tuple_(Case.next_due_at, Case.id) > tuple_(AFTER_DUE, AFTER_ID), Case.next_due_at.is_(None)
    ),
    From.UNTIMED: and_(Case.next_due_at.is_(None), Case.id > AFTER_ID),
}
def mine(
    session: Session, account_id: UUID, wanted: Wanted, now: datetime, midnight: datetime
) -> list[CaseLine]:
    """The open cases of one officer: those with a due time first, the most pressing at the top."""
    return _listed(session, Whose.HERS, wanted, account_id=account_id, now=now, midnight=midnight)


class Found(NamedTuple):
    """What stands on a first page, as it came from the database: nothing of it is opened yet.

    `hers` are an officer's open cases, `untimed` those of them with a clock for which nobody states a time (clock.md:
    never hidden), `nobodys` those that nobody has, or that somebody has who no longer works here (STAR 3.13).
    """

    hers: list[Any]
    untimed: list[Any]
    nobodys: list[Any]


def pose_first_page(
    session: Session, account_id: UUID, wanted: Wanted, few: int, now: datetime, midnight: datetime
) -> Later[Found]:
    """Three lists, asked for at once: hers with one row more than wanted, the others with `few` rows at most."""
    values = {"account_id": account_id, "limit": wanted.limit + 1, "few": few, "now": now, "midnight": midnight}
    posed = pose(session, _first_page(wanted.show), **values)

    def in_parts() -> Found:
        found = Found([], [], [])
        for *row, part in posed.rows:
            found[part].append(row)
        return found

    return in_parts


def opened(session: Session, rows: Sequence[Any]) -> list[CaseLine]:
    """Rows that were found, with what is sealed in them."""
    line_of = opening(session, "cases.headline")
    lines = []
    for case_id, reference, sealed, key, blanks, *rest in rows:
        line = line_of(case_id, key, blanks, sealed)
        lines.append(CaseLine(case_id, reference, line["name"], line["how"], *rest))
    return lines


def of_everybody(session: Session, wanted: Wanted, now: datetime, midnight: datetime) -> list[CaseLine]:
    """All open cases of the landlord, overdue ones first."""
    return _listed(session, Whose.EVERYBODYS, wanted, now=now, midnight=midnight)


def found(session: Session, query: str) -> list[CaseLine]:
    """The cases that a search finds, the newest first, closed ones too."""
    ids = search.find(session, query)
    if not ids:
        return []
    rows = LISTED.where(_here(session), Case.id.in_(ids)).order_by(Case.opened_at.desc())
    return opened(session, session.execute(rows).all())


def by_ids(session: Session, ids: Sequence[UUID]) -> list[CaseLine]:
    """These cases, in no order."""
    rows = LISTED.where(_here(session), Case.id.in_(ids))
    return opened(session, session.execute(rows).all()) if ids else []


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


def _listed(session: Session, whose: Whose, wanted: Wanted, **values: Any) -> list[CaseLine]:  # noqa: ANN401
    after = wanted.after
    statement = _list(whose, wanted.show, From.of(after))
    if after:
        values |= {"after_due": after.due_at, "after_id": after.id}
    return opened(session, ask(session, statement, limit=wanted.limit, **values))


@cache
def _list(whose: Whose, show: Show, start: From) -> Statement:
    """Each kind of list is one statement, written at its first use."""
    conditions = [WHOSE[whose], SHOWN[show], STARTS[start]]
    return Statement(_open(*conditions).limit(LIMIT))


@cache
def _first_page(show: Show) -> Statement:
    shorter = given("few", Integer())
    lists = [
        _part("hers", WHOSE[Whose.HERS], SHOWN[show]).limit(LIMIT),
        _part("nobodys", WHOSE[Whose.NOBODYS], SHOWN[show]).limit(shorter),
    ]
    if show is Show.ALL:
        lists.append(_part("untimed", WHOSE[Whose.HERS], UNTIMED).limit(shorter))
    every = union_all(*lists)
    return Statement(every.order_by("part", nulls_last(every.selected_columns.next_due_at), "id"))


def _part(name: str, *which: ColumnElement[bool]) -> Select[Any]:
    """A list whose rows end with the number of the part that they belong to."""
    return _open(*which).add_columns(literal_column(str(Found._fields.index(name)), Integer).label("part"))


def _open(*which: ColumnElement[bool]) -> Select[Any]:
    """The open cases of the landlord of which this is so, as they fall due."""
    due = Case.next_due_at.asc().nulls_last()
    return LISTED.where(Case.landlord_id == HERE, OPEN, *which).order_by(due, Case.id)


def _here(session: Session) -> ColumnElement[bool]:
    return Case.landlord_id == scope_of(session).landlord_id
