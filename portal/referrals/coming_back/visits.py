"""A visit: begun with the number, open once it is safe, over after a few minutes in which nothing is pressed."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.referrals.coming_back.codes import hashed
from portal.referrals.coming_back.models import BackVisit, WayBack
from portal.referrals.models import Report
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of

LASTS = timedelta(minutes=10)
THEM = Actor(None, "they themselves, with their number")


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is here: by their number only."""

    id: UUID
    report_id: UUID
    case_id: UUID | None
    shows_plan: bool
    safe: bool


def begin(session: Session, number: str, now: datetime) -> str | None:
    """A secret for this browser; None where the number opens nothing, whatever the reason."""
    here, wanted = scope_of(session).landlord_id, hashed(session, number)
    way = session.scalar(
        select(WayBack).where(
            WayBack.landlord_id == here, WayBack.code_hash == wanted, WayBack.ended_at.is_(None)
        )
    )
    secret = secrets.token_urlsafe(24)
    if way is None:
        return None
    session.add(
        BackVisit(
            landlord_id=here, id=new_id(), way_back_id=way.id, secret_hash=_hash(secret), ends_at=now + LASTS
        )
    )
    return secret


def read(session: Session, secret: str, now: datetime) -> Visit | None:
    """The visit of this browser, while it lasts. Reading does not make it last longer."""
    row = session.execute(
        select(BackVisit.id, WayBack.report_id, Report.case_id, WayBack.shows_plan, BackVisit.safe_at)
        .join(WayBack, (WayBack.landlord_id == BackVisit.landlord_id) & (WayBack.id == BackVisit.way_back_id))
        .join(Report, (Report.landlord_id == WayBack.landlord_id) & (Report.id == WayBack.report_id))
        .where(
            BackVisit.landlord_id == scope_of(session).landlord_id,
            BackVisit.secret_hash == _hash(secret),
            BackVisit.ends_at > now,
            WayBack.ended_at.is_(None),
        )
    ).first()
    return Visit(row[0], row[1], row[2], row[3], row[4] is not None) if row else None


def safe_now(session: Session, visit: Visit, now: datetime) -> None:
    """It is safe: from now on the visit shows what there is, and the record says that somebody came."""
    _keep(session, visit, now, safe_at=now)
    subject, subject_id = ("case", visit.case_id) if visit.case_id else ("report", visit.report_id)
    audit.record(session, Fact.WAY_BACK_OPENED, THEM, now, subject=subject, subject_id=subject_id)


def stay(session: Session, visit: Visit, now: datetime) -> None:
    """Something was pressed: the minutes begin anew."""
    _keep(session, visit, now)


def end(session: Session, secret: str) -> None:
    """The visit is over, at once."""
    session.execute(delete(BackVisit).where(BackVisit.secret_hash == _hash(secret)))


def purge(session: Session, now: datetime) -> None:
    """Delete what has ended; for the scheduler, landlord by landlord."""
    session.execute(delete(BackVisit).where(BackVisit.ends_at <= now))


def _keep(session: Session, visit: Visit, now: datetime, **more: object) -> None:
    here = BackVisit.landlord_id == scope_of(session).landlord_id
    session.execute(update(BackVisit).where(here, BackVisit.id == visit.id).values(ends_at=now + LASTS, **more))


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
