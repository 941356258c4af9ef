"""The register of a case: each order with how it stands today and everything that happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Uuid, or_, select
from sqlalchemy.orm import Session

from portal.cases.orders.models import CourtOrder, OrderEntry
from portal.cases.orders.words import say
from portal.domain.court_orders import OrderKind, Served, State, Term
from portal.landlords.orders import catalogue
from portal.store.database import scope_of
from portal.store.record_keys import box_of
from portal.store.statements import HERE, Later, Statement, given, pose


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One thing that happened to an order."""

    kind: str
    on: date
    at: datetime
    actor: str
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order with its words opened, and what the catalogue says of its kind."""

    id: UUID
    code: str
    kind: OrderKind | None
    term: Term
    state: State
    arrest: str
    revision: int
    words: dict[str, str]
    entries: tuple[EntryRow, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return self.kind.title if self.kind else self.code

    @property
    def breaches(self) -> int:
        """How often it has been broken, as far as is known here."""
        return sum(each.kind == "breach" for each in self.entries)


def register(session: Session, case_id: UUID, day: date) -> list[OrderRow]:
    """Every order of a case, those that hold first."""
    box, here = box_of(session, case_id), scope_of(session).landlord_id
    entries: dict[UUID, list[EntryRow]] = {}
    entry = OrderEntry
    for row in session.scalars(
        select(entry).where(entry.landlord_id == here, entry.case_id == case_id).order_by(entry.at.desc())
    ):
        said = box.open_json("order_entry", row.id, row.sealed)
        entries.setdefault(row.order_id, []).append(EntryRow(row.kind, row.on_date, row.at, row.actor, said))
    rows = session.scalars(
        select(CourtOrder).where(CourtOrder.landlord_id == here, CourtOrder.case_id == case_id)
    ).all()
    found = [
        OrderRow(
            id=row.id,
            code=row.kind,
            kind=catalogue().find(row.kind),
            term=(term := Term(row.made_on, row.ends_on, row.ended_on, Served(row.served))),
            state=term.state(day),
            arrest=row.arrest,
            revision=row.revision,
            words=box.open_json("court_order", row.id, row.sealed),
            entries=tuple(entries.get(row.id, ())),
        )
        for row in rows
    ]
    order = list(State)
    return sorted(found, key=lambda each: (order.index(each.state), each.term.ends_on or date.max, each.id))


DAY = given("day", Date())
IN_FORCE = Statement(
    select(
        CourtOrder.kind, CourtOrder.made_on, CourtOrder.ends_on, CourtOrder.ended_on, CourtOrder.served
    )
    .where(
        CourtOrder.landlord_id == HERE,
        CourtOrder.case_id == given("case_id", Uuid()),
        or_(CourtOrder.ends_on.is_(None), CourtOrder.ends_on >= DAY),
        or_(CourtOrder.ended_on.is_(None), CourtOrder.ended_on > DAY),
    )
    .order_by(CourtOrder.ends_on.asc().nulls_last(), CourtOrder.id)
)


def pose_in_force(session: Session, case_id: UUID, day: date) -> Later[tuple[str, ...]]:
    """The orders that hold today, each in a line for the head of the case."""
    found = pose(session, IN_FORCE, case_id=case_id, day=day)
    return lambda: tuple(
        _line(kind, Term(made, ends, ended, Served(served)), day) for kind, made, ends, ended, served in found.rows
    )


def _line(code: str, term: Term, day: date) -> str:
    kind = catalogue().find(code)
    until = f"until {say(term.ends_on)}" if term.ends_on else "until further order"
    served = "" if term.state(day) is State.IN_FORCE else ", not known to be served"
    return f"{kind.title if kind else code} {until}{served}"
