"""Marks, each with its reason and its day to be looked at again."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, ByAuthor, Owned


class Flag(ByAuthor, Owned, Base):
    """One mark. `place` is the keyed hash of the address at which it is found; the address itself is sealed.

    Of a mark that went with somebody (`at_new_home`) no address is kept here in words.
    """

    __tablename__ = "flag"

    case_id: Mapped[UUID]
    about: Mapped[str]
    wording: Mapped[str]
    place: Mapped[bytes | None]
    at_new_home: Mapped[bool] = mapped_column(default=False)
    review_on: Mapped[date]
    put_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_flag_case", "landlord_id", "case_id", "put_at"),
        Index("ix_flag_place", "landlord_id", "place", postgresql_where=text("ended_at IS NULL")),
    )
