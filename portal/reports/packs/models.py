"""One report to one body about one quarter."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE = "pack"
"""Where the words of a report are sealed."""


class Pack(Owned, Base):
    """`figures` holds what may be published and nothing else, as it was when it was made; what was sent stays.

    `done` says how many of its figures are counted while it is being made.
    """

    __tablename__ = "pack"

    body: Mapped[str]
    clause: Mapped[str]
    quarter: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    done: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime | None]
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    sealed: Mapped[bytes]
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)

    __table_args__ = (UniqueConstraint("landlord_id", "quarter", "body"),)
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - read by SQLAlchemy
