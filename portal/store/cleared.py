"""Who has been cleared, beside the roles that are, to know whose case it is where a case has no name (HS-026 4.14)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.store.base import Base, Owned
from portal.store.database import scope_of


class IdentityClearance(Owned, Base):
    """One member of staff, cleared for one case until a moment or until it is taken back; the reasons are sealed.

    Row security reads it (portal.store.row_security), and so does whatever takes telling words out of a text.
    """

    __tablename__ = "identity_clearance"

    case_id: Mapped[UUID]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    since: Mapped[datetime]
    until: Mapped[datetime]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_identity_clearance_holds", "landlord_id", "account_id", postgresql_where=text("ended_at IS NULL")),
        Index("ix_identity_clearance_case", "landlord_id", "case_id", "since"),
    )


def knows(session: Session, case_id: UUID) -> bool:
    """Is this reader shown whose case it is: by role, or cleared for this case, now?"""
    return scope_of(session).identities or case_id in cleared_for(session)


def cleared_for(session: Session) -> frozenset[UUID]:
    """The cases for which the reader is cleared, by the database's clock as in row security; asked for once."""
    scope = scope_of(session)
    if scope.reader is None:
        return frozenset()
    found: frozenset[UUID] | None = session.info.get("cleared")
    if found is None:
        row = IdentityClearance
        mine = (row.landlord_id == scope.landlord_id) & (row.account_id == scope.reader)
        holds = select(row.case_id).where(mine, row.ended_at.is_(None), row.until > func.now())
        found = session.info["cleared"] = frozenset(session.scalars(holds))
    return found
