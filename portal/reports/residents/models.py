"""The landlord's resident profile: numbers of people, and nobody."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from portal.store.base import Base, Owned


class ResidentProfile(Owned, Base):
    """One version, newer ones beside it. `numbers` holds codes of portal.domain.equality and how many have each."""

    __tablename__ = "resident_profile"

    as_of: Mapped[date]
    source: Mapped[str]
    loaded_at: Mapped[datetime]
    loaded_by: Mapped[str]
    numbers: Mapped[dict[str, Any]]

    __table_args__ = (Index("ix_resident_profile_loaded", "landlord_id", "loaded_at"),)
