"""Proving anew who one is, before a sensitive act: whoever finds an unlocked screen gets no further than looking."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.people import passwords
from portal.people.models import Account, StaffSession
from portal.people.proving import app, factors, passkeys, recovery
from portal.people.proving.factors import Factors
from portal.people.proving.happened import Happened, note
from portal.people.proving.passkeys import PasskeyRefusedError, Site


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody gives: the password where they have no second factor, otherwise that."""

    password: str = ""
    code: str = ""
    passkey: str = ""

    @property
    def given(self) -> bool:
        """Is there anything at all?"""
        return bool(self.password or self.code or self.passkey)


@dataclass(frozen=True, slots=True)
class Ways:
    """How somebody can prove it: with a factor of theirs, or the password where they have none."""

    factors: Factors
    password: bool


def ways(session: Session, account_id: UUID) -> Ways:
    """What to ask for."""
    found = factors.of(session, account_id)
    return Ways(found, password=not found.any)


def prove(session: Session, account_id: UUID, session_id: UUID, proof: Proof, site: Site, now: datetime) -> bool:
    """Does it hold? Then the session is fresh from now on, and that is on record."""
    device = session.scalar(select(StaffSession.device).where(StaffSession.id == session_id)) or ""
    if not _holds(session, account_id, proof, site, device, now):
        return False
    _fresh(session, account_id, session_id, device, now)
    return True


def vouched(session: Session, account_id: UUID, session_id: UUID, now: datetime) -> None:
    """Their organisation has just asked them anew."""
    device = session.scalar(select(StaffSession.device).where(StaffSession.id == session_id)) or ""
    _fresh(session, account_id, session_id, device, now)


def _fresh(session: Session, account_id: UUID, session_id: UUID, device: str, now: datetime) -> None:
    session.execute(
        update(StaffSession)
        .where(StaffSession.id == session_id, StaffSession.account_id == account_id)
        .values(proved_at=now)
    )
    note(session, account_id, Happened.PROVED, device, now)


def _holds(session: Session, account_id: UUID, proof: Proof, site: Site, device: str, now: datetime) -> bool:
    if not factors.of(session, account_id).any:
        kept = session.scalar(select(Account.password_hash).where(Account.id == account_id))
        return passwords.matches(kept or passwords.nobodys(), proof.password)
    if proof.passkey:
        try:
            passkeys.proven(session, site, proof.passkey, account_id, now)
        except PasskeyRefusedError:
            return False
        return True
    return app.check(session, account_id, proof.code, now) or recovery.use(
        session, account_id, proof.code, device, now
    )
