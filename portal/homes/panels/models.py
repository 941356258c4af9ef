"""An invitation to one item of a panel: whom, from when until when, whether they came; the item itself is sealed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class PanelInvitation(Owned, Base):
    """One colleague for one item. It opens with `meets_at`, and is gone with `ends_at` or `ended_at`."""

    __tablename__ = "panel_invitation"

    case_id: Mapped[UUID]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    meets_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    came: Mapped[bool | None]
    noted_at: Mapped[datetime | None]
    noted_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_panel_invitation_case", "landlord_id", "case_id", "meets_at"),
        Index(
            "uq_panel_invitation_open",
            "landlord_id",
            "case_id",
            "account_id",
            "meets_at",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
