"""The verbs about the people of an agency: let in, change, end. Each works in the scope of that agency alone."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.agency_roles import AgencyRole
from portal.domain.errors import PortalError
from portal.partners.members.models import AgencyMember
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.scope import AgencyScope, NoScopeError


class NoSuchMemberError(PortalError):
    """Nobody with this id works for this agency."""


class LastCoordinatorError(PortalError):
    """Somebody has to be able to let people in and to end their access."""


class OwnRolesError(PortalError):
    """Nobody takes a role on for themselves: whoever lets people in would let herself read."""


class ChangedMeanwhileError(PortalError):
    """Somebody else changed or ended it since the page was opened."""


def begin(session: Session, account_id: UUID, roles: Collection[AgencyRole], actor: Actor, now: datetime) -> UUID:
    """Somebody begins to work for the agency of this scope."""
    member = AgencyMember(
        agency_id=agency_here(session),
        id=new_id(),
        account_id=account_id,
        roles=in_order(roles),
        begins_at=now,
        begun_by=actor.name,
    )
    session.add(member)
    session.flush()
    return member.id


def change(session: Session, member_id: UUID, roles: Collection[AgencyRole], actor: Actor, now: datetime) -> UUID:
    """Give somebody other roles: what was ends, and what is begins, so that both stay on record. Returns who it is.

    One's own can be given up, and nothing be taken on. Source: Primero R2-3558.
    """
    member = _held(session, member_id)
    if member.ended_at:
        raise ChangedMeanwhileError
    if member.roles == in_order(roles):
        return member.account_id
    if AgencyRole.COORDINATOR not in roles:
        _check_another(session, member)
    if member.account_id == actor.account_id and not set(in_order(roles)) <= set(member.roles):
        raise OwnRolesError
    member.ended_at, member.ended_by = now, actor.name
    session.flush()
    begin(session, member.account_id, roles, actor, now)
    return member.account_id


def end(session: Session, member_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Their access ends at this instant, wherever they are signed in. Returns who it is."""
    member = _held(session, member_id)
    if member.ended_at:
        raise ChangedMeanwhileError
    _check_another(session, member)
    member.ended_at, member.ended_by = now, actor.name
    return member.account_id


def works_here(session: Session, member_id: UUID) -> UUID:
    """Whose part this is, while they work here; NoSuchMemberError afterwards, and for another agency's."""
    account_id = session.scalar(
        select(AgencyMember.account_id).where(AgencyMember.id == member_id, AgencyMember.ended_at.is_(None))
    )
    if account_id is None:
        raise NoSuchMemberError
    return account_id


def agency_here(session: Session) -> UUID:
    """The agency of this scope; any other kind raises."""
    scope = session.info["scope"]
    if not isinstance(scope, AgencyScope):
        message = "This needs the scope of one agency."
        raise NoScopeError(message)
    return scope.agency_id


def _held(session: Session, member_id: UUID) -> AgencyMember:
    """Them and every coordinator, so that two who end each other's access cannot both succeed."""
    rows = session.scalars(
        select(AgencyMember)
        .where((AgencyMember.id == member_id) | AgencyMember.ended_at.is_(None))
        .order_by(AgencyMember.id)
        .with_for_update()
    ).all()
    found = next((each for each in rows if each.id == member_id), None)
    if found is None:
        raise NoSuchMemberError
    return found


def _check_another(session: Session, member: AgencyMember) -> None:
    if AgencyRole.COORDINATOR not in member.roles:
        return
    others = session.scalars(
        select(AgencyMember.roles).where(AgencyMember.ended_at.is_(None), AgencyMember.id != member.id)
    )
    if not any(AgencyRole.COORDINATOR in roles for roles in others):
        raise LastCoordinatorError


def in_order(roles: Collection[AgencyRole]) -> list[str]:
    return [each.value for each in AgencyRole if each in roles]
