"""The verbs about invitations: ask somebody in by a link that works once and not for long, take it back, come in by it.

The link is handed over by the coordinator and sent nowhere from here. It begins with the agency, in whose scope it is
looked up, and holds a secret of which only the hash is kept.
"""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.domain.agency_roles import AgencyRole
from portal.domain.errors import PortalError
from portal.partners.agencies.models import Agency
from portal.partners.members.models import AgencyInvitation
from portal.partners.members.service import begin, in_order
from portal.people.models import Account
from portal.people.passwords import hashed
from portal.store.audit import Actor
from portal.store.base import new_id

HOLDS_FOR = timedelta(days=3)  # the portal's own: long enough for a weekend, too short to lie about
SECRET_BYTES = 24
AGENCY_HEX = 32


class InvitationOverError(PortalError):
    """It was used, taken back, has run out, or never was: nobody is told which."""


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One that is open."""

    id: UUID
    email: str
    name: str
    roles: frozenset[AgencyRole]
    made_by: str
    until_at: datetime


def invite(
    session: Session, agency_id: UUID, email: str, name: str, roles: Collection[AgencyRole], actor: Actor,
    now: datetime,
) -> str:  # fmt: skip
    """Ask somebody in; what stands in the link is returned once and kept nowhere. An older one for them ends."""
    address, secret = email.strip().lower(), secrets.token_urlsafe(SECRET_BYTES)
    for each in session.scalars(_open(now).where(AgencyInvitation.email == address)):
        each.ended_at = now
    session.add(
        AgencyInvitation(
            agency_id=agency_id,
            id=new_id(),
            secret_hash=_hash(secret),
            email=address,
            name=" ".join(name.split()),
            roles=in_order(roles),
            made_at=now,
            made_by=actor.name,
            until_at=now + HOLDS_FOR,
        )
    )
    session.flush()
    return f"{agency_id.hex}{secret}"


def open_ones(session: Session, now: datetime) -> list[InvitationRow]:
    """The invitations of this agency that can still be used."""
    return [_row(each) for each in session.scalars(_open(now).order_by(AgencyInvitation.made_at))]


def take_back(session: Session, invitation_id: UUID, now: datetime) -> None:
    """The link works no more."""
    for each in session.scalars(_open(now).where(AgencyInvitation.id == invitation_id)):
        each.ended_at = now
    session.flush()


def agency_in(link: str) -> tuple[UUID, str]:
    """Which agency a link is of, and its secret; InvitationOverError for what cannot be one."""
    try:
        return UUID(hex=link[:AGENCY_HEX]), link[AGENCY_HEX:]
    except ValueError:
        raise InvitationOverError from None


def found(session: Session, secret: str, now: datetime) -> InvitationRow:
    """The invitation of this secret, while it can be used and the agency is on the portal."""
    wanted = _open(now).join(Agency, Agency.id == AgencyInvitation.agency_id)
    kept = session.scalar(wanted.where(AgencyInvitation.secret_hash == _hash(secret), Agency.active))
    if kept is None:
        raise InvitationOverError
    return _row(kept)


def make_account(session: Session, row: InvitationRow, password: str, now: datetime) -> UUID:
    """Their account. Whoever has one already is on a side already, and does not come in by a link."""
    if session.scalar(select(Account.id).where(Account.email == row.email)):
        raise InvitationOverError
    account = Account(
        id=new_id(), email=row.email, name=row.name, password_hash=hashed(password), demo=False, made_at=now
    )
    session.add(account)
    session.flush()
    return account.id


def come_in(session: Session, row: InvitationRow, account_id: UUID, now: datetime) -> None:
    """They work there from now on, and the link is used up."""
    wanted = _open(now).where(AgencyInvitation.id == row.id).with_for_update()
    kept = session.scalar(wanted)
    if kept is None:
        raise InvitationOverError
    kept.used_at = now
    begin(session, account_id, row.roles, Actor(account_id, kept.made_by), now)


def _open(now: datetime) -> Select[AgencyInvitation]:
    return select(AgencyInvitation).where(
        AgencyInvitation.ended_at.is_(None), AgencyInvitation.used_at.is_(None), AgencyInvitation.until_at > now
    )


def _row(kept: AgencyInvitation) -> InvitationRow:
    roles = frozenset(map(AgencyRole, kept.roles))
    return InvitationRow(kept.id, kept.email, kept.name, roles, kept.made_by, kept.until_at)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
