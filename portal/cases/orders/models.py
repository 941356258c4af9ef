"""Orders of a case and what happened to them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, ByAuthor, Owned


class CourtOrder(Owned, Base):
    """One order as it stands now. Dates and codes are plain, so that its end can be looked for; words are sealed."""

    __tablename__ = "court_order"

    case_id: Mapped[UUID]
    kind: Mapped[str]
    made_on: Mapped[date]
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    served: Mapped[str]
    arrest: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_court_order_case", "landlord_id", "case_id", "ends_on"),
    )


class OrderEntry(ByAuthor, Owned, Base):
    """What happened to an order, a breach among it, with what stood before where it was changed. Append-only."""

    __tablename__ = "order_entry"

    case_id: Mapped[UUID]
    order_id: Mapped[UUID]
    kind: Mapped[str]
    on_date: Mapped[date]
    at: Mapped[datetime]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "order_id"], ["court_order.landlord_id", "court_order.id"]),
        Index("ix_order_entry_case", "landlord_id", "case_id", "order_id", "at"),
    )
