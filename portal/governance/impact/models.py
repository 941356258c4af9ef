"""An impact assessment of one version of the policy, what is to be done because of it, and who signed it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE = "impact"
"""Where the words of an assessment are sealed; those of its actions and signatures under the same key."""


class ImpactAssessment(Owned, Base):
    """Of a draft until that is published, and of the version from then on. `turn` counts how often it went back.

    What is written in it is sealed. `follows_id` is the one that it reviews.
    """

    __tablename__ = "impact_assessment"

    draft_id: Mapped[UUID | None]
    version_id: Mapped[UUID | None]
    follows_id: Mapped[UUID | None]
    kind: Mapped[str]
    lead: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    begun_at: Mapped[datetime]
    begun_by: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    revision: Mapped[int]
    turn: Mapped[int]
    next_review: Mapped[date | None]
    completed_at: Mapped[datetime | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "draft_id"], ["policy_draft.landlord_id", "policy_draft.id"]),
        ForeignKeyConstraint(
            ["landlord_id", "version_id"], ["policy_version.landlord_id", "policy_version.id"]
        ),
        ForeignKeyConstraint(
            ["landlord_id", "follows_id"], ["impact_assessment.landlord_id", "impact_assessment.id"]
        ),
        Index("ix_impact_assessment_draft", "landlord_id", "draft_id"),
        Index("ix_impact_assessment_version", "landlord_id", "version_id"),
    )


class ImpactSignature(Owned, Base):
    """One signature, never changed: in which part, under which post. `digest` is of the draft as it was then."""

    __tablename__ = "impact_signature"

    assessment_id: Mapped[UUID]
    turn: Mapped[int]
    part: Mapped[str]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    post: Mapped[str]
    signed_at: Mapped[datetime]
    digest: Mapped[str | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(
            ["landlord_id", "assessment_id"], ["impact_assessment.landlord_id", "impact_assessment.id"]
        ),
        UniqueConstraint("landlord_id", "assessment_id", "turn", "part"),
    )


class ImpactAction(Owned, Base):
    """What is to be done, by whom and until when; and afterwards whether it helped. `row` is what it answers."""

    __tablename__ = "impact_action"

    assessment_id: Mapped[UUID]
    follows_id: Mapped[UUID | None]
    kind: Mapped[str]
    row: Mapped[str]
    owner: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
    effective: Mapped[bool | None]
    judged_at: Mapped[datetime | None]
    judged_by: Mapped[str | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(
            ["landlord_id", "assessment_id"], ["impact_assessment.landlord_id", "impact_assessment.id"]
        ),
        ForeignKeyConstraint(
            ["landlord_id", "follows_id"], ["impact_action.landlord_id", "impact_action.id"]
        ),
        Index("ix_impact_action_open", "landlord_id", "done_at", "due_on"),
        Index("ix_impact_action_assessment", "landlord_id", "assessment_id"),
    )
