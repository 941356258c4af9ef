"""The landlords themselves: the root that every owned row hangs on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base


class Landlord(Base):
    """A housing provider on the portal. `face` is what its public pages show: name, colours, directory."""

    __tablename__ = "landlord"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    face: Mapped[dict[str, Any]]
    active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    """Since when its front door is on the list of all; while it is being set up, only who has its address finds it."""
