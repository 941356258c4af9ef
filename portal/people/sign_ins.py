"""Where colleagues are signed in, and ending all of it at once: for a lost telephone or somebody who was sent home.

A sign-in belongs to a person and not to a landlord: nothing here tells where else somebody works, and ending it ends
it everywhere. Both the look and the ending are on record at the landlord whose page it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.people import service
from portal.people.queries import Colleague, SessionRow, colleagues, open_sessions
from portal.store import audit
from portal.store.audit import Actor, Fact

USED_WITHIN: timedelta = service.IDLE


class NoSuchColleagueError(PortalError):
    """Nobody with this account works here: somebody of another landlord looks the same."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One colleague with the sign-ins that still hold, the newest first."""

    colleague: Colleague
    sessions: tuple[SessionRow, ...]


def everybody(session: Session, now: datetime) -> list[SignedIn]:
    """Everybody with a role here, by name."""
    return [_of(session, each, now) for each in colleagues(session, now)]


def of_one(session: Session, account_id: UUID, actor: Actor, permission: str | None, now: datetime) -> SignedIn:
    """Where one colleague is signed in; that it was looked at is written down."""
    who = _colleague(session, account_id, now)
    _audit(session, Fact.SIGN_INS_READ, who, actor, permission, now)
    return _of(session, who, now)


def end_all(session: Session, account_id: UUID, actor: Actor, permission: str | None, now: datetime) -> None:
    """End every sign-in of a colleague, on whatever device; the next page that they open asks them to sign in."""
    who = _colleague(session, account_id, now)
    service.revoke_all(session, who.account_id, now)
    _audit(session, Fact.SIGN_INS_ENDED, who, actor, permission, now)


def _colleague(session: Session, account_id: UUID, now: datetime) -> Colleague:
    found = next((each for each in colleagues(session, now) if each.account_id == account_id), None)
    if found is None:
        raise NoSuchColleagueError
    return found


def _of(session: Session, who: Colleague, now: datetime) -> SignedIn:
    return SignedIn(who, tuple(open_sessions(session, who.account_id, now - USED_WITHIN, now)))


def _audit(
    session: Session, fact: Fact, who: Colleague, actor: Actor, permission: str | None, now: datetime
) -> None:
    audit.record(session, fact, actor, now, permission=permission, subject="account", subject_id=who.account_id)
