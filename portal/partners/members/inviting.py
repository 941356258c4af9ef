"""The verbs about invitations: ask somebody in with a code, give them a new one, take it back, come in.

The code is the one that a landlord gives its people too (portal.people.handing_over), and they come in as there
(portal.people.coming_in). What the agency is told and sees is the same in every case, so that it learns of nobody
whether they are on the portal already.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.domain.agency_roles import AGENCY_ROLE_NAMES, AgencyRole
from portal.domain.errors import PortalError
from portal.partners.agencies.models import Agency
from portal.partners.members.models import AgencyInvitation, AgencyMember
from portal.partners.members.service import agency_here, begin, in_order
from portal.people.coming_in import AskedIn, InvitationOverError, accept
from portal.people.handing_over import hand_over, withdraw
from portal.people.models import Account, Membership
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.database import with_eyes_of
from portal.store.scope import AccountScope


class HereAlreadyError(PortalError):
    """Somebody with this address works for this agency, or has been asked in."""


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One that nobody has come in by yet."""

    id: UUID
    email: str
    name: str
    made_by: str
    until_at: datetime


def invite(
    session: Session, email: str, name: str, roles: Collection[AgencyRole], actor: Actor, now: datetime
) -> str:
    """Ask somebody in; the code is returned once, to be handed over, and only its hash is kept."""
    address = email.strip().lower()
    working = select(AgencyMember.id).join(Account, Account.id == AgencyMember.account_id)
    if session.scalar(working.where(Account.email == address, AgencyMember.ended_at.is_(None))) or session.scalar(
        _waiting().where(AgencyInvitation.email == address)
    ):
        raise HereAlreadyError
    kept = AgencyInvitation(
        agency_id=agency_here(session),
        id=new_id(),
        email=address,
        name=" ".join(name.split()),
        roles=in_order(roles),
        made_at=now,
        made_by=actor.name,
        until_at=now,
        opens=False,
    )
    return hand_over(session, kept, kept.id, now)


def anew(session: Session, invitation_id: UUID, now: datetime) -> tuple[str, str]:
    """Another code for somebody who has not come in, and their address; the one before is over."""
    kept = session.scalar(_waiting().where(AgencyInvitation.id == invitation_id).with_for_update())
    if kept is None:
        raise InvitationOverError
    return hand_over(session, kept, kept.id, now), kept.email


def waiting(session: Session) -> list[InvitationRow]:
    """Whom this agency has asked in, and who has not come."""
    return [
        InvitationRow(each.id, each.email, each.name, each.made_by, each.until_at)
        for each in session.scalars(_waiting().order_by(AgencyInvitation.made_at))
    ]


def take_back(session: Session, invitation_id: UUID, now: datetime) -> None:
    """The code opens nothing any more."""
    kept = session.scalar(_waiting().where(AgencyInvitation.id == invitation_id).with_for_update())
    if kept is None:
        return
    withdraw(session, kept, now)
    session.flush()


def of_me(session: Session, account_id: UUID, now: datetime) -> list[AskedIn]:
    """Who asks this person in; nobody, while they work for an agency. Asked in their own scope."""
    at_one = select(AgencyMember.id).where(AgencyMember.account_id == account_id, AgencyMember.ended_at.is_(None))
    if session.scalar(at_one):
        return []
    rows = session.execute(
        select(AgencyInvitation, Agency.name)
        .join(Agency, Agency.id == AgencyInvitation.agency_id)
        .where(
            AgencyInvitation.account_id == account_id, AgencyInvitation.waits(), AgencyInvitation.until_at > now,
            Agency.active,
        )
        .order_by(Agency.name)
    )  # fmt: skip
    return [
        AskedIn(
            kept.id, kept.agency_id, agency,
            tuple(says for role, says in AGENCY_ROLE_NAMES.items() if role.value in kept.roles),
            kept.made_by, not kept.opens, at_agency=True,
        )
        for kept, agency in rows
    ]  # fmt: skip


def come_in(session: Session, asked: AskedIn, account_id: UUID, session_id: UUID, code: str, now: datetime) -> None:
    """They work there from now on, and the invitation is used up. In the scope of the agency that asks them in."""
    found = session.scalar(_waiting().where(AgencyInvitation.id == asked.id).with_for_update())
    kept = accept(session, found, account_id, session_id, code, now)
    with with_eyes_of(session, AccountScope(account_id)) as theirs:
        works = (Membership.account_id == account_id, Membership.holds(now))
        if theirs.scalar(select(Membership.id).where(*works).limit(1)):
            raise InvitationOverError
    begin(session, account_id, [AgencyRole(each) for each in kept.roles], Actor(account_id, kept.made_by), now)


def _waiting() -> Select[AgencyInvitation]:
    return select(AgencyInvitation).where(AgencyInvitation.waits())
