"""The verbs about invitations: ask somebody in with a code, give them a new one, take it back, come in.

The code is the one that a landlord gives its people too (portal.people.administering): it is handed over by whoever
asks somebody in, stands in no address, and lets the owner of a new account choose a password. An account that was
there before it never opens; its owner signs in as always, and says the code to come in. What the agency is told and
sees is the same in every case, so that it learns of nobody whether they are on the portal already.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.domain.agency_roles import AGENCY_ROLE_NAMES, AgencyRole
from portal.domain.errors import PortalError
from portal.partners.agencies.models import Agency
from portal.partners.members.models import AgencyInvitation, AgencyMember
from portal.partners.members.service import agency_here, begin, in_order
from portal.people import passwords
from portal.people.administering import CODE_HOLDS, new_code, plain
from portal.people.models import Account, AccountCode, Membership, StaffSession
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.database import with_eyes_of
from portal.store.scope import AccountScope


class InvitationOverError(PortalError):
    """It was used, taken back, has run out, or never was: nobody is told which."""


class WrongCodeError(PortalError):
    """The code is not that of the invitation."""


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


@dataclass(frozen=True, slots=True)
class AskedIn:
    """An invitation as the person reads it who was asked in; `says_code` where the code has proved nothing yet."""

    id: UUID
    agency_id: UUID
    agency: str
    role_names: tuple[str, ...]
    made_by: str
    says_code: bool


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
    return _with_code(session, kept, now)


def anew(session: Session, invitation_id: UUID, now: datetime) -> tuple[str, str]:
    """Another code for somebody who has not come in, and their address; the one before is over."""
    kept = session.scalar(_waiting().where(AgencyInvitation.id == invitation_id).with_for_update())
    if kept is None:
        raise InvitationOverError
    return _with_code(session, kept, now), kept.email


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
    kept.ended_at = now
    if kept.opens:
        session.execute(delete(AccountCode).where(AccountCode.account_id == kept.account_id))
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
            AgencyInvitation.account_id == account_id, AgencyInvitation.ended_at.is_(None),
            AgencyInvitation.used_at.is_(None), AgencyInvitation.until_at > now, Agency.active,
        )
        .order_by(Agency.name)
    )  # fmt: skip
    return [
        AskedIn(
            kept.id, kept.agency_id, agency,
            tuple(says for role, says in AGENCY_ROLE_NAMES.items() if role.value in kept.roles),
            kept.made_by, not kept.opens,
        )
        for kept, agency in rows
    ]  # fmt: skip


def come_in(session: Session, asked: AskedIn, account_id: UUID, code: str, now: datetime) -> None:
    """They work there from now on, and the invitation is used up. In the scope of the agency that asks them in."""
    kept = session.scalar(_waiting().where(AgencyInvitation.id == asked.id).with_for_update())
    if kept is None or kept.account_id != account_id or kept.until_at <= now:
        raise InvitationOverError
    if not kept.opens and not passwords.matches(kept.code_hash or passwords.nobodys(), plain(code)):
        raise WrongCodeError
    kept.used_at = now
    begin(session, account_id, [AgencyRole(each) for each in kept.roles], Actor(account_id, kept.made_by), now)


def _with_code(session: Session, kept: AgencyInvitation, now: datetime) -> str:
    """A new code. It opens the account only where that was made for this invitation, and is nobody's else meanwhile."""
    code = new_code()
    kept.code_hash, kept.until_at = passwords.hashed(plain(code)), now + CODE_HOLDS
    found = session.scalar(select(Account.id).where(Account.email == kept.email))
    if found is None:
        account = Account(
            id=new_id(), email=kept.email, name=kept.name, password_hash=passwords.nobodys(), demo=False, made_at=now
        )
        session.add(account)
        session.flush()
        kept.account_id, kept.opens = account.id, True
    else:
        kept.opens = kept.opens and kept.account_id == found and _is_nobodys_else(session, kept)
        kept.account_id = found
    session.add(kept)
    session.flush()
    if kept.opens:
        values = {"code_hash": kept.code_hash, "made_at": now, "ends_at": kept.until_at}
        adding = insert(AccountCode).values(account_id=kept.account_id, anew=False, **values)
        session.execute(adding.on_conflict_do_update(index_elements=["account_id"], set_=values))
    return code


def _is_nobodys_else(session: Session, kept: AgencyInvitation) -> bool:
    """The account has never been signed in to, and no landlord and no other agency has asked its owner in since."""
    if kept.account_id is None or session.scalar(
        select(func.count()).select_from(StaffSession).where(StaffSession.account_id == kept.account_id)
    ):
        return False
    with with_eyes_of(session, AccountScope(kept.account_id)) as theirs:
        elsewhere = select(AgencyInvitation.id).where(AgencyInvitation.agency_id != kept.agency_id)
        return not (
            theirs.scalar(select(Membership.id).limit(1))
            or theirs.scalar(select(AgencyMember.id).limit(1))
            or theirs.scalar(elsewhere.limit(1))
        )


def _waiting() -> Select[AgencyInvitation]:
    return select(AgencyInvitation).where(AgencyInvitation.ended_at.is_(None), AgencyInvitation.used_at.is_(None))
