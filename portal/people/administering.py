"""Who works for a landlord, kept by the landlord itself: change, end. How somebody is asked in: portal.people.inviting.

Nobody gives a role that allows more than their own do, nor changes their own. Source: HS-026 1.1; Primero R2-3558.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.permissions import Permission, Role, grantable, permissions_of
from portal.people.models import Membership
from portal.people.queries import sign_of
from portal.people.sign_ins import NoSuchColleagueError
from portal.people.staff import give_roles
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.database import scope_of


class NotYoursToGiveError(PortalError):
    """The role allows more than the one who gives it may do, or is their own."""


class PartChangedMeanwhileError(PortalError):
    """Somebody else has changed this colleague's part since the page was opened."""


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody is to be here."""

    roles: tuple[Role, ...]
    post: str | None
    on_duty: bool
    ends_at: datetime | None = None


def change(
    session: Session,
    account_id: UUID,
    part: Part,
    sign: str,
    actor: Actor,
    held: frozenset[Permission],
    now: datetime,
) -> None:
    """Set anew what a colleague may do here: only within what the one who sets it may do.

    `sign` is that of their part as the page showed it; PartChangedMeanwhileError where it is another by now.
    """
    before = colleague(session, account_id, actor, now)
    session.refresh(before, with_for_update=True)
    if sign != sign_of(before.roles, before.post, before.ends_at, on_duty=before.on_duty):
        raise PartChangedMeanwhileError
    may_give(tuple(Role(each) for each in before.roles), held)
    may_give(part.roles, held)
    give(session, account_id, part, actor, now)


def end(session: Session, account_id: UUID, actor: Actor, now: datetime) -> None:
    """Take every role here, at once. What they wrote stays; their open work is handed over apart."""
    colleague(session, account_id, actor, now)
    give_roles(session, account_id, [], actor, now)


def may_give(roles: Sequence[Role], held: frozenset[Permission]) -> None:
    """Refuse a role that allows anything that the giver may not do."""
    if beyond := [each for each in roles if each not in grantable(held)]:
        raise NotYoursToGiveError(f"You cannot give or take what you do not hold yourself: {', '.join(beyond)}.")


def give(session: Session, account_id: UUID, part: Part, actor: Actor, now: datetime) -> None:
    """Make somebody what they are to be here; whether the giver may is asked before."""
    give_roles(
        session,
        account_id,
        part.roles,
        actor,
        now,
        post=part.post,
        on_duty=part.on_duty and Permission.CASE_WORK in permissions_of(frozenset(part.roles)),
        ends_at=part.ends_at,
    )


def colleague(session: Session, account_id: UUID, actor: Actor, now: datetime) -> Membership:
    """Somebody with a role here; NoSuchColleagueError for others, NotYoursToGiveError for oneself."""
    found = _membership(session, account_id, now)
    if found is None:
        raise NoSuchColleagueError
    if account_id == actor.account_id:
        raise NotYoursToGiveError("Nobody changes their own roles.")
    return found


def _membership(session: Session, account_id: UUID, now: datetime) -> Membership | None:
    found = session.scalar(
        select(Membership).where(
            Membership.landlord_id == scope_of(session).landlord_id, Membership.account_id == account_id
        )
    )
    return found if found and (found.ends_at is None or found.ends_at > now) else None


def note_reading(session: Session, actor: Actor, permission: str | None, now: datetime) -> None:
    """That the list of people was read."""
    audit.record(session, Fact.TEAM_READ, actor, now, permission=permission)
