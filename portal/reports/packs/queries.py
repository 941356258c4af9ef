"""The reports that there are, and one of them opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.figures import Quarter
from portal.reports.packs.contents import Contents, Said
from portal.reports.packs.models import PLACE, Pack
from portal.reports.performance.measures import MEASURES
from portal.store.database import scope_of
from portal.store.record_keys import box_of

SHOWN = 60


@dataclass(frozen=True, slots=True)
class PackRow:
    """One report in a list."""

    id: UUID
    body: str
    clause: str
    quarter: Quarter
    asked_at: datetime
    asked_by: str
    done: int
    made_at: datetime | None
    sent_at: datetime | None
    sent_by: str | None
    revision: int

    @property
    def of(self) -> int:
        """How many figures it will have."""
        return len(MEASURES)


@dataclass(frozen=True, slots=True)
class PackFound:
    """One report, opened."""

    row: PackRow
    contents: Contents | None
    said: Said


def listed(session: Session, *, only_sent: bool) -> list[PackRow]:
    """The reports, those about the newest quarter first; boards and auditors see what was sent."""
    query = select(Pack).where(Pack.landlord_id == scope_of(session).landlord_id)
    if only_sent:
        query = query.where(Pack.sent_at.is_not(None))
    return [
        _row(each) for each in session.scalars(query.order_by(Pack.quarter.desc(), Pack.body).limit(SHOWN))
    ]


def found(session: Session, pack_id: UUID, *, only_sent: bool) -> PackFound | None:
    """One report with its words; None where there is none that may be seen."""
    pack = session.scalar(
        select(Pack).where(Pack.landlord_id == scope_of(session).landlord_id, Pack.id == pack_id)
    )
    if pack is None or (only_sent and pack.sent_at is None):
        return None
    said = box_of(session, pack_id).open_json(PLACE, pack_id, pack.sealed)
    return PackFound(_row(pack), Contents.from_dict(pack.figures) if pack.figures else None, Said(**said))


def _row(pack: Pack) -> PackRow:
    quarter = Quarter.read(pack.quarter)
    assert quarter is not None  # noqa: S101 - written by ourselves, from a quarter
    return PackRow(
        pack.id,
        pack.body,
        pack.clause,
        quarter,
        pack.asked_at,
        pack.asked_by,
        pack.done,
        pack.made_at,
        pack.sent_at,
        pack.sent_by,
        pack.revision,
    )
