"""The draft of a landlord's next policy version."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class PolicyDraft(Owned, Base):
    """What the next version is to say, as far as it has been written. A landlord has one at a time that is not over."""

    __tablename__ = "policy_draft"

    base_version_id: Mapped[UUID]
    content: Mapped[dict[str, Any]]
    state: Mapped[str]
    revision: Mapped[int]
    started_at: Mapped[datetime]
    started_by: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    writers: Mapped[list[str]]
    proposed_at: Mapped[datetime | None]
    proposed_by: Mapped[str | None]
    why: Mapped[str | None]
    returned: Mapped[str | None]
    version_id: Mapped[UUID | None]
    offered_at: Mapped[datetime | None]
    from_group: Mapped[bool] = mapped_column(default=False)
    """Offered by the group: only what the group leaves to its members is written in it here."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["landlord_id", "base_version_id"], ["policy_version.landlord_id", "policy_version.id"]
        ),
        ForeignKeyConstraint(
            ["landlord_id", "version_id"], ["policy_version.landlord_id", "policy_version.id"]
        ),
        Index(
            "ix_policy_draft_one",
            "landlord_id",
            unique=True,
            postgresql_where=text("state IN ('open', 'proposed')"),
        ),
    )
