"""What the portal's own processes keep: signs of life, and messages to staff until and after they are delivered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class Heartbeat(Base):
    """When a process was last seen alive."""

    __tablename__ = "heartbeat"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    label: Mapped[str]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class Message(Owned, Base):
    """One mail to one member of staff. It has no words of its own: `kind` chooses a fixed text, `code` is opaque."""

    __tablename__ = "message"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    cause_id: Mapped[UUID]
    kind: Mapped[str]
    code: Mapped[str]
    link: Mapped[str]
    count: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime]
    fault: Mapped[str | None]
    read_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("landlord_id", "cause_id", "kind", "account_id"),
        Index(
            "ix_message_waiting",
            "landlord_id",
            "retry_at",
            postgresql_where=text("sent_at IS NULL AND stopped_at IS NULL"),
        ),
        Index("ix_message_account", "landlord_id", "account_id", "made_at"),
    )
