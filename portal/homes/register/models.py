"""One home of the landlord, as the file says that brought it."""

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

SEALED = "own_home"


class OwnHome(Owned, Base):
    """One home. `key`, `other` and `place` are keyed hashes of its reference, of another key and of its address.

    A later file that brings the same reference leaves this row behind (`left_by`), so that it comes back when that
    file is taken back. A home that is `ours` no more stays known by its reference.
    """

    __tablename__ = "own_home"

    import_id: Mapped[UUID]
    line: Mapped[int]
    key: Mapped[bytes]
    other: Mapped[bytes | None]
    place: Mapped[bytes | None]
    ours: Mapped[bool] = mapped_column(default=True)
    left_by: Mapped[UUID | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "import_id"], ["case_import.landlord_id", "case_import.id"]),
        ForeignKeyConstraint(["landlord_id", "left_by"], ["case_import.landlord_id", "case_import.id"]),
        Index("uq_own_home_key", "landlord_id", "key", unique=True, postgresql_where=text("left_by IS NULL")),
        Index("ix_own_home_other", "landlord_id", "other", postgresql_where=text("left_by IS NULL")),
        Index("ix_own_home_place", "landlord_id", "place", postgresql_where=text("left_by IS NULL")),
        Index("ix_own_home_import", "landlord_id", "import_id"),
        Index("ix_own_home_left_by", "landlord_id", "left_by"),
    )
