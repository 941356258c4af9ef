"""The versions of a landlord's policy and of what it assesses risk with, immutable; and what was checked."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class PolicyVersion(Owned, Base):
    """A policy as it was loaded, whole. A case pins the one in force when its report arrived."""

    __tablename__ = "policy_version"

    reference: Mapped[str]
    label: Mapped[str]
    in_force_from: Mapped[date]
    digest: Mapped[str]
    body: Mapped[dict[str, Any]]
    loaded_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("landlord_id", "digest"),
        Index("ix_policy_version_in_force", "landlord_id", "in_force_from", "loaded_at"),
    )


class PolicyApproval(Owned, Base):
    """That a version was approved: by which body on which day, and which two people brought it into the portal."""

    __tablename__ = "policy_approval"

    version_id: Mapped[UUID]
    body: Mapped[str]
    decided_on: Mapped[date]
    note: Mapped[str]
    proposed_by: Mapped[str]
    approved_by: Mapped[str]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "version_id"], ["policy_version.landlord_id", "policy_version.id"]),
        Index("ix_policy_approval_version", "landlord_id", "version_id"),
    )


class LandlordPack(Owned, Base):
    """Who the landlord is, as its folder said when it was last loaded: all of the pack but the policy."""

    __tablename__ = "landlord_pack"

    body: Mapped[dict[str, Any]]
    loaded_at: Mapped[datetime]


class LookVersion(Owned, Base):
    """How the public pages looked and spoke from a moment on: what the landlord published of itself, whole.

    The newest counts, over what the landlord's folder says. It holds what everybody may read.
    """

    __tablename__ = "look_version"

    number: Mapped[int]
    body: Mapped[dict[str, Any]]
    why: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[str]

    __table_args__ = (UniqueConstraint("landlord_id", "number"),)


class InstrumentVersion(Owned, Base):
    """An instrument as it was loaded, with the wording that this landlord may use. An assessment names its own."""

    __tablename__ = "instrument_version"

    code: Mapped[str]
    version: Mapped[str]
    digest: Mapped[str]
    body: Mapped[dict[str, Any]]
    loaded_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("landlord_id", "digest"),
        Index("ix_instrument_version_code", "landlord_id", "code", "loaded_at"),
    )


class ServiceCheck(Owned, Base):
    """Somebody of the landlord made sure of one service of its list. Corrected by adding; the newest counts.

    `number` and `hours` are what was found to be right; `owner` is who looks after the entry from then on.
    """

    __tablename__ = "service_check"

    service: Mapped[str]
    checked_on: Mapped[date]
    how: Mapped[str]
    number: Mapped[str]
    hours: Mapped[str]
    owner: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (Index("ix_service_check_newest", "landlord_id", "service", "checked_on", "recorded_at"),)


class LineCheck(Base):
    """Whoever runs the portal made sure of one national line, for every landlord at once. It holds nobody's data."""

    __tablename__ = "line_check"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    service: Mapped[str]
    checked_on: Mapped[date]
    how: Mapped[str]
    checked_by: Mapped[str]
    recorded_at: Mapped[datetime]

    __table_args__ = (Index("ix_line_check_newest", "service", "checked_on", "recorded_at"),)
