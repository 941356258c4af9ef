"""What happened with somebody's sign-in: kept with the account, for its owner and for those who administer them.

It goes into the audit of each landlord that they work for as well, in the same transaction and without a name.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, insert, literal, null, select, text, true
from sqlalchemy.orm import Session

from portal.people.models import Account, Membership
from portal.people.proving.models import SignInEvent
from portal.store.audit import AuditEntry, Fact
from portal.store.base import new_id
from portal.store.scope import NOBODY, AgencyScope, LandlordScope

SHOWN = 20


class Happened(StrEnum):
    """What can happen; none says anything about work."""

    SIGNED_IN = "signed_in"
    FAILED = "failed"
    ENDED = "ended"
    NEW_DEVICE = "new_device"
    WRONG_CODES = "wrong_codes"
    APP_ADDED = "app_added"
    APP_REMOVED = "app_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    CODES_MADE = "codes_made"
    CODE_USED = "code_used"
    PROVED = "proved"
    RESET_SENT = "reset_sent"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a name
    ANEW_ALLOWED = "anew_allowed"
    STARTED_ANEW = "started_anew"
    ORGANISATION_TIED = "organisation_tied"


IN_WORDS: dict[Happened, str] = {
    Happened.SIGNED_IN: "Signed in",
    Happened.FAILED: "Somebody gave a wrong password, once or more",
    Happened.ENDED: "Signed out, or ended sign-ins on other devices",
    Happened.NEW_DEVICE: "Signed in on a device that was not known",
    Happened.WRONG_CODES: "Somebody with the right password gave several wrong codes",
    Happened.APP_ADDED: "An authenticator app was set up",
    Happened.APP_REMOVED: "The authenticator app was taken away",
    Happened.PASSKEY_ADDED: "A passkey was added",
    Happened.PASSKEY_REMOVED: "A passkey was taken away",
    Happened.CODES_MADE: "New recovery codes were made",
    Happened.CODE_USED: "A recovery code was used",
    Happened.PROVED: "Proved again who it is, before a sensitive act",
    Happened.RESET_SENT: "A code for a new password was sent by mail",
    Happened.PASSWORD_CHANGED: "The password was changed",
    Happened.ANEW_ALLOWED: "Whoever looks after accounts let this one start anew",
    Happened.STARTED_ANEW: "Password and second factor were set up anew with a code",
    Happened.ORGANISATION_TIED: "The sign-in of an organisation was tied to this account",
}

AUDITED: dict[Happened, Fact | None] = {
    Happened.SIGNED_IN: Fact.SIGN_IN_DONE,
    Happened.NEW_DEVICE: Fact.SIGN_IN_DONE,
    Happened.FAILED: Fact.SIGN_IN_FAILED,
    Happened.WRONG_CODES: Fact.SIGN_IN_FAILED,
    Happened.ENDED: Fact.SIGN_IN_ENDED,
    Happened.PROVED: Fact.SIGN_IN_PROVED,
    Happened.CODE_USED: Fact.SIGN_IN_PROVED,
    Happened.APP_ADDED: Fact.SIGN_IN_WAYS,
    Happened.APP_REMOVED: Fact.SIGN_IN_WAYS,
    Happened.PASSKEY_ADDED: Fact.SIGN_IN_WAYS,
    Happened.PASSKEY_REMOVED: Fact.SIGN_IN_WAYS,
    Happened.CODES_MADE: Fact.SIGN_IN_WAYS,
    Happened.RESET_SENT: Fact.SIGN_IN_RESET,
    Happened.PASSWORD_CHANGED: Fact.SIGN_IN_RESET,
    Happened.ANEW_ALLOWED: Fact.SIGN_IN_RESET,
    Happened.STARTED_ANEW: Fact.SIGN_IN_RESET,
    Happened.ORGANISATION_TIED: None,  # its landlord has a fact of its own
}
"""As what it stands in the audit; one for each, and a test holds it complete."""
BY_THEMSELVES = "sign-in"
"""Who acted, where nobody is named: the account stands beside it."""
TOLD_ONCE_IN = timedelta(minutes=10)
"""So often a wrong password is written down at most: a flood of guesses drowns nothing else."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One thing that happened."""

    at: datetime
    what: Happened
    device: str

    @property
    def says(self) -> str:
        """In words."""
        return IN_WORDS[self.what]


def note(
    session: Session,
    account_id: UUID,
    what: Happened,
    device: str,
    now: datetime,
    by: UUID | None = None,
    *,
    how: str = "",
    at: Collection[UUID] | None = None,
) -> None:
    """Write down what happened, in the transaction in which it did.

    `how` is a code; `at` are the landlords to which it was limited, where it was.
    """
    session.add(SignInEvent(id=new_id(), account_id=account_id, at=now, what=what.value, device=device, by_id=by))
    session.flush()
    _audit(session, account_id, what, now, how, at)


def failed(session: Session, account_id: UUID | None, device: str, now: datetime) -> None:
    """Somebody gave a wrong password; the same work where there is no such account, so that nothing is told.

    It is not waited for until it is on the disk, which would tell.
    """
    session.execute(text("SET LOCAL synchronous_commit TO off"))
    told = session.execute(
        select(SignInEvent.id).where(
            SignInEvent.account_id == (account_id or NOBODY),
            SignInEvent.what == Happened.FAILED.value,
            SignInEvent.at > now - TOLD_ONCE_IN,
        )
    ).first()
    row = select(
        literal(new_id()), Account.id, literal(now), literal(Happened.FAILED.value), literal(device), null()
    ).where(Account.id == (account_id if account_id and told is None else NOBODY))
    columns = ["id", "account_id", "at", "what", "device", "by_id"]
    session.execute(insert(SignInEvent).from_select(columns, row))
    _audit(session, account_id if account_id and told is None else NOBODY, Happened.FAILED, now)


def _audit(
    session: Session,
    account_id: UUID,
    what: Happened,
    now: datetime,
    how: str = "",
    at: Collection[UUID] | None = None,
) -> None:
    """One entry at each landlord that the person works for: at this one alone, in the scope of one.

    In a scope of nobody's the database lets the account's own sign-in be written there, and nothing be read.
    """
    fact = AUDITED[what]
    if fact is None:
        return
    if not isinstance(session.info.get("scope"), (LandlordScope, AgencyScope)):
        session.execute(select(func.set_config("portal.account_id", str(account_id), true())))
    there = select(
        Membership.landlord_id,
        func.gen_random_uuid(),
        literal(now),
        literal(fact.value),
        Membership.account_id,
        literal(BY_THEMSELVES),
        literal("account"),
        Membership.account_id,
        literal(" ".join(filter(None, [what.value, how]))),
    ).where(
        Membership.account_id == account_id,
        Membership.gives_a_role(now),
        Membership.landlord_id.in_(at) if at is not None else true(),
    )
    columns = ["landlord_id", "id", "at", "fact", "account_id", "actor", "subject", "subject_id", "detail"]
    session.execute(insert(AuditEntry).from_select(columns, there, include_defaults=False))


def lately(session: Session, account_id: UUID, but: frozenset[Happened] = frozenset()) -> list[EventRow]:
    """What happened last, the newest first."""
    rows = session.execute(
        select(SignInEvent.at, SignInEvent.what, SignInEvent.device)
        .where(SignInEvent.account_id == account_id, SignInEvent.what.not_in([each.value for each in but]))
        .order_by(SignInEvent.at.desc(), SignInEvent.id.desc())
        .limit(SHOWN)
    )
    return [EventRow(at, Happened(what), device) for at, what, device in rows]
