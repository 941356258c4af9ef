"""The verbs about forums and contacts: begin one, change it, record a time, end it.

Sources: AG/013 Operational Principle 9; whg 2.11.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.errors import PortalError
from portal.domain.forums import What, With, next_day
from portal.domain.permissions import Permission
from portal.partners.forums.models import Forum, ForumTime
from portal.partners.forums.queries import PLACE, TIME
from portal.people.queries import Colleague, colleagues
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of


class NoSuchForumError(PortalError):
    """No forum or contact with this id at this landlord."""


class ForumMeanwhileError(PortalError):
    """Somebody else changed or ended it since the page was opened."""


class NotYetHeldError(PortalError):
    """Only what has taken place is recorded."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What it is, with whom, how often, and who goes. Nobody's case is in it."""

    kind: What
    partner: With
    name: str
    people: str
    goes: str
    every_months: int | None
    next_on: date | None
    owner_id: UUID

    def said(self) -> dict[str, str]:
        """The words, as they are sealed."""
        return {"name": self.name, "people": self.people, "goes": self.goes}


@dataclass(frozen=True, slots=True)
class Held:
    """One time: when, in which role somebody took part, what was taken from it, and the next day where it is known."""

    on: date
    role: str
    took: str
    next_on: date | None = None


def begin(session: Session, what: Setting, actor: Actor, now: datetime) -> UUID:
    """Put a forum or contact in the register."""
    forum_id = new_id()
    session.add(
        Forum(
            landlord_id=scope_of(session).landlord_id,
            id=forum_id,
            kind=what.kind.value,
            partner=what.partner.value,
            every_months=what.every_months,
            next_on=what.next_on or next_day(in_london(now).date(), what.every_months),
            owner_id=what.owner_id,
            made_at=now,
            made_by=actor.name,
            sealed=cipher_of(session).seal_json(PLACE, forum_id, what.said()),
        )
    )
    _note(session, Fact.FORUM_CHANGED, forum_id, actor, now)
    return forum_id


def change(
    session: Session, forum_id: UUID, revision: int, what: Setting, actor: Actor, now: datetime
) -> None:
    """Change how it is set; another rhythm counts from the last time, where no day is named."""
    kept = _held(session, forum_id, revision)
    kept.kind, kept.partner = what.kind.value, what.partner.value
    kept.every_months, kept.owner_id = what.every_months, what.owner_id
    kept.next_on = what.next_on or next_day(_last(session, forum_id) or in_london(now).date(), what.every_months)
    kept.sealed = cipher_of(session).seal_json(PLACE, forum_id, what.said())
    kept.revision += 1
    _note(session, Fact.FORUM_CHANGED, forum_id, actor, now)


def took_part(
    session: Session, forum_id: UUID, revision: int, held: Held, actor: Actor, now: datetime
) -> None:
    """Record a time that somebody took part; the next follows from the day that is named, or from the rhythm."""
    if held.on > in_london(now).date():
        raise NotYetHeldError
    kept = _held(session, forum_id, revision)
    time_id, said = new_id(), {"role": held.role, "took": held.took}
    time = ForumTime(
        landlord_id=kept.landlord_id,
        id=time_id,
        forum_id=forum_id,
        held_on=held.on,
        made_at=now,
        made_by=actor.name,
        sealed=cipher_of(session).seal_json(TIME, time_id, said),
    )
    session.add(time)
    session.flush()
    kept.next_on = held.next_on or next_day(_last(session, forum_id) or held.on, kept.every_months)
    kept.revision += 1
    _note(session, Fact.FORUM_HELD, forum_id, actor, now)


def end(session: Session, forum_id: UUID, revision: int, actor: Actor, now: datetime) -> None:
    """It goes on no more; what was taken from it stays in the years."""
    kept = _held(session, forum_id, revision)
    kept.ended_at, kept.ended_by = now, actor.name
    kept.revision += 1
    _note(session, Fact.FORUM_CHANGED, forum_id, actor, now)


def keepers(session: Session, now: datetime) -> list[Colleague]:
    """Who can see to one: colleagues who may open the register."""
    return [each for each in colleagues(session, now) if each.can(Permission.AGREEMENT_KEEP)]


def _held(session: Session, forum_id: UUID, revision: int) -> Forum:
    wanted = select(Forum).where(Forum.landlord_id == scope_of(session).landlord_id, Forum.id == forum_id)
    kept = session.scalar(wanted.with_for_update())
    if kept is None:
        raise NoSuchForumError
    if kept.revision != revision or kept.ended_at:
        raise ForumMeanwhileError
    return kept


def _last(session: Session, forum_id: UUID) -> date | None:
    wanted = select(ForumTime.held_on).where(
        ForumTime.landlord_id == scope_of(session).landlord_id, ForumTime.forum_id == forum_id
    )
    return session.scalar(wanted.order_by(ForumTime.held_on.desc()).limit(1))


def _note(session: Session, fact: Fact, forum_id: UUID, actor: Actor, now: datetime) -> None:
    session.flush()
    audit.record(session, fact, actor, now, subject="forum", subject_id=forum_id)
