"""Signing in and out, and who somebody is: the verbs about staff."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import DateTime, LargeBinary, Text, Uuid, cast, func, select, true, update
from sqlalchemy.orm import Session

from portal.domain.permissions import Role
from portal.people import passwords
from portal.people.models import Account, Membership, StaffSession
from portal.store.base import new_id
from portal.store.statements import Statement, ask, ask_one, given
from portal.web.principal import Principal

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: `token` goes into the cookie and is kept nowhere else."""

    account_id: UUID
    token: str


def sign_in(session: Session, email: str, password: str, device: str, now: datetime) -> SignedIn | None:
    """Start a session; None for any reason that it cannot, after the same work, so that nothing is told."""
    account = session.scalar(select(Account).where(Account.email == email.strip().lower()))
    good = passwords.matches(account.password_hash if account else passwords.nobodys(), password)
    if account is None or not account.active or not good:
        return None
    token = secrets.token_urlsafe(SECRET_BYTES)
    session.add(
        StaffSession(
            id=new_id(),
            account_id=account.id,
            secret_hash=_hash(token),
            device=device,
            made_at=now,
            seen_at=now,
            ends_at=now + LONGEST,
        )
    )
    return SignedIn(account.id, token)


NOW = given("now", DateTime(timezone=True))
WHOSE = Statement(
    select(
        StaffSession.id,
        StaffSession.account_id,
        StaffSession.seen_at,
        Account.name,
        Account.email,
        func.set_config("portal.account_id", cast(Account.id, Text), true()),
    )
    .join(Account, Account.id == StaffSession.account_id)
    .where(
        StaffSession.secret_hash == given("secret_hash", LargeBinary()),
        StaffSession.revoked_at.is_(None),
        StaffSession.ends_at > NOW,
        StaffSession.seen_at > given("idle_since", DateTime(timezone=True)),
        Account.active,
    )
)
"""Whose session a secret is; from then on this transaction sees that person's own roles."""
ROLES = Statement(
    select(Membership.landlord_id, Membership.roles, Membership.post).where(
        Membership.account_id == given("account_id", Uuid()),
        (Membership.ends_at.is_(None)) | (Membership.ends_at > NOW),
    )
)
SEEN = Statement(
    update(StaffSession)
    .where(StaffSession.id == given("session_id", Uuid()))
    .values(seen_at=NOW)
)


def principal_of(session: Session, token: str, now: datetime) -> Principal | None:
    """Whose session this is, with her roles as they stand now; None if it ended, idled or was revoked."""
    row = ask_one(session, WHOSE, secret_hash=_hash(token), now=now, idle_since=now - IDLE)
    if row is None:
        return None
    if now - row.seen_at > SEEN_EVERY:
        ask(session, SEEN, session_id=row.id, now=now)
    roles: dict[UUID, frozenset[Role]] = {}
    posts: dict[UUID, str] = {}
    for landlord_id, names, post in ask(session, ROLES, account_id=row.account_id, now=now):
        roles[landlord_id] = frozenset(Role(name) for name in names)
        if post:
            posts[landlord_id] = post
    return Principal(row.account_id, row.id, token, row.name, row.email, roles, posts)


def revoke(session: Session, account_id: UUID, session_id: UUID, now: datetime) -> None:
    """End one session of this account; another person's session is not touched."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.id == session_id, StaffSession.account_id == account_id)
        .values(revoked_at=now)
    )


def revoke_all(session: Session, account_id: UUID, now: datetime, *, but: UUID | None = None) -> None:
    """End every session of this account, or all but the one in use."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.account_id == account_id, StaffSession.id != but if but else true())
        .values(revoked_at=now)
    )


def set_password(session: Session, account_id: UUID, password: str, now: datetime) -> None:
    """A new password ends every sign-in made with the old one."""
    session.execute(
        update(Account).where(Account.id == account_id).values(password_hash=passwords.hashed(password))
    )
    revoke_all(session, account_id, now)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
