"""Serious matters. Codes and times are plain, so that what waits can be looked for; words are sealed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, ByAuthor, Owned

PLACE = "serious_matter"
"""Where the words are sealed."""


class SeriousMatter(ByAuthor, Owned, Base):
    """A crime or a risk that the police may have to know of. It ends with a report or a reasoned no, never by itself.

    Of each kind at most one is open in a case: what comes to be known meanwhile is added to it. `proposed_by` asked
    to decide that it is not reported; `left_id` names what went to the police.
    """

    __tablename__ = "serious_matter"

    case_id: Mapped[UUID]
    matter: Mapped[str]
    noted_at: Mapped[datetime]
    proposed_at: Mapped[datetime | None]
    proposed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    proposer: Mapped[str | None]
    decision: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    left_id: Mapped[UUID | None]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "left_id"], ["disclosure.landlord_id", "disclosure.id"]),
        Index("ix_serious_matter_case", "landlord_id", "case_id", "noted_at"),
        Index("ix_serious_matter_open", "landlord_id", "case_id", "matter", unique=True,
              postgresql_where=text("decision IS NULL")),
        Index("ix_serious_matter_left", "landlord_id", "left_id"),
    )  # fmt: skip
