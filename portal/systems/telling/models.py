"""What was answered to a call that came with a key, so that the same call again does nothing twice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.store.base import Base, Owned


class SystemAnswer(Owned, Base):
    """One key of one token, as a keyed hash, and the id that was given for it."""

    __tablename__ = "system_answer"

    token_id: Mapped[UUID]
    key: Mapped[bytes]
    given_id: Mapped[UUID]
    at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "token_id"], ["system_token.landlord_id", "system_token.id"]),
        UniqueConstraint("landlord_id", "token_id", "key"),
    )
