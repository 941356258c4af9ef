"""The new address of a case, sealed under a key of its own, and who may open it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, ByAuthor, Owned


class NewHome(ByAuthor, Owned, Base):
    """One secret. Row security shows it to those who are named for it, and to nobody else until `known_from`."""

    __tablename__ = "new_home"

    case_id: Mapped[UUID]
    kept_at: Mapped[datetime]
    known_from: Mapped[date | None]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        UniqueConstraint("landlord_id", "case_id"),
    )


class NewHomeReader(Owned, Base):
    """Somebody who may open it, until that is ended. Row security of the secret reads this table."""

    __tablename__ = "new_home_reader"

    case_id: Mapped[UUID]
    new_home_id: Mapped[UUID]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    since: Mapped[datetime]
    named_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "new_home_id"], ["new_home.landlord_id", "new_home.id"]),
        Index(
            "ix_new_home_reader_open",
            "landlord_id",
            "account_id",
            "new_home_id",
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_new_home_reader_case", "landlord_id", "case_id", "since"),
    )
