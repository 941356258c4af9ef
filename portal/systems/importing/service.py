"""The verbs about files: read one in, say what its columns mean, ask for it to be taken over, let it go."""

from dataclasses import asdict
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.events import ImportAsked
from portal.domain.importing.kinds import MOST_LINES, Kind
from portal.domain.importing.table import MOST_FAULTS, Fault, folded, guess
from portal.people.handing_over import CODE_HOLDS
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of
from portal.store.holding import held
from portal.store.record_keys import box_of, destroy, new_box
from portal.systems.importing.models import CODES, FAULTS, FILE, MAPPING, CaseImport, ImportMapping
from portal.systems.importing.queries import OPEN, table_of
from portal.systems.importing.reading import read
from portal.systems.importing.sorts import SORTS

SUBJECT = "import"
KEPT = timedelta(days=1)
"""How long the lines of a file are there that nobody takes over."""


class NoSuchImportError(PortalError):
    """No file with this id here, or none to which this can still be done."""


def read_in(session: Session, kind: Kind, data: bytes, actor: Actor, now: datetime) -> UUID:
    """Read a file in: sealed, its columns guessed as last time, and looked through at once."""
    sheet = read(data, MOST_LINES[kind])
    assert actor.account_id is not None  # noqa: S101 - a page behind the sign-in
    import_id = new_id()
    box = new_box(session, import_id, now)
    row = CaseImport(
        landlord_id=scope_of(session).landlord_id,
        id=import_id,
        kind=kind.value,
        state="read",
        mapped={each.value: place for each, place in _remembered(session, kind, sheet.head).items()},
        read_at=now,
        read_by=actor.account_id,
        read_name=actor.name,
        whole=len(sheet.lines) - 1,
        file=box.seal_json(FILE, import_id, asdict(sheet)),
    )
    session.add(row)
    session.flush()
    look_through(session, row, now)
    _note(session, Fact.IMPORT_READ, import_id, actor, now, str(row.whole))
    return import_id


def map_columns(
    session: Session, kind: Kind, import_id: UUID, mapped: dict[StrEnum, int], actor: Actor, now: datetime
) -> int:
    """Say what the columns mean; the file is looked through again, and the next one begins with it."""
    row = get(session, kind, import_id, OPEN)
    row.by_id, row.by_name = actor.account_id, actor.name
    row.mapped = {each.value: place for each, place in mapped.items()}
    look_through(session, row, now)
    _remember(session, row, now)
    _note(session, Fact.IMPORT_CHECKED, import_id, actor, now, str(row.faults))
    return row.faults


def ask(session: Session, kind: Kind, import_id: UUID, actor: Actor, now: datetime) -> bool:
    """Take it over: a worker does, whole or not at all. What its columns mean is remembered.

    It is looked through once more, with the eyes of whoever asks: false where something is wrong with it by now, or
    where they may not give what it gives.
    """
    row = get(session, kind, import_id, ("fit",))
    row.by_id, row.by_name = actor.account_id, actor.name
    if not look_through(session, row, now):
        return False
    row.state, row.asked_at = "asked", now
    _remember(session, row, now)
    _note(session, Fact.IMPORT_ASKED, import_id, actor, now, str(row.whole))
    outbox.record(session, ImportAsked(row.landlord_id, import_id), now)
    return True


def drop(session: Session, kind: Kind, import_id: UUID, actor: Actor, now: datetime) -> None:
    """Not this file. Its lines are destroyed."""
    row = get(session, kind, import_id, OPEN)
    row.ended_by = actor.name
    forget(session, row, "dropped", now)
    _note(session, Fact.IMPORT_DROPPED, import_id, actor, now)


def hand_over_codes(
    session: Session, kind: Kind, import_id: UUID, actor: Actor, now: datetime
) -> list[dict[str, str]]:
    """The codes of those who were invited, each with its name: once, and then they are kept nowhere."""
    row = get(session, kind, import_id, ("done",))
    if row.codes is None:
        raise NoSuchImportError
    codes: list[dict[str, str]] = box_of(session, row.id).open_json(CODES, row.id, row.codes)
    row.codes = None
    session.flush()
    destroy(session, [row.id])
    _note(session, Fact.IMPORT_CODES_SHOWN, import_id, actor, now, str(len(codes)))
    return codes


