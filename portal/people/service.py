"""Signing in and out, and who somebody is: the verbs about staff."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    DateTime,
    LargeBinary,
    Text,
    Uuid,
    cast,
    column,
    func,
    literal,
    select,
    table,
    true,
    update,
)
from sqlalchemy.orm import Session

from portal.domain.permissions import Role
from portal.people import passwords
from portal.people.models import Account, Membership, StaffSession
from portal.people.proving import factors, rules
from portal.people.proving.happened import Happened, failed, note
from portal.people.proving.models import SignOnOnly
from portal.people.proving.rules import NOTHING, Default
from portal.store.base import new_id
from portal.store.database import Glance
from portal.store.statements import WHO_ASKS, Later, Statement, given, pose
from portal.web.principal import Principal

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
SECRET_BYTES = 32


HALF_LASTS = timedelta(minutes=10)


class Via(StrEnum):
    """How somebody proved who they are when they signed in."""

    PASSWORD = "password"  # noqa: S105 - a way, not a word
    WITH_APP = "password and app"
    WITH_CODE = "password and recovery code"
    WITH_PASSKEY = "password and passkey"
    PASSKEY = "passkey"
    ORGANISATION = "organisation"


STRONG = frozenset({Via.WITH_APP, Via.WITH_CODE, Via.WITH_PASSKEY, Via.PASSKEY})
"""Ways that take more than a password."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: `token` goes into the cookie and is kept nowhere else. A half one waits for a second factor."""

    account_id: UUID
    token: str
    half: bool = False


def sign_in(
    session: Session, email: str, password: str, device: str, now: datetime, default: Default = NOTHING
) -> SignedIn | None:
    """Start a session; None for any reason that it cannot, after the same work, so that nothing is told."""
    account = session.scalar(select(Account).where(Account.email == email.strip().lower()))
    good = passwords.matches(account.password_hash if account else passwords.nobodys(), password)
    if account is None or not account.active or not good:
        failed(session, account.id if account else None, device, now)
        return None
    if factors.of(session, account.id).any:
        return _begin(session, account.id, device, now, Via.PASSWORD, half=True)
    due = rules.asks(session, account.id, default, now)
    note(session, account.id, Happened.SIGNED_IN, device, now, how=Via.PASSWORD.name.lower())
    return _begin(session, account.id, device, now, Via.PASSWORD, enrol_due=due)


def begin(
    session: Session,
    account_id: UUID,
    device: str,
    now: datetime,
    via: Via,
    *,
    opened: tuple[UUID, ...] | None = None,
) -> SignedIn:
    """Start a session of somebody who has proved with more than a password who they are."""
    note(session, account_id, Happened.SIGNED_IN, device, now, how=via.name.lower(), at=opened)
    return _begin(session, account_id, device, now, via, opened=opened)


def _begin(
    session: Session,
    account_id: UUID,
    device: str,
    now: datetime,
    via: Via,
    *,
    half: bool = False,
    enrol_due: bool = False,
    opened: tuple[UUID, ...] | None = None,
) -> SignedIn:
    token = secrets.token_urlsafe(SECRET_BYTES)
    session.add(
        StaffSession(
            id=new_id(),
            account_id=account_id,
            secret_hash=hash_of(token),
            device=device,
            made_at=now,
            seen_at=now,
            proved_at=now,
            ends_at=now + (HALF_LASTS if half else LONGEST),
            half=half,
            enrol_due=enrol_due,
            via=via.value,
            opened=None if opened is None else [str(each) for each in opened],
        )
    )
    session.flush()
    return SignedIn(account_id, token, half)


NOW = given("now", DateTime(timezone=True))
WHOSE = Statement(
    select(
        StaffSession.id,
        StaffSession.account_id,
        StaffSession.seen_at,
        StaffSession.proved_at,
        StaffSession.enrol_due,
        StaffSession.opened,
        StaffSession.vouched,
        StaffSession.via,
        Account.name,
        Account.email,
        func.set_config("portal.account_id", cast(Account.id, Text), true()),
    )
    .join(Account, Account.id == StaffSession.account_id)
    .where(
        StaffSession.secret_hash == given("secret_hash", LargeBinary()),
        StaffSession.revoked_at.is_(None),
        ~StaffSession.half,
        StaffSession.ends_at > NOW,
        StaffSession.seen_at > given("idle_since", DateTime(timezone=True)),
        Account.active,
    )
)
"""Whose session a secret is; from then on this transaction sees that person's own roles."""
AGENCY, AT_AGENCY = table("agency", column("id"), column("active")), table(
    "agency_member", column("account_id"), column("agency_id"), column("ended_at")
)
WORKS_FOR_AN_AGENCY = (
    select(literal(1))
    .select_from(AT_AGENCY)
    .join(AGENCY, AGENCY.c.id == AT_AGENCY.c.agency_id)
    .where(AT_AGENCY.c.account_id == Membership.account_id, AT_AGENCY.c.ended_at.is_(None), AGENCY.c.active)
    .exists()
)
"""Agencies stand above people, so that here they are known by the names of their tables alone."""
ROLES = Statement(
    select(Membership.landlord_id, Membership.roles, Membership.post, SignOnOnly.spared)
    .outerjoin(SignOnOnly, SignOnOnly.landlord_id == Membership.landlord_id)
    .where(
        Membership.account_id == WHO_ASKS,
        Membership.holds(NOW),
        ~WORKS_FOR_AN_AGENCY,
    )
)
"""Roles at landlords. Whoever works for an agency has none: otherwise a landlord that gives one to somebody's address
would take them from their agency, and learn that they are there."""
SEEN = Statement(
    update(StaffSession)
    .where(StaffSession.id == given("session_id", Uuid()))
    .values(seen_at=NOW)
)


