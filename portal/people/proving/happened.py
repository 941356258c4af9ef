"""What happened with somebody's sign-in: kept with the account, for its owner and for those who administer them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.people.proving.models import SignInEvent
from portal.store.base import new_id

SHOWN = 20


class Happened(StrEnum):
    """What can happen; none says anything about work."""

    SIGNED_IN = "signed_in"
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
    session: Session, account_id: UUID, what: Happened, device: str, now: datetime, by: UUID | None = None
) -> None:
    """Write down what happened, in the transaction in which it did."""
    session.add(SignInEvent(id=new_id(), account_id=account_id, at=now, what=what.value, device=device, by_id=by))


def lately(session: Session, account_id: UUID, but: frozenset[Happened] = frozenset()) -> list[EventRow]:
    """What happened last, the newest first."""
    rows = session.execute(
        select(SignInEvent.at, SignInEvent.what, SignInEvent.device)
        .where(SignInEvent.account_id == account_id, SignInEvent.what.not_in([each.value for each in but]))
        .order_by(SignInEvent.at.desc(), SignInEvent.id.desc())
        .limit(SHOWN)
    )
    return [EventRow(at, Happened(what), device) for at, what, device in rows]
