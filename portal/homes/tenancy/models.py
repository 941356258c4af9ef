"""How a home is held, each step against the person who harms, each check of the register, each word about change."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, ByAuthor, Owned


class TenancyHeld(Owned, Base):
    """How the home of a case is held, as codes; in what words it was said is sealed."""

    __tablename__ = "tenancy_held"

    case_id: Mapped[UUID]
    held: Mapped[str]
    tenure: Mapped[str | None]
    advice: Mapped[str | None]
    """Whether a joint tenant was pointed to independent advice: told or declined; None until then."""
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        UniqueConstraint("landlord_id", "case_id"),
    )


class TenancyStep(ByAuthor, Owned, Base):
    """A step against the person who harms, or a notice to quit that came: asked for, decided on, with its dates."""

    __tablename__ = "tenancy_step"

    case_id: Mapped[UUID]
    step: Mapped[str]
    ground: Mapped[str | None]
    state: Mapped[str]
    safe: Mapped[bool | None]
    agrees: Mapped[bool | None]
    served_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    court_on: Mapped[date | None]
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_tenancy_step_case", "landlord_id", "case_id", "asked_at"),
    )


class RegisterCheck(ByAuthor, Owned, Base):
    """An investigation of somebody's place on the housing register."""

    __tablename__ = "register_check"

    case_id: Mapped[UUID]
    place: Mapped[str]
    verdict: Mapped[str | None]
    evidence: Mapped[list[str]] = mapped_column(JSONB)
    reply: Mapped[str | None]
    review_on: Mapped[date | None]
    opened_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_register_check_case", "landlord_id", "case_id", "opened_at"),
    )


class ChangeOffer(ByAuthor, Owned, Base):
    """Somebody who harms was told where to get help to change: in words that name nobody. Append-only."""

    __tablename__ = "change_offer"

    case_id: Mapped[UUID]
    service: Mapped[str]
    way: Mapped[str]
    answer: Mapped[str]
    at: Mapped[datetime]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_change_offer_case", "landlord_id", "case_id", "at"),
    )
