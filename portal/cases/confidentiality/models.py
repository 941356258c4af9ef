"""Who is named for a case and who is barred from it. Row security reads these two tables and nothing else of theirs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from portal.store.base import Base, Owned


class OfOneAccount(Owned):
    """Something that holds for one member of staff at one case until it is ended; the reasons are sealed as one."""

    case_id: Mapped[UUID]
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    sealed: Mapped[bytes]

    @declared_attr
    def account_id(cls) -> Mapped[UUID]:  # noqa: N805 - SQLAlchemy gives the class
        """For whom it holds."""
        return mapped_column(ForeignKey("account.id"))

    @declared_attr
    def made_by(cls) -> Mapped[UUID]:  # noqa: N805
        """Who decided it."""
        return mapped_column(ForeignKey("account.id"))

    @declared_attr
    def ended_by(cls) -> Mapped[UUID | None]:  # noqa: N805
        """Who ended it."""
        return mapped_column(ForeignKey("account.id"))


class CaseReader(OfOneAccount, Base):
    """A member of staff who may open a case that is restricted.

    Named without an end by a manager, or for an hour by opening it in an emergency, which has to be reviewed.
    """

    __tablename__ = "case_reader"

    emergency: Mapped[bool] = mapped_column(default=False)
    until: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_case_reader_open", "landlord_id", "account_id", "case_id", postgresql_where=text("ended_at IS NULL")),
        Index("ix_case_reader_case", "landlord_id", "case_id", "since"),
        Index("ix_case_reader_emergency", "landlord_id", "since", postgresql_where=text("emergency")),
    )


class CaseBar(OfOneAccount, Base):
    """A member of staff who must not know of a case, because of a conflict of interest, whatever their role.

    With a person, they are barred from somebody: from every case as well in which that person is recognised.
    """

    __tablename__ = "case_bar"

    person_id: Mapped[UUID | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "person_id"], ["person.landlord_id", "person.id"]),
        Index("ix_case_bar_open", "landlord_id", "account_id", "case_id", postgresql_where=text("ended_at IS NULL")),
        Index("ix_case_bar_case", "landlord_id", "case_id", "since"),
    )
