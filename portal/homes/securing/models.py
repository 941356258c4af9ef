"""Measures, damage and work orders of a case. Codes, sums and times are plain; every word is sealed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, ByAuthor, Owned, Signed


class HomeMeasure(ByAuthor, Owned, Base):
    """One measure that somebody asked for, and what was decided. `cost` is in pence."""

    __tablename__ = "home_measure"

    case_id: Mapped[UUID]
    measure: Mapped[str]
    source: Mapped[str]
    state: Mapped[str]
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    cost: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_home_measure_case", "landlord_id", "case_id", "asked_at"),
    )


class HomeDamage(Signed, Owned, Base):
    """Something that was broken, whether it leaves anybody unsafe, who bears the cost, and what the police know."""

    __tablename__ = "home_damage"

    case_id: Mapped[UUID]
    found_on: Mapped[date]
    unsafe: Mapped[bool]
    repaired_at: Mapped[datetime | None]
    cost: Mapped[int | None]
    payer: Mapped[str | None]
    police: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_home_damage_case", "landlord_id", "case_id", "found_on"),
    )


class WorkOrder(ByAuthor, Owned, Base):
    """A job for a contractor. Its number and its link say nothing of the case; the link ends by itself."""

    __tablename__ = "work_order"

    case_id: Mapped[UUID]
    measure_id: Mapped[UUID | None]
    damage_id: Mapped[UUID | None]
    number: Mapped[str]
    urgency: Mapped[str]
    state: Mapped[str]
    visit_at: Mapped[datetime]
    visit_until: Mapped[datetime]
    ordered_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    link: Mapped[bytes | None]
    link_until: Mapped[datetime | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "measure_id"], ["home_measure.landlord_id", "home_measure.id"]),
        ForeignKeyConstraint(["landlord_id", "damage_id"], ["home_damage.landlord_id", "home_damage.id"]),
        UniqueConstraint("landlord_id", "number"),
        UniqueConstraint("landlord_id", "link"),
        Index("ix_work_order_case", "landlord_id", "case_id", "ordered_at"),
    )
