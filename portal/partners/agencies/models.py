"""Agencies. The list is the platform's own and the same for every landlord: nothing in it says who works with whom."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base


class Agency(Base):
    """One body that people work for: a police force, a support service, a council's housing team.

    `active` is False once it has left the portal: nothing new is agreed with it, and none of its people gets in.
    """

    __tablename__ = "agency"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
