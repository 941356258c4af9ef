"""A visit: begun with the number, open once it is safe, over after a few minutes in which nothing is pressed."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.domain.lifecycle import ReportState
from portal.referrals.coming_back.codes import hashed
from portal.referrals.coming_back.models import BackMessage, BackVisit, WayBack
from portal.referrals.models import Report
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of

LASTS = timedelta(minutes=10)
SENDS = timedelta(minutes=30)  # beyond that: what was being written can be sent, and nothing is shown
THEM = Actor(None, "they themselves, with their number")
OWN = WayBack.made_by.is_not(None) | (Report.state != ReportState.JOINED.value)
"""Whether what is known of the case is for this number: not where a report in somebody's name only joined it."""
_OF_REPORT = (Report.landlord_id == WayBack.landlord_id) & (Report.id == WayBack.report_id)
_OF_CASE = (Case.landlord_id == Report.landlord_id) & (Case.id == Report.case_id)
_OPENS = WayBack.ended_at.is_(None) & Case.erased_at.is_(None)


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is here: by their number only.

    `own` is false where their report joined a case of which nobody has said yet that it is theirs.
    `over` is a visit that shows nothing any more, and takes what was being written.
    """

    id: UUID
    report_id: UUID
    case_id: UUID | None
    shows_plan: bool
    safe: bool
    own: bool = True
    over: bool = False


def begin(session: Session, number: str, before: str, now: datetime) -> str | None:
    """A secret for this browser; None where the number opens nothing, whatever the reason.

    `before` is the secret of the visit that this browser was on: that one ends.
    """
    here, wanted = scope_of(session).landlord_id, hashed(session, number)
    ways = select(WayBack.id).join(Report, _OF_REPORT).join(Case, _OF_CASE, isouter=True)
    way_id = session.scalar(ways.where(WayBack.landlord_id == here, WayBack.code_hash == wanted, _OPENS))
    secret = secrets.token_urlsafe(24)
    if way_id is None:
        return None
    end(session, before)
    session.add(
        BackVisit(
            landlord_id=here, id=new_id(), way_back_id=way_id, secret_hash=_hash(secret), ends_at=now + LASTS
        )
    )
    return secret


def read(session: Session, secret: str, now: datetime) -> Visit | None:
    """The visit of this browser, while it lasts. Reading does not make it last longer."""
    row = session.execute(
        select(BackVisit, WayBack.report_id, Report.case_id, WayBack.shows_plan, OWN)
        .join(WayBack, (WayBack.landlord_id == BackVisit.landlord_id) & (WayBack.id == BackVisit.way_back_id))
        .join(Report, _OF_REPORT)
        .join(Case, _OF_CASE, isouter=True)
        .where(
            BackVisit.landlord_id == scope_of(session).landlord_id,
            BackVisit.secret_hash == _hash(secret),
            BackVisit.ends_at > now - SENDS,
            _OPENS,
        )
    ).first()
    if row is None:
        return None
    visit, report_id, case_id, shows_plan, own = row
    return Visit(visit.id, report_id, case_id, shows_plan, visit.safe_at is not None, own, visit.ends_at <= now)


def safe_now(session: Session, visit: Visit, now: datetime) -> None:
    """It is safe: from now on the visit shows what there is, and the record says that somebody came."""
    _keep(session, visit, now, safe_at=now)
    subject, subject_id = ("case", visit.case_id) if visit.case_id else ("report", visit.report_id)
    audit.record(session, Fact.WAY_BACK_OPENED, THEM, now, subject=subject, subject_id=subject_id)


def stay(session: Session, visit: Visit, now: datetime) -> None:
    """Something was pressed: the minutes begin anew, unless they were over."""
    if not visit.over:
        _keep(session, visit, now)


def hold(session: Session, secret: str, now: datetime) -> None:
    """Somebody is still there, writing: the minutes begin anew. A visit that was over stays over, and takes words."""
    visit = read(session, secret, now)
    if visit and visit.over:
        _keep(session, visit, now - LASTS)
    elif visit:
        _keep(session, visit, now)


def end(session: Session, secret: str) -> None:
    """The visit is over, at once."""
    session.execute(delete(BackVisit).where(BackVisit.secret_hash == _hash(secret)))


def purge(session: Session, now: datetime) -> None:
    """Delete what has ended, and all that is left of erased cases; for the scheduler, landlord by landlord."""
    session.execute(delete(BackVisit).where(BackVisit.ends_at <= now - SENDS))
    here = scope_of(session).landlord_id
    erased = select(Report.id).join(Case, _OF_CASE).where(Report.landlord_id == here, Case.erased_at.is_not(None))
    ways = select(WayBack.id).where(WayBack.landlord_id == here, WayBack.report_id.in_(erased))
    session.execute(delete(BackVisit).where(BackVisit.landlord_id == here, BackVisit.way_back_id.in_(ways)))
    session.execute(delete(WayBack).where(WayBack.landlord_id == here, WayBack.report_id.in_(erased)))
    session.execute(delete(BackMessage).where(BackMessage.landlord_id == here, BackMessage.report_id.in_(erased)))


def _keep(session: Session, visit: Visit, now: datetime, **more: object) -> None:
    here = BackVisit.landlord_id == scope_of(session).landlord_id
    session.execute(update(BackVisit).where(here, BackVisit.id == visit.id).values(ends_at=now + LASTS, **more))


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
