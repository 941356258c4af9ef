"""The figures of a quarter as they were published."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class PublishedFigures(Owned, Base):
    """One quarter, once, and never changed: `figures` holds what may be published and nothing that was counted."""

    __tablename__ = "published_figures"

    quarter: Mapped[str]
    as_of: Mapped[datetime]
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB)

    __table_args__ = (UniqueConstraint("landlord_id", "quarter"),)
