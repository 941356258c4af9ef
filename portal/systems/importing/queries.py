"""Files that were read in, as their pages show them: counts and places, and no word that stood in one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.importing import Fault
from portal.store.database import scope_of
from portal.store.record_keys import box_of
from portal.systems.importing.models import FAULTS, FILE, CaseImport
from portal.systems.importing.reading import Table

SHOWN = 30
OPEN = ("read", "faulty", "fit")
"""States in which its columns can still be changed."""
NAMES = (
    "id", "state", "read_at", "read_name", "whole", "faults", "done", "asked_at", "ended_at", "ended_by",
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
    done: int
    asked_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None

    @property
    def waits(self) -> bool:
        """Is a worker at it?"""
        return self.state == "asked"


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One file whose columns can still be changed: its headings, what they mean, and what is wrong."""

    row: ImportRow
    head: tuple[str, ...]
    mapped: dict[str, int]
    wrong: tuple[Fault, ...]


def imports(session: Session) -> list[ImportRow]:
    """Every file, the newest first."""
    rows = session.scalars(
        select(CaseImport)
        .where(CaseImport.landlord_id == scope_of(session).landlord_id)
        .order_by(CaseImport.read_at.desc())
        .limit(SHOWN)
    )
    return [_row(each) for each in rows]


def one(session: Session, import_id: UUID) -> ImportPage | None:
    """One file; its headings and faults only while it can still be changed."""
    row = session.get(CaseImport, (scope_of(session).landlord_id, import_id))
    if row is None:
        return None
    if row.state not in OPEN or row.sealed is None:
        return ImportPage(_row(row), (), {}, ())
    said = box_of(session, row.id).open_json(FAULTS, row.id, row.sealed)
    return ImportPage(_row(row), tuple(table_of(session, row)[0]), row.mapped, tuple(Fault(**each) for each in said))


def table_of(session: Session, row: CaseImport) -> Table:
    """Its lines, headings first."""
    table: Table = box_of(session, row.id).open_json(FILE, row.id, row.file or b"")
    return table


def _row(row: CaseImport) -> ImportRow:
    return ImportRow(**{name: getattr(row, name) for name in NAMES})
