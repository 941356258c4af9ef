"""What becomes of the people of a case: former values, standing, kinds of abuse, and the same person elsewhere."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, ByAuthor, Owned

NOBODYS_WORD = "standing <> 'convicted' OR (source IN ('police', 'court') AND on_date IS NOT NULL)"
"""A conviction without a source and a day cannot even be stored (AG/013 Objectives, bullet 7)."""


class PersonRevision(ByAuthor, Owned, Base):
    """What was written about somebody until it was changed, and by whom. Append-only."""

    __tablename__ = "person_revision"

    case_id: Mapped[UUID]
    person_id: Mapped[UUID]
    number: Mapped[int]
    at: Mapped[datetime]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "person_id"], ["person.landlord_id", "person.id"]),
        Index("ix_person_revision_case", "landlord_id", "case_id", "person_id", "at"),
    )


class StandingEntry(ByAuthor, Owned, Base):
    """What is known of the person who does harm from a moment on: the newest one holds. Append-only."""

    __tablename__ = "standing"

    case_id: Mapped[UUID]
    person_id: Mapped[UUID]
    at: Mapped[datetime]
    standing: Mapped[str]
    source: Mapped[str]
    on_date: Mapped[date | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "person_id"], ["person.landlord_id", "person.id"]),
        CheckConstraint(NOBODYS_WORD, name="nobodys_word"),
        Index("ix_standing_case", "landlord_id", "case_id", "person_id", "at"),
    )


class RecordedKinds(ByAuthor, Owned, Base):
    """Which kinds of abuse are known of since the report: the newest row holds. Append-only."""

    __tablename__ = "recorded_kinds"

    case_id: Mapped[UUID]
    at: Mapped[datetime]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_recorded_kinds_case", "landlord_id", "case_id", "at"),
    )


class PersonKey(Base):
    """A keyed hash by which somebody is recognised in another case: a name with a birthday, or a telephone."""

    __tablename__ = "person_key"

    landlord_id: Mapped[UUID] = mapped_column(primary_key=True)
    token: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID]
    by: Mapped[str]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "person_id"], ["person.landlord_id", "person.id"]),
        Index("ix_person_key_case", "landlord_id", "case_id"),
    )


class SamePerson(ByAuthor, Owned, Base):
    """An officer's answer whether two people are one; the newest holds. Shown to who may open both cases only.

    No foreign key leads to the other case: the answer must not stand in the way when that one is erased.
    """

    __tablename__ = "same_person"

    case_id: Mapped[UUID]
    person_id: Mapped[UUID]
    other_case_id: Mapped[UUID]
    other_person_id: Mapped[UUID]
    same: Mapped[bool]
    at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "person_id"], ["person.landlord_id", "person.id"]),
        Index("ix_same_person_pair", "landlord_id", "person_id", "other_person_id", "at"),
    )
