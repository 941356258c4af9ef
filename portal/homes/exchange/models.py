"""The desk between landlords, which belongs to none of them, and what each side keeps of its own half."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, ByAuthor, Owned


class ExchangeCard(Base):
    """One card. It names no landlord, no case and no moment, and its id is chance alone. Append-only.

    `thread` is the id of the need; `side` that of the home that it is about, if any. `mark` is a keyed hash by which
    only whoever wrote the first card of a side can write the next one of it.
    """

    __tablename__ = "exchange_card"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    thread: Mapped[UUID]
    side: Mapped[UUID | None]
    kind: Mapped[str]
    about: Mapped[dict[str, Any]]
    on_date: Mapped[date]
    mark: Mapped[bytes]
    public: Mapped[bytes | None]
    letter: Mapped[bytes | None]

    __table_args__ = (Index("ix_exchange_card_thread", "thread", "kind"),)


class ExchangeNeed(ByAuthor, Owned, Base):
    """Our own half of a need: of which case it is, on whose word, and the private key."""

    __tablename__ = "exchange_need"

    case_id: Mapped[UUID]
    thread: Mapped[UUID]
    state: Mapped[str]
    posted_at: Mapped[datetime]
    side: Mapped[UUID | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_exchange_need_thread", "landlord_id", "thread"),
        Index("ix_exchange_need_case", "landlord_id", "case_id", "posted_at"),
    )


class ExchangeHome(ByAuthor, Owned, Base):
    """Our own half of a home that we offered: where it is and the private key, sealed by the landlord's own key."""

    __tablename__ = "exchange_home"

    thread: Mapped[UUID]
    side: Mapped[UUID]
    state: Mapped[str]
    offered_at: Mapped[datetime]
    sealed: Mapped[bytes]

    __table_args__ = (Index("ix_exchange_home_thread", "landlord_id", "thread"),)
