"""The verbs about files: read one in, say what its columns mean, ask for it to be taken over, let it go."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.events import ImportAsked
from portal.domain.importing import MOST_FAULTS, Column, Fault, Known, Taken, check, folded, guess
from portal.domain.permissions import Permission
from portal.landlords.models import PolicyVersion
from portal.people.coming_in import who_come_in
from portal.people.models import Account
from portal.people.queries import colleagues
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of
from portal.store.holding import held
from portal.store.record_keys import box_of, destroy, new_box
from portal.systems.importing.models import FAULTS, FILE, MAPPING, CaseImport, ImportedCase, ImportMapping
from portal.systems.importing.queries import OPEN, table_of
from portal.systems.importing.reading import Table, read

SUBJECT, KEY = "import", "imported-case"
KEPT = timedelta(days=1)
"""How long the lines of a file are there that nobody takes over."""


class NoSuchImportError(PortalError):
    """No file with this id here, or none to which this can still be done."""


def read_in(session: Session, data: bytes, actor: Actor, now: datetime) -> UUID:
    """Read a file in: sealed, its columns guessed as last time, and looked through at once."""
    table = read(data)
    assert actor.account_id is not None  # noqa: S101 - a page behind the sign-in
    import_id = new_id()
    box = new_box(session, import_id, now)
    row = CaseImport(
        landlord_id=scope_of(session).landlord_id,
        id=import_id,
        state="read",
        mapped={each.value: place for each, place in _remembered(session, table[0]).items()},
        read_at=now,
        read_by=actor.account_id,
        read_name=actor.name,
        whole=len(table) - 1,
        file=box.seal_json(FILE, import_id, table),
    )
    session.add(row)
    session.flush()
    _look_through(session, row, now)
    _note(session, Fact.IMPORT_READ, import_id, actor, now, str(row.whole))
    return import_id


def map_columns(session: Session, import_id: UUID, mapped: dict[Column, int], actor: Actor, now: datetime) -> int:
    """Say what the columns mean; the file is looked through again. How many faults it has."""
    row = get(session, import_id, OPEN)
    row.mapped = {each.value: place for each, place in mapped.items()}
    _look_through(session, row, now)
    _note(session, Fact.IMPORT_CHECKED, import_id, actor, now, str(row.faults))
    return row.faults


def ask(session: Session, import_id: UUID, actor: Actor, now: datetime) -> None:
    """Take it over: a worker does, whole or not at all. What its columns mean is remembered."""
    row = get(session, import_id, ("fit",))
    row.state, row.asked_at = "asked", now
    _remember(session, row, now)
    _note(session, Fact.IMPORT_ASKED, import_id, actor, now, str(row.whole))
    outbox.record(session, ImportAsked(row.landlord_id, import_id), now)


def drop(session: Session, import_id: UUID, actor: Actor, now: datetime) -> None:
    """Not this file. Its lines are destroyed."""
    row = get(session, import_id, OPEN)
    row.ended_by = actor.name
    forget(session, row, "dropped", now)
    _note(session, Fact.IMPORT_DROPPED, import_id, actor, now)


def let_go(session: Session, now: datetime) -> int:
    """Destroy the lines of files that nobody took over in a day."""
    old = session.scalars(
        select(CaseImport).where(
            CaseImport.landlord_id == scope_of(session).landlord_id,
            CaseImport.state.in_(OPEN),
            CaseImport.read_at <= now - KEPT,
        )
    ).all()
    for row in old:
        forget(session, row, "dropped", now)
    return len(old)


def forget(session: Session, row: CaseImport, state: str, now: datetime) -> None:
    """Destroy its lines: their key goes, so that no backup has them either."""
    row.state, row.ended_at, row.file, row.sealed = state, now, None, None
    session.flush()
    destroy(session, [row.id])


def get(session: Session, import_id: UUID, states: tuple[str, ...]) -> CaseImport:
    """The file with this id in one of these states, held."""
    row = held(session, CaseImport, import_id, CaseImport.state.in_(states))
    if row is None:
        raise NoSuchImportError
    return row


def looked_through(session: Session, row: CaseImport, now: datetime) -> tuple[list[Taken], list[Fault]]:
    """Every line as a case, and every fault, as things stand now."""
    head, *rows = table_of(session, row)
    mapped = {Column(each): place for each, place in row.mapped.items() if place < len(head)}
    return check(head, rows, mapped, _known(session, rows, mapped, now))


def key_of(session: Session, reference: str) -> bytes:
    """By what a case of another system is known here."""
    return cipher_of(session).token(KEY, folded(reference))


def officers(session: Session, now: datetime) -> dict[str, UUID]:
    """Those who work cases here, by the address with which they sign in."""
    able = [each for each in colleagues(session, now) if each.can(Permission.CASE_WORK)]
    there = [each.account_id for each in who_come_in(session, able)]
    found = session.execute(select(Account.email, Account.id).where(Account.id.in_(there)))
    return {email.casefold(): account_id for email, account_id in found}


def _look_through(session: Session, row: CaseImport, now: datetime) -> None:
    _taken, faults = looked_through(session, row, now)
    row.faults, row.state = len(faults), "faulty" if faults else "fit"
    said = [asdict(each) for each in faults[:MOST_FAULTS]]
    row.sealed = box_of(session, row.id).seal_json(FAULTS, row.id, said)


def _known(session: Session, rows: Table, mapped: dict[Column, int], now: datetime) -> Known:
    here = scope_of(session).landlord_id
    since = session.scalar(select(func.min(PolicyVersion.in_force_from)).where(PolicyVersion.landlord_id == here))
    place = mapped.get(Column.REFERENCE)
    references = {row[place].strip() for row in rows if row[place].strip()} if place is not None else set()
    keys = {key_of(session, each): each for each in references}
    known = session.scalars(
        select(ImportedCase.key)
        .join(CaseImport, (CaseImport.landlord_id == here) & (CaseImport.id == ImportedCase.import_id))
        .where(ImportedCase.landlord_id == here, ImportedCase.key.in_(list(keys)), CaseImport.state != "undone")
    )
    before = {keys[each] for each in known if each}
    return Known(now, since or now.date(), frozenset(officers(session, now)), before)


def _remembered(session: Session, head: list[str]) -> dict[Column, int]:
    row = session.scalar(select(ImportMapping).where(ImportMapping.landlord_id == scope_of(session).landlord_id))
    kept = cipher_of(session).open_json(MAPPING, row.id, row.sealed) if row else {}
    names = [folded(each) for each in head]
    found = {Column(each): names.index(name) for each, name in kept.items() if name in names}
    return guess(head) | found


def _remember(session: Session, row: CaseImport, now: datetime) -> None:
    head = table_of(session, row)[0]
    said = {each: folded(head[place]) for each, place in row.mapped.items()}
    kept = session.scalar(select(ImportMapping).where(ImportMapping.landlord_id == row.landlord_id).with_for_update())
    if kept is None:
        kept = ImportMapping(landlord_id=row.landlord_id, id=new_id())
        session.add(kept)
    kept.kept_at, kept.sealed = now, cipher_of(session).seal_json(MAPPING, kept.id, said)


def _note(
    session: Session, fact: Fact, import_id: UUID, actor: Actor, now: datetime, detail: str | None = None
) -> None:
    audit.record(session, fact, actor, now, subject=SUBJECT, subject_id=import_id, detail=detail)
