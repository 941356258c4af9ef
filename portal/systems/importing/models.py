"""A file that is taken over, and what came of it: cases, colleagues; homes stand in a register of their own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

FILE, FAULTS, CODES, MAPPING = "case_import.file", "case_import.sealed", "case_import.codes", "import_mapping"


class CaseImport(Owned, Base):
    """One file, of whatever kind. `file` holds its lines until they are taken over, or a day is past.

    Then its key is destroyed; where colleagues were invited, as soon as `codes` were handed over. `by_id` is whoever
    asked for what is under way, `changed` how many of its rows kept it from being taken back.
    """

    __tablename__ = "case_import"

    kind: Mapped[str]
    state: Mapped[str]
    mapped: Mapped[dict[str, Any]]
    read_at: Mapped[datetime]
    read_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    read_name: Mapped[str]
    whole: Mapped[int]
    faults: Mapped[int] = mapped_column(default=0)
    warned: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime | None]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str | None]
    changed: Mapped[int | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    sealed: Mapped[bytes | None]
    file: Mapped[bytes | None]
    codes: Mapped[bytes | None]

    __table_args__ = (Index("ix_case_import_read", "landlord_id", "kind", "read_at"),)


class ImportedCase(Owned, Base):
    """One case that came of a file, as it stood then: taken back it is only while it stands so still.

    `key` is the keyed hash of its reference in the other system, so that it does not come twice; `home_id` the home
    of ours whose address it took.
    """

    __tablename__ = "imported_case"

    import_id: Mapped[UUID]
    case_id: Mapped[UUID]
    line: Mapped[int]
    revision: Mapped[int]
    entries: Mapped[int]
    key: Mapped[bytes | None]
    home_id: Mapped[UUID | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "import_id"], ["case_import.landlord_id", "case_import.id"]),
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        UniqueConstraint("landlord_id", "import_id", "line"),
        Index("ix_imported_case_key", "landlord_id", "key"),
        Index("ix_imported_case_case", "landlord_id", "case_id"),
        Index("ix_imported_case_home", "landlord_id", "home_id"),
    )


class ImportedColleague(Owned, Base):
    """One line of a file of colleagues: whether it invited somebody, and the course that it wrote down."""

    __tablename__ = "imported_colleague"

    import_id: Mapped[UUID]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    line: Mapped[int]
    invited: Mapped[bool]
    training_id: Mapped[UUID | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "import_id"], ["case_import.landlord_id", "case_import.id"]),
        ForeignKeyConstraint(["landlord_id", "training_id"], ["training.landlord_id", "training.id"]),
        UniqueConstraint("landlord_id", "import_id", "line"),
        Index("ix_imported_colleague_account", "landlord_id", "account_id"),
    )


class ImportMapping(Owned, Base):
    """What the columns of files of a kind meant when last chosen here, by their headings. Sealed: one never knows."""

    __tablename__ = "import_mapping"

    kind: Mapped[str]
    kept_at: Mapped[datetime]
    sealed: Mapped[bytes]

    __table_args__ = (UniqueConstraint("landlord_id", "kind"),)
