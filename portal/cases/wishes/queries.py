"""Wishes and steps for pages, the newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.wishes.models import StepTaken, Wish
from portal.cases.wishes.said import About, HowSaid, Wants
from portal.store.database import scope_of
from portal.store.record_keys import box_of

SHOWN = 50


@dataclass(frozen=True, slots=True)
class WishRow:
    """One wish, opened."""

    id: UUID
    about: About
    wants: Wants
    said_at: datetime
    how: HowSaid
    words: str
    never: str
    recorded_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step, opened; `decided_by` names who decided it without their wish."""

    about: About
    taken_at: datetime
    what: str
    why: str
    decided_by: str | None
    actor: str


def wishes(session: Session, case_id: UUID, most: int | None = SHOWN) -> list[WishRow]:
    """What they said, the newest first."""
    rows = session.scalars(
        select(Wish)
        .where(Wish.landlord_id == scope_of(session).landlord_id, Wish.case_id == case_id)
        .order_by(Wish.said_at.desc(), Wish.id.desc())
        .limit(most)
    )
    return [_wish(session, each) for each in rows]


def newest(session: Session, case_id: UUID, about: About) -> WishRow | None:
    """What they said last about this kind of step: it is what counts."""
    row = session.scalar(
        select(Wish)
        .where(
            Wish.landlord_id == scope_of(session).landlord_id, Wish.case_id == case_id, Wish.about == about.value
        )
        .order_by(Wish.said_at.desc(), Wish.id.desc())
        .limit(1)
    )
    return _wish(session, row) if row else None


def steps(session: Session, case_id: UUID, most: int | None = SHOWN) -> list[StepRow]:
    """The steps that were taken, the newest first."""
    rows = session.scalars(
        select(StepTaken)
        .where(StepTaken.landlord_id == scope_of(session).landlord_id, StepTaken.case_id == case_id)
        .order_by(StepTaken.taken_at.desc(), StepTaken.id.desc())
        .limit(most)
    )
    box = box_of(session, case_id)
    found = []
    for row in rows:
        said = box.open_json("step_taken", row.id, row.sealed)
        found.append(StepRow(About(row.about), row.taken_at, said["what"], said["why"], row.decided_by, row.actor))
    return found


def _wish(session: Session, row: Wish) -> WishRow:
    said = box_of(session, row.case_id).open_json("wish", row.id, row.sealed)
    return WishRow(
        id=row.id,
        about=About(row.about),
        wants=Wants(row.wants),
        said_at=row.said_at,
        how=HowSaid(row.how),
        words=said["words"],
        never=said["never"],
        recorded_at=row.recorded_at,
        actor=row.actor,
    )
