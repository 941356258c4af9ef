"""The case record. Everything that could point at a person is sealed; what lists sort and filter by is stored plain."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, false, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.lifecycle import Route
from portal.store.base import Base, ByAuthor, Owned


class Case(Owned, Base):
    """One case. `headline` is the sealed line that lists show: chosen name and how contact is safe.

    `next_due_at` and `next_event` are copied from its clocks whenever one changes, so that a list never works them
    out row by row. `risk_level` and `risk_at` are copied from the newest change of its risk; None means that
    nobody has assessed it. `anonymous`: it has an alias for a name, and whose it is stands apart. `staff_risk`
    is what staff must know before they go there. Once erased, the row is all that is left: its reference, dates
    and outcome.
    """

    __tablename__ = "cases"

    reference: Mapped[str]
    stage: Mapped[str]
    policy_version_id: Mapped[UUID]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_reason: Mapped[str | None]
    assigned_to: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    headline: Mapped[bytes]
    safe_contact: Mapped[bytes]
    summary: Mapped[bytes]
    preferences: Mapped[list[str]] = mapped_column(JSONB)
    threat_to_life: Mapped[bool] = mapped_column(default=False)
    route: Mapped[str] = mapped_column(default=Route.ORDINARY.value, server_default=Route.ORDINARY.value)
    restricted: Mapped[bool] = mapped_column(default=False, server_default=false())
    anonymous: Mapped[bool] = mapped_column(default=False, server_default=false())
    restricted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    next_due_at: Mapped[datetime | None]
    next_event: Mapped[str | None]
    next_clause: Mapped[str | None]
    next_stop_act: Mapped[str | None]
    waiting_for: Mapped[str | None]
    waiting_until: Mapped[datetime | None]
    risk_level: Mapped[str | None]
    risk_at: Mapped[datetime | None]
    risk_again_on: Mapped[date | None]
    risk_declined_at: Mapped[datetime | None]
    staff_risk: Mapped[str | None]
    keep_until: Mapped[date | None]
    keeping_warned_on: Mapped[date | None]
    erased_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("landlord_id", "reference"),
        ForeignKeyConstraint(
            ["landlord_id", "policy_version_id"], ["policy_version.landlord_id", "policy_version.id"]
        ),
        Index(
            "ix_cases_mine",
            "landlord_id",
            "assigned_to",
            "next_due_at",
            "id",
            postgresql_where=text("stage <> 'closed'"),
        ),
        Index(
            "ix_cases_open",
            "landlord_id",
            "stage",
            "next_due_at",
            "id",
            postgresql_where=text("stage <> 'closed'"),
        ),
        Index("ix_cases_opened", "landlord_id", "opened_at"),
        Index("ix_cases_closed", "landlord_id", "closed_at", postgresql_where=text("closed_at IS NOT NULL")),
        Index(
            "ix_cases_not_assessed",
            "landlord_id",
            "opened_at",
            "id",
            postgresql_where=text("stage <> 'closed' AND risk_level IS NULL"),
        ),
        Index("ix_cases_kept", "landlord_id", "keep_until", postgresql_where=text("erased_at IS NULL")),
    )
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - read by SQLAlchemy


class Person(Owned, Base):
    """Somebody in a case; name, age, address and the rest are sealed as one. Former values: `PersonRevision`.

    `victim`: a child who sees, hears or feels the effects, who is a victim in their own right (DAA 2021 s.3).
    """

    __tablename__ = "person"

    case_id: Mapped[UUID]
    part: Mapped[str]
    victim: Mapped[bool] = mapped_column(default=False, server_default=false())
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_person_case", "landlord_id", "case_id"),
    )


class Contact(Owned, Base):
    """One attempt to reach the survivor, and what came of it. Corrected by addition only."""

    __tablename__ = "contact"

    case_id: Mapped[UUID]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    channel: Mapped[str]
    outcome: Mapped[str]
    act: Mapped[str | None]
    verdict: Mapped[str]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_contact_case", "landlord_id", "case_id", "at"),
        Index("ix_contact_recorded", "landlord_id", "recorded_at"),
    )


class TimelineEntry(ByAuthor, Owned, Base):
    """One line of the story of a case; append-only, with its words sealed."""

    __tablename__ = "timeline_entry"

    case_id: Mapped[UUID]
    at: Mapped[datetime]
    kind: Mapped[str]
    facts: Mapped[dict[str, Any]]
    sealed: Mapped[bytes | None]
    corrects_id: Mapped[UUID | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "corrects_id"], ["timeline_entry.landlord_id", "timeline_entry.id"]),
        Index("ix_timeline_entry_case", "landlord_id", "case_id", "at", "id"),
        Index(
            "ix_timeline_entry_reopened", "landlord_id", "case_id", postgresql_where=text("kind = 'reopened'")
        ),
        Index(
            "ix_timeline_entry_corrects",
            "landlord_id",
            "corrects_id",
            postgresql_where=text("corrects_id IS NOT NULL"),
        ),
    )
