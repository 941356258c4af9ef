"""Who works for a landlord, kept by the landlord itself: invite, change, end.

Nobody gives a role that allows more than their own do, nor changes their own. Source: HS-026 1.1; Primero R2-3558.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.permissions import Permission, Role, grantable, permissions_of
from portal.people import passwords
from portal.people.models import Account, AccountCode, Membership
from portal.people.staff import give_roles
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of

CODE_HOLDS = timedelta(days=7)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter that can be taken for another, on paper or by telephone."""


class NotYoursToGiveError(PortalError):
    """The role allows more than the one who gives it may do, or is their own."""


class NoSuchColleagueError(PortalError):
    """Nobody with this account has a role here."""


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody is to be here."""

    roles: tuple[Role, ...]
    post: str | None
    on_duty: bool
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """A colleague who was let in; `code` is shown once and kept nowhere."""

    account_id: UUID
    code: str


def invite(
    session: Session,
    email: str,
    name: str,
    part: Part,
    actor: Actor,
    held: frozenset[Permission],
    now: datetime,
) -> Invited:
    """Let somebody work here. A new account has no password until its owner has chosen one with the code.

    Whoever has an account already keeps their password, and the code opens nothing: the answer is the same and takes
    as long, so that nobody learns here who works elsewhere. A code that somebody else has handed over, and that is
    not used yet, opens nothing either from now on: it would open what is given here.
    """
    may_give(part.roles, held)
    account = session.scalar(select(Account).where(Account.email == email.strip().lower()))
    if account and account.id == actor.account_id:
        raise NotYoursToGiveError("Nobody changes their own roles.")
    if account and _membership(session, account.id, now):
        raise NotYoursToGiveError("Somebody with this address works here already. Change their roles instead.")
    code = new_code()
    code_hash = passwords.hashed(plain(code))
    if account is None:
        account = Account(
            id=new_id(), email=email.strip().lower(), name=name, password_hash=passwords.nobodys(), made_at=now
        )
        session.add(account)
        session.flush()
        session.add(AccountCode(account_id=account.id, code_hash=code_hash, made_at=now, ends_at=now + CODE_HOLDS))
    else:
        session.execute(delete(AccountCode).where(AccountCode.account_id == account.id))
    _give(session, account.id, part, actor, now)
    session.execute(
        update(Membership)
        .where(Membership.landlord_id == scope_of(session).landlord_id, Membership.account_id == account.id)
        .values(invited_at=now)
    )
    return Invited(account.id, code)


def change(
    session: Session, account_id: UUID, part: Part, actor: Actor, held: frozenset[Permission], now: datetime
) -> None:
    """Set anew what a colleague may do here: only within what the one who sets it may do."""
    before = colleague(session, account_id, actor, now)
    may_give(tuple(Role(each) for each in before.roles), held)
    may_give(part.roles, held)
    _give(session, account_id, part, actor, now)


def end(session: Session, account_id: UUID, actor: Actor, now: datetime) -> None:
    """Take every role here, at once. What they wrote stays; their open work is handed over apart."""
    colleague(session, account_id, actor, now)
    give_roles(session, account_id, [], actor, now)


def may_give(roles: Sequence[Role], held: frozenset[Permission]) -> None:
    """Refuse a role that allows anything that the giver may not do."""
    if beyond := [each for each in roles if each not in grantable(held)]:
        raise NotYoursToGiveError(f"You cannot give or take what you do not hold yourself: {', '.join(beyond)}.")


def _give(session: Session, account_id: UUID, part: Part, actor: Actor, now: datetime) -> None:
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
    """Somebody with a role here; NotYoursToGiveError for oneself."""
    found = _membership(session, account_id, now)
    if found is None:
        raise NoSuchColleagueError("There is no such colleague.")
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


def new_code() -> str:
    """A code for paper and telephone."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def plain(code: str) -> str:
    """A code as it is compared, however it was typed."""
    return "".join(each for each in code.lower() if each in LETTERS)


def note_reading(session: Session, actor: Actor, permission: str | None, now: datetime) -> None:
    """That the list of people was read."""
    audit.record(session, Fact.TEAM_READ, actor, now, permission=permission)
