"""The move of a case and the offers that were made. No address of a new home ever stands here."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, ByAuthor, Owned


class HomeMove(Owned, Base):
    """One move: what the present home is, whether it is agreed, and at which need and band."""

    __tablename__ = "home_move"

    case_id: Mapped[UUID]
    state: Mapped[str]
    bedrooms: Mapped[int]
    kind: Mapped[str]
    tenure: Mapped[str]
    need: Mapped[str | None]
    band: Mapped[str | None]
    moved_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        UniqueConstraint("landlord_id", "case_id"),
    )


class HomeOffer(ByAuthor, Owned, Base):
    """One offer and what became of it. Its postcode was checked and is not kept."""

    __tablename__ = "home_offer"

    case_id: Mapped[UUID]
    bedrooms: Mapped[int]
    kind: Mapped[str]
    tenure: Mapped[str]
    outcome: Mapped[str]
    made_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_home_offer_case", "landlord_id", "case_id", "made_at"),
    )
