"""Concerns and referrals. Codes and times are plain, so that what waits can be looked for; words are sealed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped

from portal.store.base import Base, ByAuthor, Owned, Signed


class Concern(ByAuthor, Owned, Base):
    """Somebody is thought to be at risk. It ends with a referral or with a reasoned no, never by itself."""

    __tablename__ = "safeguarding_concern"

    case_id: Mapped[UUID]
    person_id: Mapped[UUID | None]
    risk_group: Mapped[str]
    noted_at: Mapped[datetime]
    decision: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "person_id"], ["person.landlord_id", "person.id"]),
        Index("ix_safeguarding_concern_case", "landlord_id", "case_id", "noted_at"),
        Index("ix_safeguarding_concern_noted", "landlord_id", "noted_at"),
        Index(
            "ix_safeguarding_concern_open",
            "landlord_id",
            "noted_at",
            postgresql_where=text("decision IS NULL"),
        ),
    )


class Referral(Signed, Owned, Base):
    """What was sent to children's or adult services, on what ground, and what came of it."""

    __tablename__ = "safeguarding_referral"

    case_id: Mapped[UUID]
    concern_id: Mapped[UUID]
    door: Mapped[str]
    ground: Mapped[str]
    told: Mapped[str]
    made_at: Mapped[datetime]
    chase_at: Mapped[datetime]
    outcome: Mapped[str | None]
    outcome_at: Mapped[datetime | None]
    outcome_by: Mapped[str | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(
            ["landlord_id", "concern_id"], ["safeguarding_concern.landlord_id", "safeguarding_concern.id"]
        ),
        Index("ix_safeguarding_referral_case", "landlord_id", "case_id", "made_at"),
        Index("ix_safeguarding_referral_made", "landlord_id", "made_at"),
        Index(
            "ix_safeguarding_referral_open",
            "landlord_id",
            "chase_at",
            postgresql_where=text("outcome IS NULL"),
        ),
    )
