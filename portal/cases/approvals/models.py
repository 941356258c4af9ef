"""What a second person has said to an assessment or a plan."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE = "approval"
"""Where the words are sealed."""


class Approval(Owned, Base):
    """One look of a second person, at one completed assessment or one agreed version of a plan. Append-only."""

    __tablename__ = "approval"

    case_id: Mapped[UUID]
    what: Mapped[str]
    of_id: Mapped[UUID]
    verdict: Mapped[str]
    at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    actor: Mapped[str]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        UniqueConstraint("landlord_id", "case_id", "what", "of_id"),
    )
