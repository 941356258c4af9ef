"""Taking a file over in one transaction, so that there is all of it or nothing; and taking all of it back."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.events import ImportUndoAsked
from portal.domain.importing.kinds import PERMISSIONS, Kind
from portal.messaging.words import Kind as Word
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.database import beside, scope_of
from portal.store.record_keys import destroy
from portal.systems.importing.models import CaseImport
from portal.systems.importing.service import SUBJECT, forget, get, keep_faults, looked_through
from portal.systems.importing.sorts import SORTS
from portal.work.alive import still_at_it
from portal.work.notices import Notice, desk_of, leave

Told = Callable[[int], None]


class AddedToError(PortalError):
    """What came of the file was changed meanwhile, or built upon: in `count` places."""

    def __init__(self, count: int) -> None:
        """Keep how many."""
        super().__init__("Something was built upon some of it.")
        self.count = count


def take_over(session: Session, import_id: UUID, now: datetime, told: Told | None = None) -> None:
    """Take it over. What is broken off leaves nothing behind, and is begun anew when the worker is asked again."""
    row = _under_way(session, import_id, "asked")
    if row is None:
        return
    actor, kind = _asker(row), Kind(row.kind)
    lines, faults = looked_through(session, row, now)
    if any(each.stops for each in faults):  # a policy, a colleague or a role has changed: back to whoever asked
        keep_faults(session, row, faults)
        return
    SORTS[kind].make(session, row, lines, actor, now, told or telling(session, import_id))
    row.done, row.ended_by = len(lines), actor.name
    forget(session, row, "done", now)
    audit.record(
        session, Fact.IMPORT_DONE, actor, now, subject=SUBJECT, subject_id=import_id, detail=str(len(lines))
    )
    _tell(session, row, actor, import_id, now)


def ask_back(session: Session, kind: Kind, import_id: UUID, actor: Actor, now: datetime) -> None:
    """Ask for all of it to be taken back; refused as soon as anything was built on it."""
    row = get(session, kind, import_id, ("done",))
    if count := SORTS[kind].changed(session, row):
        raise AddedToError(count)
    row.state, row.asked_at, row.changed = "undoing", now, None
    row.by_id, row.by_name = actor.account_id, actor.name
    audit.record(session, Fact.IMPORT_UNDO_ASKED, actor, now, subject=SUBJECT, subject_id=import_id)
    outbox.record(session, ImportUndoAsked(row.landlord_id, import_id), now)


def take_back(session: Session, import_id: UUID, now: datetime, told: Told | None = None) -> None:
    """Take all of it back, or nothing where something was built on it in the meantime."""
    row = _under_way(session, import_id, "undoing")
    if row is None:
        return
    actor, sort = _asker(row), SORTS[Kind(row.kind)]
    if count := sort.changed(session, row):
        row.state, row.changed = "done", count
        return
    whole = row.done
    sort.take_back(session, row, actor, now, told or telling(session, import_id))
    row.state, row.ended_at, row.ended_by, row.done, row.codes = "undone", now, actor.name, whole, None
    destroy(session, [import_id])
    audit.record(
        session, Fact.IMPORT_UNDONE, actor, now, subject=SUBJECT, subject_id=import_id, detail=str(whole)
    )


def telling(session: Session, import_id: UUID) -> Told:
    """How far it is, told beside the transaction that does it; and that the worker is alive.

    So whoever does it leaves the row of the file alone until the end: it would wait for itself.
    """
    scope = scope_of(session)

    def told(done: int) -> None:
        still_at_it()
        with beside(session, scope) as other:
            other.execute(update(CaseImport).where(CaseImport.id == import_id).values(done=done))

    return told


def _under_way(session: Session, import_id: UUID, state: str) -> CaseImport | None:
    return session.scalar(
        select(CaseImport).where(
            CaseImport.landlord_id == scope_of(session).landlord_id,
            CaseImport.id == import_id,
            CaseImport.state == state,
        )
    )


def _asker(row: CaseImport) -> Actor:
    return Actor(row.by_id or row.read_by, row.by_name or row.read_name, PERMISSIONS[Kind(row.kind)].value)


def _tell(session: Session, row: CaseImport, actor: Actor, cause: UUID, now: datetime) -> None:
    assert actor.account_id is not None  # noqa: S101 - somebody asked for it
    link = f"{desk_of(session)}/systems/{row.kind}"
    leave(session, [Notice(actor.account_id, cause, Word.NEW_REPORT, link)], now)
