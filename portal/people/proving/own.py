"""A person's own sign-in: what there is, changing the password, taking a factor away."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.people import passwords, service
from portal.people.models import Account
from portal.people.proving import app, factors, happened, passkeys, recovery, rules
from portal.people.proving.factors import Factors
from portal.people.proving.happened import EventRow, Happened
from portal.people.proving.passkeys import PasskeyRow, Site
from portal.people.proving.rules import Default


class NeededError(PortalError):
    """A role of theirs needs a second factor, and this is the last."""


@dataclass(frozen=True, slots=True)
class Own:
    """How somebody signs in, and what happened lately."""

    factors: Factors
    passkeys: list[PasskeyRow]
    events: list[EventRow]


def read(session: Session, account_id: UUID, now: datetime) -> Own:
    """All of it."""
    return Own(
        factors.of(session, account_id),
        passkeys.held(session, account_id, now),
        happened.lately(session, account_id),
    )


def change_password(
    session: Session, account_id: UUID, this: UUID, old: str, new: str, device: str, now: datetime
) -> bool:
    """Another password; False where the old one is not right. Every other sign-in ends."""
    kept = session.scalar(select(Account.password_hash).where(Account.id == account_id))
    if not passwords.matches(kept or passwords.nobodys(), old):
        return False
    session.execute(
        update(Account)
        .where(Account.id == account_id)
        .values(password_hash=passwords.hashed(new), mailed_at=None)
    )
    service.revoke_all(session, account_id, now, but=this)
    happened.note(session, account_id, Happened.PASSWORD_CHANGED, device, now)
    return True


def add_passkey(
    session: Session, site: Site, account_id: UUID, called: str, answer: str, device: str, now: datetime
) -> list[str]:
    """Keep a new passkey; where it is the first factor, recovery codes come with it."""
    had = factors.of(session, account_id)
    passkeys.add(session, site, account_id, called, answer, device, now)
    return [] if had.codes_left else recovery.make(session, account_id, device, now)


def remove_app(session: Session, account_id: UUID, device: str, default: Default, now: datetime) -> None:
    """Take the app away; the recovery codes go with it where no passkey is left."""
    found = factors.of(session, account_id)
    if not found.passkeys:
        _spare(session, account_id, default, now)
        recovery.forget(session, account_id)
    app.remove(session, account_id, device, now)


def remove_passkey(
    session: Session, account_id: UUID, passkey_id: UUID, device: str, default: Default, now: datetime
) -> None:
    """Take a passkey away."""
    found = factors.of(session, account_id)
    if not found.app and found.passkeys == 1:
        _spare(session, account_id, default, now)
        recovery.forget(session, account_id)
    passkeys.remove(session, account_id, passkey_id, device, now)


def _spare(session: Session, account_id: UUID, default: Default, now: datetime) -> None:
    if rules.asks(session, account_id, default, now):
        raise NeededError("Your role needs a second factor, and this is the only one. Set up another first.")
