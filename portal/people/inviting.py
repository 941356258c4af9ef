"""The verbs about a landlord's invitations: ask somebody in with a code, change as what, take it back, come in.

A role opens only once whoever is asked in has signed in and come. What the landlord is told and sees until then is the
same for every address, so that it learns of nobody whether they are on the portal, or where they work.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.domain.permissions import ROLE_NAMES, Permission, Role
from portal.people.administering import NotYoursToGiveError, Part, PartChangedMeanwhileError, give, may_give
from portal.people.coming_in import AskedIn, InvitationOverError, accept
from portal.people.handing_over import hand_over, withdraw
from portal.people.models import Account, Membership, StaffInvitation
from portal.people.queries import sign_of
from portal.people.service import AGENCY, AT_AGENCY
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of, with_eyes_of
from portal.store.scope import AccountScope
from portal.store.tenancy import Landlord

HERE_ALREADY = "Somebody with this address works here already. Change their roles instead."
ASKED_ALREADY = "Somebody with this address has been asked in already. Give them another code instead."


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who is asked in; `code` is shown once and kept nowhere."""

    account_id: UUID
    code: str


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """Somebody who was asked in and has not come."""

    id: UUID
    email: str
    name: str
    roles: frozenset[Role]
    post: str | None
    on_duty: bool
    ends_at: datetime | None
    made_by: str
    until_at: datetime

    @property
    def sign(self) -> str:
        """What a form carries along that changes this."""
        return sign_of(self.roles, self.post, self.ends_at, on_duty=self.on_duty)

    @property
    def role_names(self) -> str:
        """The roles in words, in the order of the table of roles."""
        return ", ".join(name for role, name in ROLE_NAMES.items() if role in self.roles)


def invite(
    session: Session, email: str, name: str, part: Part, actor: Actor, held: frozenset[Permission], now: datetime
) -> Invited:
    """Ask somebody in; the code is returned once, to be handed over. Nobody has a role by it yet."""
    may_give(part.roles, held)
    address, here = email.strip().lower(), scope_of(session).landlord_id
    found = session.execute(
        select(Account.id, Membership.id, Membership.ends_at)
        .outerjoin(Membership, (Membership.account_id == Account.id) & (Membership.landlord_id == here))
        .where(Account.email == address)
    ).first()
    if found and found[0] == actor.account_id:
        raise NotYoursToGiveError("Nobody changes their own roles.")
    if found and found[1] and (found.ends_at is None or found.ends_at > now):
        raise NotYoursToGiveError(HERE_ALREADY)
    if session.scalar(_waiting(session).where(StaffInvitation.email == address)):
        raise NotYoursToGiveError(ASKED_ALREADY)
    kept = StaffInvitation(
        landlord_id=here, id=new_id(), email=address, name=" ".join(name.split()), made_at=now, made_by=actor.name,
        until_at=now, opens=False, roles=[], on_duty=False,
    )  # fmt: skip
    _as_what(kept, part)
    code = hand_over(session, kept, kept.id, now)
    _audit(session, Fact.ROLE_ASKED, kept, actor, now)
    assert kept.account_id is not None  # noqa: S101 - it has one since the code was handed over
    return Invited(kept.account_id, code)


def anew(
    session: Session, invitation_id: UUID, actor: Actor, held: frozenset[Permission], now: datetime
) -> tuple[str, str]:
    """Another code for somebody who has not come, and their address; the one before is over."""
    kept = _one(session, invitation_id)
    _may_give(kept, held)
    code = hand_over(session, kept, kept.id, now)
    _audit(session, Fact.ROLE_ASKED, kept, actor, now)
    return code, kept.email


def change(
    session: Session,
    invitation_id: UUID,
    part: Part,
    sign: str,
    actor: Actor,
    held: frozenset[Permission],
    now: datetime,
) -> None:
    """Ask somebody in as something else; the code stays as it is.

    `sign` is that of the invitation as the page showed it; PartChangedMeanwhileError where it is another by now.
    """
    kept = _one(session, invitation_id)
    if sign != _row(kept).sign:
        raise PartChangedMeanwhileError
    _may_give(kept, held)
    may_give(part.roles, held)
    _as_what(kept, part)
    _audit(session, Fact.ROLE_ASKED, kept, actor, now)


def take_back(session: Session, invitation_id: UUID, actor: Actor, now: datetime) -> None:
    """The code opens nothing any more."""
    kept = session.scalar(_waiting(session).where(StaffInvitation.id == invitation_id).with_for_update())
    if kept is None:
        return
    withdraw(session, kept, now)
    _audit(session, Fact.ROLE_TAKEN_BACK, kept, actor, now)


