"""Who takes part, each in its own rows; and the cards between landlords, which belong to none."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class BenchmarkMember(Owned, Base):
    """From when until when this landlord takes part."""

    __tablename__ = "benchmark_member"

    joined_at: Mapped[datetime]
    joined_by: Mapped[str]
    left_at: Mapped[datetime | None]
    left_by: Mapped[str | None]

    __table_args__ = (Index("ix_benchmark_member_joined", "landlord_id", "joined_at"),)


class BenchmarkCard(Base):
    """One rate of somebody. It names no landlord, no case and no moment, and its id is chance alone. Append-only.

    `mark` is a keyed hash of what it is about under its landlord's own key: only whoever wrote a card finds it again,
    and no two cards of one landlord can be told to be of the same. Of the cards with one mark that with the highest
    `number` counts; without a rate it says that this landlord takes part no more.
    """

    __tablename__ = "benchmark_card"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    quarter: Mapped[str]
    compared: Mapped[str]
    rate: Mapped[int | None]
    mark: Mapped[bytes]
    number: Mapped[int]
    on_date: Mapped[date]

    __table_args__ = (Index("ix_benchmark_card_quarter", "quarter", "compared", "mark", "number", unique=True),)
