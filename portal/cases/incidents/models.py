"""Incidents: append-only, as told. A correction is another row that points at the first."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from portal.store.base import Base, Owned, Signed


class Incident(Signed, Owned, Base):
    """One incident as somebody told it. What it says is sealed; codes and times are plain.

    `stands_at` is the latest moment at which it can have happened: what counts since when counts by it.
    `entry_id` is its line on the timeline. `corrects_id` names the record that this one puts right, and `first_id`
    the one with which it began.
    """

    __tablename__ = "incident"

    case_id: Mapped[UUID]
    entry_id: Mapped[UUID]
    first_id: Mapped[UUID]
    corrects_id: Mapped[UUID | None]
    happened: Mapped[dict[str, Any]]
    stands_at: Mapped[datetime]
    told_at: Mapped[datetime]
    told_by: Mapped[str]
    kinds: Mapped[list[str]]
    towards: Mapped[str]
    children: Mapped[str]
    report_wish: Mapped[str]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "entry_id"], ["timeline_entry.landlord_id", "timeline_entry.id"]),
        ForeignKeyConstraint(["landlord_id", "corrects_id"], ["incident.landlord_id", "incident.id"]),
        Index("ix_incident_case", "landlord_id", "case_id", "stands_at", "id"),
        Index("ix_incident_corrects", "landlord_id", "corrects_id"),
        Index("ix_incident_recorded", "landlord_id", "recorded_at"),
    )
