"""Half-finished answers: sealed, under a secret that only one browser has, and gone after half an hour."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, DateTime, LargeBinary, Text, Uuid, delete, select, update
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.intake import Answers, clock_events
from portal.referrals import service
from portal.referrals.coming_back import service as coming_back
from portal.referrals.models import Draft, Report
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of
from portal.store.statements import HERE, Statement, ask_one, given, pose

LASTS = timedelta(minutes=30)
RECEIPT_LASTS = timedelta(minutes=10)
FADES = timedelta(minutes=2)
"""After a page was closed: long enough for a wrong press of Back or Reload, too short for whoever comes next."""
PLACE, THEIR_OWN = "draft", "contact"

Said = dict[str, dict[str, Any]]


class DraftEndedError(PortalError):
    """The half hour is over, or the person left: there is nothing to send."""


class AlreadySentError(PortalError):
    """These answers have become a report; they cannot be changed any more."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the page that says "received" shows, for ten minutes.

    `events` are the clocks that were started, most urgent first, and `dues` says by when each of them is due.
    What is due at once is not among them.
    """

    report_id: str
    receipt: str
    promise: str
    stated: bool
    routes: tuple[str, ...]
    events: tuple[str, ...]
    dues: dict[str, str]
    comes_back: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands under a secret: answers so far, or the receipt of what was sent."""

    said: Said
    sent: Sent | None


NOTHING = Kept({}, None)


def new_secret() -> str:
    """A secret for one browser; the database keeps only its hash."""
    return secrets.token_urlsafe(24)


def read(session: Session, secret: str, way: str, now: datetime) -> Kept | None:
    """What stands under this secret, or None when it has ended. Reading does not make it last longer."""
    draft = session.scalar(_of(secret, way).where(Draft.ends_at > now))
    return _open(session, draft) if draft else None


def keep(
    session: Session,
    secret: str,
    way: str,
    page: str,
    words: Mapping[str, Any],
    now: datetime,
    lasts: timedelta = LASTS,
) -> Said:
    """Keep one page of answers and start the half hour anew.

    Where the earlier answers have ended in the meantime, this page begins them again: what somebody has just
    written is never thrown away before her eyes.
    """
    draft = session.scalar(_of(secret, way).with_for_update())
    if draft is None:
        draft = Draft(
            landlord_id=scope_of(session).landlord_id, id=new_id(), secret_hash=_hash(secret), kind=way
        )
        kept = NOTHING
    else:
        kept = _open(session, draft) if draft.ends_at > now else NOTHING
    if kept.sent:
        raise AlreadySentError
    said = kept.said | {page: dict(words)}
    _seal(session, draft, {"said": said}, now + lasts)
    return said


MOMENT = DateTime(timezone=True)
HELD = Statement(
    select(Draft.id, Draft.sealed)
    .where(
        Draft.landlord_id == HERE,
        Draft.secret_hash == given("secret_hash", LargeBinary()),
        Draft.kind == given("way", Text()),
        Draft.ends_at > given("now", MOMENT),
    )
    .with_for_update()
)
SENT = Statement(
    update(Draft)
    .where(Draft.landlord_id == HERE, Draft.id == given("draft_id", Uuid()))
    .values(sealed=given("sealed", LargeBinary()), ends_at=given("ends_at", MOMENT))
)


def send(
    session: Session,
    secret: str,
    way: str,
    compose: Callable[[Said], Answers],
    actor: Actor,
    now: datetime,
) -> None:
    """Make a report of the answers and wipe them, both or neither. Sent twice, it is one report.

    `compose` makes the report's answers, or refuses while the one needed answer is missing.
    """
    draft = ask_one(session, HELD, secret_hash=_hash(secret), way=way, now=now)
    if draft is None:
        raise DraftEndedError
    kept = _open(session, draft)
    if kept.sent:
        return
    told = compose(kept.said)
    received = service.receive(session, told, actor, now)
    sent = {
        "report_id": str(received.report_id),
        "receipt": received.receipt,
        "promise": received.promise,
        "stated": received.stated,
        "routes": [each.value for each in received.routes],
        "events": clock_events(told),
        "dues": {event: due_at.isoformat() for event, due_at in received.dues.items() if due_at > now},
    }
    sealed = cipher_of(session).seal_json(PLACE, draft.id, {"sent": sent})
    pose(session, SENT, draft_id=draft.id, sealed=sealed, ends_at=now + RECEIPT_LASTS)


