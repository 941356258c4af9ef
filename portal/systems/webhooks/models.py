"""Where notices go, and each one that was to be sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE = "webhook"


class Webhook(Owned, Base):
    """One place to which notices go. Its address and secrets are sealed."""

    __tablename__ = "webhook"

    name: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(JSONB)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    old_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    sealed: Mapped[bytes]


class WebhookNotice(Owned, Base):
    """One notice to one place. `about` is opaque: the number of a job, or an id; `cause_id` is what it comes from."""

    __tablename__ = "webhook_notice"

    webhook_id: Mapped[UUID]
    kind: Mapped[str]
    about: Mapped[str]
    cause_id: Mapped[UUID]
    happened_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    answered: Mapped[int | None]
    fault: Mapped[str | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "webhook_id"], ["webhook.landlord_id", "webhook.id"]),
        UniqueConstraint("landlord_id", "webhook_id", "kind", "cause_id"),
        Index(
            "ix_webhook_notice_waiting",
            "landlord_id",
            "retry_at",
            postgresql_where=text("sent_at IS NULL AND stopped_at IS NULL"),
        ),
        Index("ix_webhook_notice_log", "landlord_id", "webhook_id", "happened_at"),
    )
