"""Who runs the portal, and each time that support asked a landlord to be let in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class PlatformOperator(Base):
    """Somebody who makes and suspends landlords. It gives no role at any of them and opens nothing in them."""

    __tablename__ = "platform_operator"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SupportAccess(Owned, Base):
    """What support asked for and the landlord's answer. Let in means: a role without any case, until `until_at`."""

    __tablename__ = "support_access"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    reason: Mapped[str]
    hours: Mapped[int]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    until_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]

    __table_args__ = (Index("ix_support_access_asked", "landlord_id", "asked_at"),)