def let_go(session: Session, now: datetime) -> int:
    """Destroy the lines of files that nobody took over in a day, and codes that open nothing any more."""
    old = session.scalars(
        select(CaseImport).where(
            CaseImport.landlord_id == scope_of(session).landlord_id,
            or_(
                CaseImport.state.in_(OPEN) & (CaseImport.read_at <= now - KEPT),
                CaseImport.codes.is_not(None) & (CaseImport.ended_at <= now - CODE_HOLDS),
            ),
        )
    ).all()
    for row in old:
        if row.codes is None:
            forget(session, row, "dropped", now)
        else:
            row.codes = None
            session.flush()
            destroy(session, [row.id])
    return len(old)


def forget(session: Session, row: CaseImport, state: str, now: datetime) -> None:
    """Destroy its lines: their key goes, so that no backup has them either; unless codes wait to be handed over."""
    row.state, row.ended_at, row.file, row.sealed = state, now, None, None
    session.flush()
    if row.codes is None:
        destroy(session, [row.id])


def get(session: Session, kind: Kind, import_id: UUID, states: tuple[str, ...]) -> CaseImport:
    """The file of this kind with this id in one of these states, held."""
    row = held(session, CaseImport, import_id, CaseImport.state.in_(states), CaseImport.kind == kind.value)
    if row is None:
        raise NoSuchImportError
    return row


def looked_through(session: Session, row: CaseImport, now: datetime) -> tuple[list[Any], list[Fault]]:
    """Every line as what it is to become, and every fault, as things stand now for whoever asks."""
    sheet, sort = table_of(session, row), SORTS[Kind(row.kind)]
    mapped = {sort.columns(each): place for each, place in row.mapped.items() if place < len(sheet.head)}
    return sort.look(session, sheet, mapped, row.by_id or row.read_by, now)


def look_through(session: Session, row: CaseImport, now: datetime) -> bool:
    """Whether nothing is wrong with it; what is stands with the file from then on."""
    return keep_faults(session, row, looked_through(session, row, now)[1])


def keep_faults(session: Session, row: CaseImport, faults: list[Fault]) -> bool:
    """Keep what is wrong with it, and what is to be looked at. Whether nothing is wrong."""
    stops, heeds = [each for each in faults if each.stops], [each for each in faults if not each.stops]
    row.faults, row.warned, row.state = len(stops), len(heeds), "faulty" if stops else "fit"
    said = [asdict(each) for each in (*stops[:MOST_FAULTS], *heeds[:MOST_FAULTS])]
    row.sealed = box_of(session, row.id).seal_json(FAULTS, row.id, said)
    return not stops


def _remembered(session: Session, kind: Kind, head: list[str]) -> dict[StrEnum, int]:
    sort, here = SORTS[kind], scope_of(session).landlord_id
    row = session.scalar(
        select(ImportMapping).where(ImportMapping.landlord_id == here, ImportMapping.kind == kind.value)
    )
    kept = cipher_of(session).open_json(MAPPING, row.id, row.sealed) if row else {}
    names = [folded(each) for each in head]
    found = {sort.columns(each): names.index(name) for each, name in kept.items() if name in names}
    guessed = {
        each: place for each, place in guess(head, sort.guesses).items() if place not in found.values()
    }
    return guessed | found


def _remember(session: Session, row: CaseImport, now: datetime) -> None:
    head = table_of(session, row).head
    said = {each: folded(head[place]) for each, place in row.mapped.items()}
    kept = session.scalar(
        select(ImportMapping)
        .where(ImportMapping.landlord_id == row.landlord_id, ImportMapping.kind == row.kind)
        .with_for_update()
    )
    if kept is None:
        kept = ImportMapping(landlord_id=row.landlord_id, id=new_id(), kind=row.kind)
        session.add(kept)
    kept.kept_at, kept.sealed = now, cipher_of(session).seal_json(MAPPING, kept.id, said)


def _note(
    session: Session, fact: Fact, import_id: UUID, actor: Actor, now: datetime, detail: str | None = None
) -> None:
    audit.record(session, fact, actor, now, subject=SUBJECT, subject_id=import_id, detail=detail)
