"""Staff accounts, their roles for each landlord, and their sessions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, ForeignKey, ForeignKeyConstraint, Index, and_, func, or_
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class Account(Base):
    """A member of staff; signs in once for all landlords worked for. Passwords are kept as argon2 hashes.

    `mailed_at` is when the password that holds was chosen with a code from the address’s own post, where it was;
    `shown_at`, since when all that opens the account is its owner’s (portal.people.coming_in).
    """

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    mailed_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]


class Membership(Owned, Base):
    """What a person is for one landlord: roles, the policy's post that they hold, and how they can be matched.

    `offers` lists what a survivor may ask of an interviewer that this person has offered to meet
    (for example `woman`, `speaks:pl`); it is used for assignment and shown to those who assign.
    """

    __tablename__ = "membership"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    roles: Mapped[list[str]] = mapped_column(JSONB)
    post: Mapped[str | None]
    offers: Mapped[list[str]] = mapped_column(JSONB)
    on_duty: Mapped[bool] = mapped_column(default=False)
    ends_at: Mapped[datetime | None]

    __table_args__ = (
        Index("uq_membership_account", "landlord_id", "account_id", unique=True),
        Index("ix_membership_account_id", "account_id"),
    )

    @classmethod
    def holds(cls, now: datetime | BindParameter[Any]) -> ColumnElement[bool]:
        """Has it not ended by this moment?"""
        return or_(cls.ends_at.is_(None), cls.ends_at > now)

    @classmethod
    def gives_a_role(cls, now: datetime | BindParameter[Any]) -> ColumnElement[bool]:
        """Does it hold, with a role in it?"""
        return and_(cls.holds(now), func.jsonb_array_length(cls.roles) > 0)


class Invitation:
    """Somebody is asked in, and was handed a code of which the hash stands here; until they come it opens nothing.

    `opens` says that their account was made for it, so that the code lets them choose a password. Otherwise they have
    an account already, sign in as always, and say the code to come in.
    """

    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    code_hash: Mapped[str | None]
    opens: Mapped[bool]
    email: Mapped[str]
    name: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(JSONB)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    until_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]

    @classmethod
    def waits(cls) -> ColumnElement[bool]:
        """Nobody has come in by it, and it was not taken back; its code may be over all the same."""
        return cls.ended_at.is_(None) & cls.used_at.is_(None)


class StaffInvitation(Invitation, Owned, Base):
    """A landlord asks somebody in: as what, and until when the role is to last."""

    __tablename__ = "staff_invitation"

    post: Mapped[str | None]
    on_duty: Mapped[bool]
    ends_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_staff_invitation_made", "landlord_id", "made_at"),
        Index("ix_staff_invitation_account_id", "account_id"),
    )


class AccountCode(Base):
    """The hash of a code with which an account's owner chooses a password; gone once it was used.

    With `anew` it takes the second factor away as well: for whoever has lost their telephone. `mailed` says that it
    went to the address's own post, and was not handed over by somebody.
    """

    __tablename__ = "account_code"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    code_hash: Mapped[str]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    anew: Mapped[bool] = mapped_column(default=False)
    mailed: Mapped[bool] = mapped_column(default=False)


class PolicyRead(Owned, Base):
    """Somebody said that they have read a version of the policy."""

    __tablename__ = "policy_read"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    version_id: Mapped[UUID]
    read_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(
            ["landlord_id", "version_id"], ["policy_version.landlord_id", "policy_version.id"]
        ),
        Index("ix_policy_read_version", "landlord_id", "version_id", "account_id"),
    )


class Training(Owned, Base):
    """A course that somebody completed for one landlord; corrected by recording it again."""

    __tablename__ = "training"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    title: Mapped[str]
    level: Mapped[str]
    completed_on: Mapped[date]
    valid_until: Mapped[date | None]
    provider: Mapped[str | None]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime]

    __table_args__ = (Index("ix_training_account", "landlord_id", "account_id", "completed_on"),)


class ConfidenceKept(Owned, Base):
    """Somebody said that they keep what they learn here in confidence; said anew each year."""

    __tablename__ = "confidence_kept"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    said_at: Mapped[datetime]

    __table_args__ = (Index("ix_confidence_kept_account", "landlord_id", "account_id", "said_at"),)


class StaffSession(Base):
    """One sign-in on one device: only the hash of its secret is kept, and it can be revoked.

    A `half` one has the right password and waits for the second factor: it opens nothing. With `enrol_due` it opens
    only the pages on which somebody whose role needs a second factor sets one up. `proved_at` is when its owner last
    proved who they are, `via` how they did, and `opened` names the only landlords that it opens, where another
    than the portal vouched for them. `vouched` are those whose organisations did so beside the portal's own sign-in.
    """

    __tablename__ = "staff_session"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    secret_hash: Mapped[bytes] = mapped_column(unique=True)
    device: Mapped[str]
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    half: Mapped[bool] = mapped_column(default=False)
    enrol_due: Mapped[bool] = mapped_column(default=False)
    proved_at: Mapped[datetime]
    via: Mapped[str]
    opened: Mapped[list[str] | None]
    vouched: Mapped[list[str] | None]

    __table_args__ = (Index("ix_staff_session_account", "account_id", "made_at"),)
