"""Reports as they came in, and half-finished answers that are wiped as soon as they can be."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class Report(Owned, Base):
    """What somebody told the landlord, whole and sealed, and what became of it. Never deleted.

    `route` decides who may know of it; `also` are the other routes that it goes at the same moment. `pages_in` is the
    language of the pages on which it was written, in which reports are counted (STAR 3.18).
    """

    __tablename__ = "report"

    source: Mapped[str]
    route: Mapped[str]
    also: Mapped[list[str]] = mapped_column(JSONB, default=list, server_default=text("'[]'"))
    state: Mapped[str]
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    policy_version_id: Mapped[UUID]
    threat_to_life: Mapped[bool]
    pages_in: Mapped[str] = mapped_column(default="en", server_default=text("'en'"))
    answers: Mapped[bytes]
    headline: Mapped[bytes]
    preferences: Mapped[list[str]] = mapped_column(JSONB)
    match_tokens: Mapped[list[str]] = mapped_column(JSONB)
    receipt_hash: Mapped[str | None]
    case_id: Mapped[UUID | None]
    next_due_at: Mapped[datetime | None]
    next_event: Mapped[str | None]
    next_clause: Mapped[str | None]
    triaged_at: Mapped[datetime | None]
    triaged_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[bytes | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(
            ["landlord_id", "policy_version_id"], ["policy_version.landlord_id", "policy_version.id"]
        ),
        Index("ix_report_new", "landlord_id", "next_due_at", "id", postgresql_where=text("state = 'new'")),
        Index("ix_report_case", "landlord_id", "case_id"),
        Index("ix_report_received", "landlord_id", "received_at"),
    )


class Draft(Owned, Base):
    """Answers between two pages, under the hash of a short-lived random secret; wiped by exit, time and sending."""

    __tablename__ = "draft"

    secret_hash: Mapped[bytes] = mapped_column(unique=True)
    kind: Mapped[str]
    sealed: Mapped[bytes]
    ends_at: Mapped[datetime]

    __table_args__ = (Index("ix_draft_ends", "landlord_id", "ends_at"),)
