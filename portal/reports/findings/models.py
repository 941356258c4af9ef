"""A sample of closed cases that was drawn, each case of it, and what is recommended."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE = "recommendation"
"""Where the words of a recommendation are sealed."""


class AuditRound(Owned, Base):
    """One drawing. `wanted` is how many cases the landlord set, `again_on` when the next one is due."""

    __tablename__ = "audit_round"

    drawn_at: Mapped[datetime]
    drawn_by: Mapped[str]
    wanted: Mapped[int]
    again_on: Mapped[date]

    __table_args__ = (Index("ix_audit_round_drawn", "landlord_id", "drawn_at"),)


class AuditedCase(Owned, Base):
    """One closed case that was drawn, and who has looked at what its record keeps of the policy."""

    __tablename__ = "audited_case"

    round_id: Mapped[UUID]
    case_id: Mapped[UUID]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[str | None]
    unmet: Mapped[int | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "round_id"], ["audit_round.landlord_id", "audit_round.id"]),
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        UniqueConstraint("landlord_id", "round_id", "case_id"),
        Index("ix_audited_case_case", "landlord_id", "case_id"),
    )


class Recommendation(Owned, Base):
    """What was found, what is to change, by when and by whom; with evidence once it is done."""

    __tablename__ = "recommendation"

    source: Mapped[str]
    policy_version_id: Mapped[UUID]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    owner: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[date]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(
            ["landlord_id", "policy_version_id"], ["policy_version.landlord_id", "policy_version.id"]
        ),
        Index("ix_recommendation_open", "landlord_id", "ended_at", "due_on"),
    )