def waiting(session: Session) -> list[InvitationRow]:
    """Whom this landlord has asked in, and who has not come."""
    return [_row(each) for each in session.scalars(_waiting(session).order_by(StaffInvitation.made_at))]


def one(session: Session, invitation_id: UUID) -> InvitationRow:
    """One of them; InvitationOverError where they have come meanwhile, and for another landlord's."""
    kept = session.scalar(_waiting(session).where(StaffInvitation.id == invitation_id))
    if kept is None:
        raise InvitationOverError
    return _row(kept)


def address_of_asked(session: Session, account_id: UUID) -> str | None:
    """Where to write to somebody who is asked in here, about their own sign-in; None for everybody else."""
    return session.scalar(
        select(Account.email)
        .join(StaffInvitation, StaffInvitation.account_id == Account.id)
        .where(
            Account.id == account_id, Account.active,
            StaffInvitation.landlord_id == scope_of(session).landlord_id, StaffInvitation.waits(),
        )
        .limit(1)
    )  # fmt: skip


def of_me(session: Session, account_id: UUID, now: datetime) -> list[AskedIn]:
    """Which landlords ask this person in; none, while they work for an agency. Asked in their own scope."""
    if session.scalar(at_an_agency(account_id)):
        return []
    rows = session.execute(
        select(StaffInvitation, Landlord.name)
        .join(Landlord, Landlord.id == StaffInvitation.landlord_id)
        .where(
            StaffInvitation.account_id == account_id, StaffInvitation.waits(), StaffInvitation.until_at > now,
            Landlord.active,
        )
        .order_by(Landlord.name)
    )  # fmt: skip
    return [
        AskedIn(
            kept.id, kept.landlord_id, landlord,
            tuple(says for role, says in ROLE_NAMES.items() if role.value in kept.roles),
            kept.made_by, not kept.opens,
        )
        for kept, landlord in rows
    ]  # fmt: skip


def come_in(session: Session, asked: AskedIn, actor: Actor, session_id: UUID, code: str, now: datetime) -> None:
    """They work there from now on, and the invitation is used up. In the scope of the landlord that asks them in."""
    kept = session.scalar(_waiting(session).where(StaffInvitation.id == asked.id).with_for_update())
    if actor.account_id is None:
        raise InvitationOverError
    accept(session, kept, actor.account_id, session_id, code, now)
    with with_eyes_of(session, AccountScope(actor.account_id)) as theirs:
        if kept is None or theirs.scalar(at_an_agency(actor.account_id)):
            raise InvitationOverError
    part = Part(tuple(Role(each) for each in kept.roles), kept.post, kept.on_duty, kept.ends_at)
    give(session, actor.account_id, part, actor, now)


def at_an_agency(account_id: UUID) -> Select[UUID]:
    """Whether they work for an agency; found in their own scope alone."""
    return (
        select(AT_AGENCY.c.account_id)
        .join(AGENCY, AGENCY.c.id == AT_AGENCY.c.agency_id)
        .where(AT_AGENCY.c.account_id == account_id, AT_AGENCY.c.ended_at.is_(None), AGENCY.c.active)
    )


def _as_what(kept: StaffInvitation, part: Part) -> None:
    kept.roles = [each.value for each in part.roles]
    kept.post, kept.on_duty, kept.ends_at = part.post, part.on_duty, part.ends_at


def _may_give(kept: StaffInvitation, held: frozenset[Permission]) -> None:
    may_give(tuple(Role(each) for each in kept.roles), held)


def _one(session: Session, invitation_id: UUID) -> StaffInvitation:
    kept = session.scalar(_waiting(session).where(StaffInvitation.id == invitation_id).with_for_update())
    if kept is None:
        raise InvitationOverError
    return kept


def _waiting(session: Session) -> Select[StaffInvitation]:
    here = StaffInvitation.landlord_id == scope_of(session).landlord_id
    return select(StaffInvitation).where(here, StaffInvitation.waits())


def _row(kept: StaffInvitation) -> InvitationRow:
    return InvitationRow(
        kept.id, kept.email, kept.name, frozenset(map(Role, kept.roles)), kept.post, kept.on_duty, kept.ends_at,
        kept.made_by, kept.until_at,
    )  # fmt: skip


def _audit(session: Session, fact: Fact, kept: StaffInvitation, actor: Actor, now: datetime) -> None:
    detail = " ".join(kept.roles)
    audit.record(session, fact, actor, now, subject="account", subject_id=kept.account_id, detail=detail)
