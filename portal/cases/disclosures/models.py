"""A share that somebody asks for, and each time that something has left because of it. Disclosures are append-only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class SharingRequest(Owned, Base):
    """What is to be shared, with whom and on what ground. Names, purpose and reasons are sealed."""

    __tablename__ = "share"

    case_id: Mapped[UUID]
    state: Mapped[str]
    recipient_kind: Mapped[str]
    parts: Mapped[list[str]]
    documents: Mapped[list[str]]
    since: Mapped[datetime | None]
    consent_id: Mapped[UUID | None]
    exception: Mapped[str | None]
    clause: Mapped[str | None]
    concerns: Mapped[list[str]]
    basis: Mapped[str | None]
    condition: Mapped[str | None]
    law: Mapped[str | None]
    told: Mapped[str | None]
    life_in_danger: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "consent_id"], ["consent.landlord_id", "consent.id"]),
        Index("ix_share_case", "landlord_id", "case_id", "asked_at", "id"),
    )


class Disclosure(Owned, Base):
    """One time that something left: how, what exactly, its hash, and a sealed copy of it.

    It left because of a share, or with a `source` of its own: the copy of a plan, a safeguarding referral.

    `sha256` is of the file where one was made, otherwise of the words that left. `file` is sealed like the rest.
    """

    __tablename__ = "disclosure"

    case_id: Mapped[UUID]
    share_id: Mapped[UUID | None]
    source: Mapped[str | None]
    source_id: Mapped[UUID | None]
    known: Mapped[str | None]
    at: Mapped[datetime]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    way: Mapped[str]
    parts: Mapped[list[str]]
    documents: Mapped[dict[str, Any]] = mapped_column(JSONB)
    size: Mapped[int]
    sha256: Mapped[str]
    sealed: Mapped[bytes]
    file: Mapped[bytes | None] = mapped_column(deferred=True)

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "share_id"], ["share.landlord_id", "share.id"]),
        CheckConstraint("num_nonnulls(share_id, source) = 1", name="one_origin"),
        Index("ix_disclosure_case", "landlord_id", "case_id", "at", "id"),
        Index("ix_disclosure_share", "landlord_id", "share_id"),
    )
