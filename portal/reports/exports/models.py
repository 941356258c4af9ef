"""A file that somebody asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE, FILE = "export", "export.file"
"""Where its reason and recipient are sealed, and where the file itself is."""


class Export(Owned, Base):
    """One file. `period` is a quarter, or "all". Only whoever asked for it can save it, until `until_at`.

    `done` of `whole` lines are written while it is made. Once it is over, its key is destroyed and the file is gone.
    """

    __tablename__ = "export"

    what: Mapped[str]
    form: Mapped[str]
    period: Mapped[str]
    number: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    asked_name: Mapped[str]
    done: Mapped[int] = mapped_column(default=0)
    whole: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime | None]
    until_at: Mapped[datetime | None]
    saved: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    sealed: Mapped[bytes | None]
    file: Mapped[bytes | None]

    __table_args__ = (Index("ix_export_asked", "landlord_id", "asked_by", "asked_at"),)
