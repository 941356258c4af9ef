"""The versions of a landlord's policy and of what it assesses risk with: immutable once stored."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

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
