"""What a landlord asks an agency to do."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class AgencyTask(Owned, Base):
    """One thing to do, under a key of its own. The agency takes it, says what came of it, and changes nothing else."""

    __tablename__ = "agency_task"

    case_id: Mapped[UUID]
    grant_id: Mapped[UUID]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    due_on: Mapped[date]
    made_at: Mapped[datetime]
    made_name: Mapped[str]
    taken_at: Mapped[datetime | None]
    taken_name: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    ended_name: Mapped[str | None]
    ending: Mapped[str | None]
    sealed: Mapped[bytes]
    outcome: Mapped[bytes | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "grant_id"], ["agency_grant.landlord_id", "agency_grant.id"]),
        Index("ix_agency_task_grant", "landlord_id", "grant_id", "due_on"),
    )