def principal_of(session: Session | Glance, token: str, now: datetime) -> Principal | None:
    """Whose session this is, with her roles as they stand now; None if it ended, idled or was revoked."""
    return pose_principal(session, token, now)()


def pose_principal(session: Session | Glance, token: str, now: datetime) -> Later[Principal | None]:
    """The same, for whoever asks for more at once; the database knows from then on who asks."""
    whose = pose(session, WHOSE, secret_hash=hash_of(token), now=now, idle_since=now - IDLE)
    roles = pose(session, ROLES, now=now)

    def principal() -> Principal | None:
        for row in whose.rows:
            if now - row.seen_at > SEEN_EVERY:
                pose(session, SEEN, session_id=row.id, now=now)
            return _principal(token, row, [_Held(*each) for each in roles.rows])
        return None

    return principal


def _principal(token: str, row: Any, held: list["_Held"]) -> Principal:  # noqa: ANN401 - a row of a statement
    in_reach = [each for each in held if row.opened is None or str(each.landlord_id) in row.opened]
    vouched = {*(row.opened or ()), *(row.vouched or ())}
    opened = [each for each in in_reach if each.opens(row.account_id, row.via, vouched)]
    return Principal(
        row.account_id, row.id, token, row.name, row.email,
        {each.landlord_id: frozenset(map(Role, each.roles)) for each in opened},
        {each.landlord_id: each.post for each in opened if each.post},
        proved_at=row.proved_at, enrol_due=row.enrol_due, vouched_for=row.opened is not None,
        shut=frozenset(each.landlord_id for each in in_reach if each not in opened and each.roles),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Held:
    """A role at a landlord; `spared` is None where the landlord does not insist on its own sign-in."""

    landlord_id: UUID
    roles: list[str]
    post: str | None
    spared: list[str] | None

    def opens(self, account_id: UUID, via: str, vouched: Collection[str]) -> bool:
        """Does a sign-in of this kind open the landlord?

        Support, whom a landlord lets in for some hours, is nobody of its organisation. Whoever is spared proves
        themselves with a second factor.
        """
        if self.spared is None or self.roles == [Role.SUPPORT] or str(self.landlord_id) in vouched:
            return True
        return str(account_id) in self.spared and via in STRONG


def vouch_too(session: Session, account_id: UUID, session_id: UUID, landlord_id: UUID) -> None:
    """An organisation vouches for somebody who is signed in by themselves: the session opens its landlord too."""
    here = StaffSession.id == session_id, StaffSession.account_id == account_id
    row = session.scalars(select(StaffSession).where(*here).with_for_update()).one()
    row.vouched = sorted({*(row.vouched or ()), str(landlord_id)})


def revoke(session: Session, account_id: UUID, session_id: UUID, now: datetime) -> None:
    """End one session of this account; another person's session is not touched."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.id == session_id, StaffSession.account_id == account_id)
        .values(revoked_at=now)
    )


def end(session: Session, account_id: UUID, session_id: UUID, device: str, now: datetime) -> None:
    """Its owner ends a sign-in, this one or another; it is on record."""
    revoke(session, account_id, session_id, now)
    note(session, account_id, Happened.ENDED, device, now)


def end_others(session: Session, account_id: UUID, this: UUID, device: str, now: datetime) -> None:
    """Its owner ends all but the one in use; it is on record."""
    revoke_all(session, account_id, now, but=this)
    note(session, account_id, Happened.ENDED, device, now, how="others")


def revoke_all(session: Session, account_id: UUID, now: datetime, *, but: UUID | None = None) -> None:
    """End every session of this account, or all but the one in use."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.account_id == account_id, StaffSession.id != but if but else true())
        .values(revoked_at=now)
    )


def set_password(session: Session, account_id: UUID, password: str, now: datetime, *, mailed: bool = False) -> None:
    """A new password ends every sign-in made with the old one. `mailed`: by a code from the address's own post."""
    session.execute(
        update(Account)
        .where(Account.id == account_id)
        .values(password_hash=passwords.hashed(password), mailed_at=now if mailed else None)
    )
    revoke_all(session, account_id, now)


def hash_of(token: str) -> bytes:
    """All that is kept of a session's secret."""
    return hashlib.sha256(token.encode()).digest()
