"""Notes: signed by time and author as they are written, and put right by another that points at the first.

Source: HS-026 6.2; STAR 3.12. The date on which something happened stands apart from when it was written down.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import TimelineEntry
from portal.cases.opening import tell
from portal.cases.service import NoSuchCaseError
from portal.domain.errors import PortalError
from portal.domain.happened import Happened, Known, late
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.database import scope_of
from portal.store.record_keys import box_of

NOTE = "note"
LATE = timedelta(hours=24)
"""A note that is written later than this after what it tells of says so (HS-026 6.2)."""


class CorrectedAlreadyError(PortalError):
    """Somebody has put this note right already: the newest one is the one to correct."""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note, opened."""

    id: UUID
    at: datetime
    actor: str
    words: str


def add(
    session: Session, case_id: UUID, words: str, actor: Actor, now: datetime, *, day: date | None = None
) -> UUID:
    """Add a note; `day` is when it happened, where that is not now."""
    cases.get(session, case_id)
    return _keep(session, case_id, words, actor, now, day, None)


def correct(
    session: Session, case_id: UUID, note_id: UUID, words: str, actor: Actor, now: datetime
) -> UUID:
    """Put a note right by another; both stay readable."""
    cases.get(session, case_id, for_update=True)
    entry = TimelineEntry
    here = (entry.landlord_id == scope_of(session).landlord_id, entry.case_id == case_id)
    if one(session, case_id, note_id) is None:
        raise NoSuchCaseError
    if session.scalar(select(entry.id).where(*here, entry.corrects_id == note_id)):
        raise CorrectedAlreadyError
    return _keep(session, case_id, words, actor, now, None, note_id)


def one(session: Session, case_id: UUID, note_id: UUID) -> NoteRow | None:
    """One note of this case."""
    entry = TimelineEntry
    row = session.scalar(
        select(entry).where(
            entry.landlord_id == scope_of(session).landlord_id,
            entry.case_id == case_id,
            entry.id == note_id,
            entry.kind == NOTE,
        )
    )
    if row is None or row.sealed is None:
        return None
    words = box_of(session, case_id).open("timeline_entry", row.id, row.sealed)
    return NoteRow(row.id, row.at, row.actor, words)


def _keep(
    session: Session,
    case_id: UUID,
    words: str,
    actor: Actor,
    now: datetime,
    day: date | None,
    corrects: UUID | None,
) -> UUID:
    facts: dict[str, Any] = {}
    at = now
    if day is not None:
        happened = Happened(Known.DAY, day)
        happened.check_not_to_come(now)
        at = happened.stands_at(now)
        facts = {"happened": happened.to_dict(), "written": now.isoformat()}
        delay = late(happened, now, LATE)
        if delay:
            facts["late"] = delay // timedelta(minutes=1)
    audit.record(session, Fact.CASE_NOTE_ADDED, actor, now, subject="case", subject_id=case_id)
    return tell(session, case_id, NOTE, actor, at, facts=facts, words=words, corrects=corrects)
