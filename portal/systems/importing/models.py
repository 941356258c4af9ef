"""A file that is taken over, and the cases that came of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

FILE, FAULTS, MAPPING = "case_import.file", "case_import.sealed", "import_mapping"


class CaseImport(Owned, Base):
    """One file. `file` holds its lines until they are taken over, or a day is past; then its key is destroyed."""

    __tablename__ = "case_import"

    state: Mapped[str]
    mapped: Mapped[dict[str, Any]]
    read_at: Mapped[datetime]
    read_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    read_name: Mapped[str]
    whole: Mapped[int]
    faults: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    sealed: Mapped[bytes | None]
    file: Mapped[bytes | None]

    __table_args__ = (Index("ix_case_import_read", "landlord_id", "read_at"),)


class ImportedCase(Owned, Base):
    """One case that came of a file, as it stood then: taken back it is only while it stands so still.

    `key` is the keyed hash of its reference in the other system, so that it does not come twice.
    """

    __tablename__ = "imported_case"

    import_id: Mapped[UUID]
    case_id: Mapped[UUID]
    line: Mapped[int]
    revision: Mapped[int]
    entries: Mapped[int]
    key: Mapped[bytes | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "import_id"], ["case_import.landlord_id", "case_import.id"]),
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        UniqueConstraint("landlord_id", "import_id", "line"),
        Index("ix_imported_case_key", "landlord_id", "key"),
        Index("ix_imported_case_case", "landlord_id", "case_id"),
    )


class ImportMapping(Owned, Base):
    """What the columns of files meant when one was last taken over here, by their headings. Sealed: one never knows."""

    __tablename__ = "import_mapping"

    kept_at: Mapped[datetime]
    sealed: Mapped[bytes]

    __table_args__ = (UniqueConstraint("landlord_id"),)
