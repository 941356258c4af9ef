"""Entries as far as they are there for whoever asks: the agency's own, or for a landlord those that it shows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.partners.agencies.models import Agency
from portal.partners.entries.models import AgencyEntry
from portal.partners.grants.keys import NoKeyError, box_of

PLACE, FILE = "agency_entry", "agency_entry.file"


class EntryKind(StrEnum):
    """What was written."""

    NOTE = "note"
    CONTACT = "contact"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry."""

    id: UUID
    landlord_id: UUID
    case_id: UUID
    grant_id: UUID
    agency: str
    kind: EntryKind
    at: datetime
    made_at: datetime
    actor: str
    shown: bool
    ending: str
    """The ending of its file's name; empty where there is none."""
    words: str


def of_grant(session: Session, grant_id: UUID) -> list[EntryRow]:
    """What was written beside one shared case, the newest first."""
    return _rows(session, _entries().where(AgencyEntry.grant_id == grant_id))


def of_case(session: Session, case_id: UUID) -> list[EntryRow]:
    """What agencies show of it to the landlord, the newest first."""
    return _rows(session, _entries().where(AgencyEntry.case_id == case_id))


def file_of(session: Session, entry_id: UUID) -> tuple[EntryRow, bytes] | None:
    """One entry with its file; None where it is not there or has none."""
    rows = _rows(session, _entries().where(AgencyEntry.id == entry_id))
    kept = session.scalar(select(AgencyEntry).where(AgencyEntry.id == entry_id)) if rows else None
    if kept is None or kept.file is None:
        return None
    return rows[0], box_of(session, kept.landlord_id, kept.id).open_bytes(FILE, kept.id, kept.file)


def _entries() -> Select[AgencyEntry, str]:
    named = select(AgencyEntry, Agency.name).join(Agency, Agency.id == AgencyEntry.agency_id)
    return named.order_by(AgencyEntry.at.desc(), AgencyEntry.id.desc())


def _rows(session: Session, query: Select[AgencyEntry, str]) -> list[EntryRow]:
    found = []
    for kept, agency in session.execute(query):
        try:
            words = box_of(session, kept.landlord_id, kept.id).open(PLACE, kept.id, kept.sealed)
        except NoKeyError:  # its time ended between the two questions
            continue
        found.append(
            EntryRow(
                kept.id, kept.landlord_id, kept.case_id, kept.grant_id, agency, EntryKind(kept.kind), kept.at,
                kept.made_at, kept.actor, kept.shown, kept.media or "", words,
            )
        )  # fmt: skip
    return found
