"""Files that were read in, as their pages show them: counts and places, and no word that stood in one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.importing.kinds import Kind
from portal.domain.importing.table import Fault, Sheet
from portal.homes.register.queries import how_many
from portal.store.database import scope_of
from portal.store.record_keys import box_of
from portal.systems.importing.models import FAULTS, FILE, CaseImport

SHOWN = 30
OPEN = ("read", "faulty", "fit")
"""States in which its columns can still be changed."""
NAMES = (
    "id", "state", "read_at", "read_name", "whole", "faults", "warned", "done", "changed", "asked_at", "ended_at",
    "ended_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One file in the list."""

    id: UUID
    state: str
    read_at: datetime
    read_name: str
    whole: int
    faults: int
    warned: int
    done: int
    changed: int | None
    asked_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None
    has_codes: bool
    """Whether codes of those who were invited wait to be handed over."""

    @property
    def waits(self) -> bool:
        """Is a worker at it?"""
        return self.state in {"asked", "undoing"}


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One file whose columns can still be changed: its headings, what they mean, and what is wrong."""

    row: ImportRow
    head: tuple[str, ...]
    mapped: dict[str, int]
    wrong: tuple[Fault, ...]
    heed: tuple[Fault, ...]
    notes: tuple[str, ...]


def imports(session: Session, kind: Kind) -> list[ImportRow]:
    """Every file of a kind, the newest first."""
    rows = session.scalars(
        select(CaseImport)
        .where(CaseImport.landlord_id == scope_of(session).landlord_id, CaseImport.kind == kind.value)
        .order_by(CaseImport.read_at.desc())
        .limit(SHOWN)
    )
    return [_row(each) for each in rows]


def one(session: Session, kind: Kind, import_id: UUID) -> ImportPage | None:
    """One file; its headings and faults only while it can still be changed."""
    row = session.get(CaseImport, (scope_of(session).landlord_id, import_id))
    if row is None or row.kind != kind:
        return None
    if row.state not in OPEN or row.sealed is None:
        return ImportPage(_row(row), (), {}, (), (), ())
    said = [Fault(**each) for each in box_of(session, row.id).open_json(FAULTS, row.id, row.sealed)]
    sheet = table_of(session, row)
    wrong, heed = (tuple(each for each in said if each.stops is stops) for stops in (True, False))
    return ImportPage(_row(row), tuple(sheet.head), row.mapped, wrong, heed, sheet.notes)


def homes(session: Session) -> int:
    """How many homes stand in the list."""
    return how_many(session)


def table_of(session: Session, row: CaseImport) -> Sheet:
    """Its lines, headings first."""
    said = box_of(session, row.id).open_json(FILE, row.id, row.file or b"")
    if isinstance(said, list):  # read in by an earlier release, at most a day ago
        return Sheet(said)
    return Sheet(said["lines"], said["head_at"], tuple(said["notes"]))


def _row(row: CaseImport) -> ImportRow:
    return ImportRow(**{name: getattr(row, name) for name in NAMES}, has_codes=row.codes is not None)
