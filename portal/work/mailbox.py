"""Messages as they stand in the portal: a person's own, and how many could not be delivered."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal.messaging.words import SENTENCES, SUBJECTS, Kind
from portal.work.delivery import WAITING
from portal.work.models import Message

PAGE = 50
LATE = timedelta(minutes=15)
TIMED = frozenset({Kind.LIFE, Kind.OVERDUE, Kind.DUE_NOW, Kind.DUE_SOON, Kind.NEW_REPORT, Kind.ASSIGNED})
"""Messages about one thing that a clock runs for."""


@dataclass(frozen=True, slots=True)
class Item:
    """One message as its reader sees it in the portal."""

    id: UUID
    kind: Kind
    subject: str
    says: str
    code: str
    link: str
    count: int
    made_at: datetime
    sent_at: datetime | None
    read_at: datetime | None

    @property
    def why(self) -> str:
        """Where it says why that is due when it is; empty where nothing with a clock is meant."""
        return f"{self.link}/why" if _ONE_THING.fullmatch(self.link) and self.kind in TIMED else ""


_ONE_THING = re.compile(r"/desk/[^/]+/(?:cases|reports)/[^/]+")


@dataclass(frozen=True, slots=True)
class Undelivered:
    """The alarm about messages at one landlord: given up, or waiting longer than a quarter of an hour."""

    given_up: int
    late: int


def mailbox(session: Session, account_id: UUID) -> tuple[Item, ...]:
    """The newest messages to one person at this landlord."""
    rows = session.execute(
        select(
            Message.id,
            Message.kind,
            Message.code,
            Message.link,
            Message.count.label("things"),
            Message.made_at,
            Message.sent_at,
            Message.read_at,
        )
        .where(Message.account_id == account_id)
        .order_by(Message.made_at.desc(), Message.id.desc())
        .limit(PAGE)
    )
    return tuple(
        Item(
            id=row.id,
            kind=(kind := Kind(row.kind)),
            subject=SUBJECTS[kind],
            says=SENTENCES[kind],
            code=row.code,
            link=row.link,
            count=row.things,
            made_at=row.made_at,
            sent_at=row.sent_at,
            read_at=row.read_at,
        )
        for row in rows
    )


def link_of(session: Session, account_id: UUID, message_id: UUID) -> str | None:
    """Where one message to this person leads; None for anybody else's, as for one that never was."""
    wanted = select(Message.link).where(Message.id == message_id, Message.account_id == account_id)
    return session.scalar(wanted)


def mark_read(session: Session, account_id: UUID, now: datetime) -> None:
    """This person has seen her messages."""
    session.execute(
        update(Message).where(Message.account_id == account_id, Message.read_at.is_(None)).values(read_at=now)
    )


def undelivered(session: Session, now: datetime) -> Undelivered:
    """What went wrong with messages at this landlord in the last week."""
    row = session.execute(
        select(
            func.count()
            .filter(Message.stopped_at.is_not(None) & Message.fault.is_not(None))
            .label("given_up"),
            func.count().filter(WAITING & (Message.made_at < now - LATE)).label("late"),
        ).where(Message.made_at > now - timedelta(days=7))
    ).one()
    return Undelivered(row.given_up, row.late)