def decline_receipt(session: Session, secret: str, way: str, now: datetime) -> None:
    """Forget the receipt code on both sides: from then on nothing leads from it to the report."""
    draft = session.scalar(_of(secret, way).where(Draft.ends_at > now).with_for_update())
    sent = _open(session, draft).sent if draft else None
    if draft is None or sent is None:
        return
    session.execute(update(Report).where(Report.id == sent.report_id).values(receipt_hash=None))
    coming_back.decline(session, UUID(sent.report_id), now)
    stored = cipher_of(session).open_json(PLACE, draft.id, draft.sealed)
    stored["sent"] |= {"receipt": "", "comes_back": False}
    _seal(session, draft, stored, draft.ends_at)


def want_to_come_back(session: Session, secret: str, way: str, now: datetime) -> None:
    """They choose to come back with the number before them; not who told of somebody else: her case is not for them."""
    draft = session.scalar(_of(secret, way).where(Draft.ends_at > now).with_for_update())
    sent = _open(session, draft).sent if draft else None
    if draft is None or sent is None or not sent.receipt or way != THEIR_OWN:
        return
    coming_back.choose(session, UUID(sent.report_id), sent.receipt, now)
    stored = cipher_of(session).open_json(PLACE, draft.id, draft.sealed)
    stored["sent"]["comes_back"] = True
    _seal(session, draft, stored, draft.ends_at)


def wipe(session: Session, held: Iterable[str]) -> None:
    """Delete whatever stands under these secrets, at once."""
    session.execute(delete(Draft).where(Draft.secret_hash.in_([_hash(each) for each in held])))


def stay(session: Session, held: Mapping[str, str], now: datetime) -> None:
    """Somebody is still there: the time begins anew for what this browser holds, by way, and has not ended."""
    for way, secret in held.items():
        draft = session.scalar(_of(secret, way).where(Draft.ends_at > now).with_for_update())
        if draft:
            draft.ends_at = now + (RECEIPT_LASTS if _open(session, draft).sent else LASTS)


def fade(session: Session, held: Iterable[str], now: datetime) -> None:
    """The page was closed: what stands under these secrets is gone in a moment, unless somebody goes on with it."""
    closed = Draft.secret_hash.in_([_hash(each) for each in held])
    session.execute(update(Draft).where(closed, Draft.ends_at > now + FADES).values(ends_at=now + FADES))


def purge_drafts(session: Session, now: datetime) -> int:
    """Delete what has ended; say how many there were. For the scheduler, landlord by landlord."""
    gone = cast("CursorResult[Any]", session.execute(delete(Draft).where(Draft.ends_at <= now)))
    return gone.rowcount


def _of(secret: str, way: str) -> Any:  # noqa: ANN401 - a select that mypy need not follow
    return select(Draft).where(Draft.secret_hash == _hash(secret), Draft.kind == way)


def _open(session: Session, draft: Draft) -> Kept:
    stored = cipher_of(session).open_json(PLACE, draft.id, draft.sealed)
    sent = stored.get("sent")
    several = {name: tuple(sent[name]) for name in ("events", "routes")} if sent else {}
    return Kept(stored.get("said", {}), Sent(**sent | several) if sent else None)


def _seal(session: Session, draft: Draft, stored: Mapping[str, Any], ends_at: datetime) -> None:
    draft.sealed = cipher_of(session).seal_json(PLACE, draft.id, dict(stored))
    draft.ends_at = ends_at
    session.add(draft)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
