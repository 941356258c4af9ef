"""The promise that what must follow will follow: written in the same transaction as the fact itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.domain.events import Event
from portal.store.base import Base, Owned, new_id
from portal.store.database import scope_of
from portal.store.scope import NoScopeError
from portal.store.statements import adding, pose


class OutboxEvent(Owned, Base):
    """An event that waits for the dispatcher; ids only."""

    __tablename__ = "outbox_event"

    kind: Mapped[str]
    ids: Mapped[dict[str, Any]]
    happened_at: Mapped[datetime]
    dispatched_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_outbox_event_waiting", "happened_at", postgresql_where=text("dispatched_at IS NULL")),
    )


class JobDone(Base):
    """A reaction that has been carried out: written in the job's own transaction, so it happens once."""

    __tablename__ = "job_done"

    landlord_id: Mapped[UUID] = mapped_column(ForeignKey("landlord.id"), primary_key=True)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    reaction: Mapped[str] = mapped_column(primary_key=True)
    done_at: Mapped[datetime]


PROMISE = adding(OutboxEvent, but={"dispatched_at"})


def record(session: Session, event: Event, now: datetime) -> UUID:
    """Promise the reactions to this event; they follow if, and only if, this transaction commits."""
    if event.landlord_id != scope_of(session).landlord_id:
        message = "An event is promised in the scope of its own landlord."
        raise NoScopeError(message)
    event_id = new_id()
    pose(session, PROMISE, id=event_id, kind=type(event).__name__, ids=event.ids(), happened_at=now)
    return event_id
