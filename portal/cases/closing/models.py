"""A closing that waits for a second person, or was decided by one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE = "closing_request"
"""Where the words of a closing are sealed."""


class ClosingRequest(Owned, Base):
    """What an officer wants to close a case with. One waits at a time; decided ones stay."""

    __tablename__ = "closing_request"

    case_id: Mapped[UUID]
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    asked_name: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    decision: Mapped[str | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index(
            "ix_closing_request_waiting",
            "landlord_id",
            "case_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
