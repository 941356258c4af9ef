"""Who has read which version of the policy: everybody who works here says so once for each.

Sources: HS-026 3.2 (second use); STAR 9, All employees; NPH cover, distribution.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.landlords.policies import in_force
from portal.people.models import PolicyRead
from portal.people.queries import colleagues
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.work.models import Message


@dataclass(frozen=True, slots=True)
class Reader:
    """A colleague, and when they said that they have read the version in force."""

    account_id: UUID
    name: str
    role_names: str
    post: str | None
    read_at: datetime | None
    told_at: datetime | None
    """When they were told of it, once it was published here."""


def say(session: Session, actor: Actor, now: datetime) -> None:
    """I have read the version in force."""
    if actor.account_id is None:
        message = "Somebody must say it."
        raise PermissionError(message)
    version_id = in_force(session, now).version_id
    here = scope_of(session).landlord_id
    session.add(
        PolicyRead(
            landlord_id=here, id=new_id(), account_id=actor.account_id, version_id=version_id, read_at=now
        )
    )
    audit.record(session, Fact.POLICY_ACKNOWLEDGED, actor, now, subject="policy", subject_id=version_id)


def readers(session: Session, now: datetime) -> tuple[Reader, ...]:
    """Everybody who works here: when they were told of the version in force, and whether they have read it."""
    version_id = in_force(session, now).version_id
    rows = session.execute(
        select(PolicyRead.account_id, PolicyRead.read_at)
        .where(PolicyRead.landlord_id == scope_of(session).landlord_id, PolicyRead.version_id == version_id)
        .order_by(PolicyRead.read_at.desc())
    )
    said = dict(iter(rows))
    sent = select(Message.account_id, Message.made_at).where(
        Message.landlord_id == scope_of(session).landlord_id, Message.cause_id == version_id
    )
    told = dict(iter(session.execute(sent.order_by(Message.made_at.desc()))))
    found = (
        Reader(
            each.account_id,
            each.name,
            each.role_names,
            each.post,
            said.get(each.account_id),
            told.get(each.account_id),
        )
        for each in colleagues(session, now)
    )
    return tuple(sorted(found, key=lambda each: (each.read_at is not None, each.name)))
