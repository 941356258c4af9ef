"""A token of one system, kept as a keyed hash."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class SystemToken(Owned, Base):
    """One token. `hint` is its beginning, by which people tell tokens apart; the whole was shown once.

    When it was last used is read off the audit, where each call stands.
    """

    __tablename__ = "system_token"

    name: Mapped[str]
    hint: Mapped[str]
    token: Mapped[bytes]
    scopes: Mapped[list[str]] = mapped_column(JSONB)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    until_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]

    __table_args__ = (UniqueConstraint("landlord_id", "token"),)
