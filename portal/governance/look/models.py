"""What a landlord is writing about how its public pages look and speak."""

from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class LookDraft(Owned, Base):
    """One row for each landlord, under its own id; `body` is nothing while nobody writes. It goes on to the public."""

    __tablename__ = "look_draft"

    body: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    revision: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
