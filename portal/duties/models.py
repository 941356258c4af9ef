"""A task of a landlord that belongs to no case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class Duty(Owned, Base):
    """One thing to do. `source` names what opened it, so that it is opened once; `post` answers for it.

    `owner` is whoever has taken it. What is to be done, for whom, and what came of it are sealed.
    """

    __tablename__ = "duty"

    kind: Mapped[str]
    source: Mapped[str]
    clause: Mapped[str | None]
    post: Mapped[str | None]
    opened_at: Mapped[datetime]
    owner: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        UniqueConstraint("landlord_id", "source"),
        Index("ix_duty_open", "landlord_id", "ended_at", "opened_at"),
    )
