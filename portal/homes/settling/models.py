"""The plan to stay, what was agreed about rent, and who bears the arrears after a move."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, ByAuthor, Owned


class StayPlan(Owned, Base):
    """How somebody stays safely, agreed with them; in force only while it is safe."""

    __tablename__ = "stay_plan"

    case_id: Mapped[UUID]
    state: Mapped[str]
    safe: Mapped[bool | None]
    review_on: Mapped[date | None]
    kept_at: Mapped[datetime]
    actor: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        UniqueConstraint("landlord_id", "case_id"),
    )


class HomeRent(ByAuthor, Owned, Base):
    """Rent set to nil, or benefits on two homes: from when until when. No address stands here."""

    __tablename__ = "home_rent"

    case_id: Mapped[UUID]
    kind: Mapped[str]
    answer: Mapped[str]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    at: Mapped[datetime]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_home_rent_case", "landlord_id", "case_id", "at"),
    )


class ArrearsShare(ByAuthor, Owned, Base):
    """A manager's decision whether and how the arrears of the old home are divided. Append-only."""

    __tablename__ = "arrears_share"

    case_id: Mapped[UUID]
    divided: Mapped[bool]
    at: Mapped[datetime]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_arrears_share_case", "landlord_id", "case_id", "at"),
    )
