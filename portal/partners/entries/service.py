"""The verb about entries: write one, in the agency's own scope. The database refuses where the case is not shared."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.partners.entries.models import AgencyEntry
from portal.partners.entries.queries import FILE, PLACE, EntryKind
from portal.partners.grants.keys import keep, made
from portal.partners.grants.models import AgencyGrant
from portal.partners.shared.service import NotSharedError
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id


class EntryRefusedError(PortalError):
    """It cannot stand like this; `field` is the question that the sentence stands beside."""

    def __init__(self, sentence: str, field: str) -> None:
        """Keep where the sentence stands."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as somebody writes it; `file` with the ending of its name, where there is one."""

    kind: EntryKind
    words: str
    at: datetime
    shown: bool
    file: bytes | None = None
    ending: str = ""


def write(session: Session, grant_id: UUID, written: Written, actor: Actor, now: datetime) -> UUID:
    """Keep it. Nothing of it is the landlord's unless it is shown."""
    grant = session.scalar(select(AgencyGrant).where(AgencyGrant.id == grant_id, AgencyGrant.accepted.is_(True)))
    if grant is None or actor.account_id is None:
        raise NotSharedError
    if written.at > now:
        raise EntryRefusedError("This has not happened yet.", "day")
    if written.kind is EntryKind.DOCUMENT and written.file is None:
        raise EntryRefusedError("Choose a file.", "file")
    entry_id = new_id()
    box, wrapped = made(session, grant.landlord_id, entry_id)
    session.add(
        AgencyEntry(
            landlord_id=grant.landlord_id,
            id=entry_id,
            case_id=grant.case_id,
            grant_id=grant_id,
            agency_id=grant.agency_id,
            kind=written.kind.value,
            at=written.at,
            made_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            shown=written.shown,
            media=written.ending or None,
            sealed=box.seal(PLACE, entry_id, written.words),
            file=box.seal_bytes(FILE, entry_id, written.file) if written.file is not None else None,
        )
    )
    keep(session, grant.landlord_id, entry_id, grant.case_id, wrapped, now)
    return entry_id


def note(session: Session, case_id: UUID, grant_id: UUID, what: str, actor: Actor, now: datetime) -> None:
    """In the landlord's scope: that something was written or opened, and never a word of it."""
    detail = f"{grant_id} {what}"
    audit.record(session, Fact.AGENCY_WROTE, actor, now, subject="case", subject_id=case_id, detail=detail)
