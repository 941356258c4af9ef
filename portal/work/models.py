"""Signs of life of the portal's own processes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base


class Heartbeat(Base):
    """When a process was last seen alive."""

    __tablename__ = "heartbeat"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    label: Mapped[str]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
