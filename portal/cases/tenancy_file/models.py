"""Requests to see the tenancy file, each with what is given of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE = "file_request"
"""Where the words of a request and of the file are sealed."""


class FileRequest(Owned, Base):
    """Somebody asks to see the tenancy file. It is given once one has gone through it and another has signed."""

    __tablename__ = "file_request"

    case_id: Mapped[UUID]
    asker: Mapped[str]
    acts_as: Mapped[str | None]
    authority_seen: Mapped[bool]
    asked_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    prepared_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    prepared_name: Mapped[str | None]
    prepared_at: Mapped[datetime | None]
    signed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    signed_name: Mapped[str | None]
    signed_at: Mapped[datetime | None]
    given_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_file_request_case", "landlord_id", "case_id", "asked_on"),
    )
