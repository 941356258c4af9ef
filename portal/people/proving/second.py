"""The second step of signing in: whoever gave the right password proves that they hold their telephone or key too."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.people import service
from portal.people.models import Account, StaffSession
from portal.people.proving import app, factors, passkeys, recovery
from portal.people.proving.factors import Factors
from portal.people.proving.happened import Happened, note
from portal.people.proving.passkeys import PasskeyRefusedError, Site
from portal.people.service import SignedIn, Via
from portal.web.principal import Principal


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody between the two steps."""

    session_id: UUID
    account_id: UUID
    email: str
    device: str
    factors: Factors


def waiting(session: Session, token: str | None, now: datetime) -> Waiting | None:
    """Who waits with this half session; None where it is over, or never was."""
    row = session.execute(
        select(StaffSession.id, StaffSession.account_id, StaffSession.device, Account.email)
        .join(Account, Account.id == StaffSession.account_id)
        .where(
            StaffSession.secret_hash == service.hash_of(token or ""),
            StaffSession.half,
            StaffSession.revoked_at.is_(None),
            StaffSession.ends_at > now,
            Account.active,
        )
    ).first()
    if row is None:
        return None
    return Waiting(row.id, row.account_id, row.email, row.device, factors.of(session, row.account_id))


def with_code(session: Session, who: Waiting, code: str, now: datetime) -> SignedIn | None:
    """Let them in with the figures of their app, or with a recovery code; None where it is neither."""
    if app.check(session, who.account_id, code, now):
        return _whole(session, who, Via.WITH_APP, now)
    if recovery.use(session, who.account_id, code, who.device, now):
        return _whole(session, who, Via.WITH_CODE, now)
    return None


def with_passkey(session: Session, who: Waiting, site: Site, answer: str, now: datetime) -> SignedIn:
    """Let them in with a passkey of theirs; PasskeyRefusedError for any other."""
    passkeys.proven(session, site, answer, who.account_id, now)
    return _whole(session, who, Via.WITH_PASSKEY, now)


def passkey_alone(session: Session, site: Site, answer: str, device: str, now: datetime) -> tuple[SignedIn, str]:
    """Sign in with a passkey and nothing else, and the address whose it is; PasskeyRefusedError if it does not hold."""
    account_id = passkeys.proven(session, site, answer, None, now)
    email = session.scalar(select(Account.email).where(Account.id == account_id, Account.active))
    if email is None:
        raise PasskeyRefusedError
    return service.begin(session, account_id, device, now, Via.PASSKEY), email


def by_organisation(
    session: Session, account_id: UUID, landlord_id: UUID, before: Principal | None, device: str, now: datetime
) -> tuple[SignedIn, str]:
    """Sign in whom an organisation vouches for, to its landlord alone; what others have opened before stays open.

    Whoever is signed in by themselves stays so, and the landlord opens to them where it had insisted on this.
    """
    if before is not None and not before.vouched_for:
        service.vouch_too(session, account_id, before.session_id, landlord_id)
        how = Via.ORGANISATION.name.lower()
        note(session, account_id, Happened.SIGNED_IN, device, now, how=how, at=[landlord_id])
        return SignedIn(account_id, before.token), before.email
    opened = {landlord_id}
    if before is not None:
        opened |= before.roles.keys()
        service.revoke(session, account_id, before.session_id, now)
    email = session.scalars(select(Account.email).where(Account.id == account_id)).one()
    found = service.begin(session, account_id, device, now, Via.ORGANISATION, opened=tuple(sorted(opened)))
    return found, email


def wrong_codes(session: Session, who: Waiting, now: datetime) -> None:
    """Somebody who has the password guesses at the rest: its owner is to know."""
    note(session, who.account_id, Happened.WRONG_CODES, who.device, now)


def _whole(session: Session, who: Waiting, via: Via, now: datetime) -> SignedIn:
    session.execute(update(StaffSession).where(StaffSession.id == who.session_id).values(revoked_at=now))
    return service.begin(session, who.account_id, who.device, now, via)
