"""Documents of a case. Their bytes stand in a table of their own, so that listing forty of them reads none of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class Document(Owned, Base):
    """One version of a document. A correction is a newer version; the older one stays (docs/decisions).

    `first_id` is the id of its first version, by which marks and shares name it. `sha256` is of the bytes that are
    kept, `received_sha256` of those that came in: a picture is drawn anew.
    """

    __tablename__ = "document"

    case_id: Mapped[UUID]
    first_id: Mapped[UUID]
    version: Mapped[int]
    kind: Mapped[str]
    media: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    received_sha256: Mapped[str]
    scanned: Mapped[bool]
    added_at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    replaced_at: Mapped[datetime | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        UniqueConstraint("landlord_id", "case_id", "first_id", "version"),
        Index("ix_document_case", "landlord_id", "case_id", "added_at", "id"),
    )


class DocumentFile(Owned, Base):
    """The bytes of one version, sealed under the key of the case; the id is that of the version."""

    __tablename__ = "document_file"

    case_id: Mapped[UUID]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "id"], ["document.landlord_id", "document.id"]),
    )


class KeptBack(Owned, Base):
    """A mark that something must not leave the landlord: a document in all its versions, or a line of the timeline.

    It is lifted, never deleted. Once anything that is put together contains a marked thing, that thing is left out.
    """

    __tablename__ = "kept_back"

    case_id: Mapped[UUID]
    what: Mapped[str]
    of_id: Mapped[UUID]
    at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_kept_back_case", "landlord_id", "case_id", "of_id"),
    )
