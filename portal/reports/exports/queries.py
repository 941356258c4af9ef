"""The files that somebody asked for; nobody finds another's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.exports import Form, What
from portal.domain.figures import Quarter
from portal.reports.exports.models import PLACE, Export
from portal.store.database import scope_of
from portal.store.record_keys import box_of

SHOWN = 30
ALL = "all"


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One file in a list."""

    id: UUID
    what: What
    form: Form
    period: str
    number: str
    asked_at: datetime
    done: int
    whole: int
    made_at: datetime | None
    until_at: datetime | None
    saved: int
    recipient: str
    reason: str
    over: bool


def mine(session: Session, account_id: UUID, now: datetime) -> list[ExportRow]:
    """The files of one person, the newest first."""
    rows = session.scalars(
        select(Export)
        .where(Export.landlord_id == scope_of(session).landlord_id, Export.asked_by == account_id)
        .order_by(Export.asked_at.desc())
        .limit(SHOWN)
    )
    return [row_of(session, each, now) for each in rows]


def row_of(session: Session, each: Export, now: datetime) -> ExportRow:
    """One file, its reason opened while it is there."""
    over = each.ended_at is not None or (each.until_at is not None and each.until_at <= now)
    said = box_of(session, each.id).open_json(PLACE, each.id, each.sealed) if each.sealed else {}
    return ExportRow(
        each.id,
        What(each.what),
        Form(each.form),
        period_in_words(each.period),
        each.number,
        each.asked_at,
        each.done,
        each.whole,
        each.made_at,
        each.until_at,
        each.saved,
        said.get("recipient", ""),
        said.get("reason", ""),
        over,
    )


def period_in_words(period: str) -> str:
    """A quarter as people read it."""
    quarter = Quarter.read(period)
    return quarter.say() if quarter else "All that there are"
