"""Leaving notices for staff: written with what they are about, delivered afterwards, never left twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.messaging.words import Kind, new_code
from portal.store.base import new_id
from portal.store.statements import HERE, Later, Statement, adding, pose
from portal.store.tenancy import Landlord
from portal.work.models import Message

LEAVE = adding(Message, but={"sent_at", "stopped_at", "fault", "read_at"}, once=True)
SLUG = Statement(select(Landlord.slug).where(Landlord.id == HERE))


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that one person is to be told. The same cause, kind and person again is the same notice."""

    account_id: UUID
    cause_id: UUID
    kind: Kind
    link: str
    count: int = 1


def leave(session: Session, notices: Iterable[Notice], now: datetime) -> None:
    """Write notices down for delivery, in the transaction of what causes them."""
    for each in notices:
        pose(
            session,
            LEAVE,
            id=new_id(),
            account_id=each.account_id,
            cause_id=each.cause_id,
            kind=each.kind.value,
            code=new_code(),
            link=each.link,
            count=each.count,
            made_at=now,
            attempts=0,
            retry_at=now,
        )


def desk_of(session: Session) -> str:
    """The path under which this landlord's staff find everything."""
    return pose_desk_of(session)()


def pose_desk_of(session: Session) -> Later[str]:
    """The same, for whoever asks for more at once."""
    found = pose(session, SLUG)
    return lambda: f"/desk/{found.rows[0].slug}"
