"""What a person proves themselves with. It belongs to the account, as the password does, and to no landlord."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class Authenticator(Base):
    """The secret of an app that shows six figures, sealed by the account's key.

    It counts once `confirmed_at` is set. `last_step` is the newest half minute whose figures were taken, so that
    nobody who has read them over a shoulder can use them again.
    """

    __tablename__ = "authenticator"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class RecoveryCode(Base):
    """One of ten codes for when the telephone is lost: the hash alone, and each serves once."""

    __tablename__ = "recovery_code"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Passkey(Base):
    """A key pair of a device: its public half, and the name that its owner gave it, sealed."""

    __tablename__ = "passkey"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    sealed: Mapped[bytes]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_passkey_account", "account_id", "made_at"),)


class SignInEvent(Base):
    """What happened with somebody's sign-in: a code and a device, for the person and for those who administer them."""

    __tablename__ = "sign_in_event"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    what: Mapped[str]
    device: Mapped[str]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (Index("ix_sign_in_event_account", "account_id", "at"),)


class Challenge(Base):
    """Something random that an answer has to fit, once and soon: the signature of a passkey."""

    __tablename__ = "challenge"

    secret_hash: Mapped[bytes] = mapped_column(primary_key=True)
    challenge: Mapped[bytes]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    ends_at: Mapped[datetime]

    __table_args__ = (Index("ix_challenge_ends", "ends_at"),)


class SignInRule(Owned, Base):
    """What one landlord asks of the sign-in of its people; without a row the portal's own default holds.

    `roles` are those that need a second factor, `minutes` how long a proof is fresh enough for a sensitive act.
    """

    __tablename__ = "sign_in_rule"
    __table_args__ = (UniqueConstraint("landlord_id"),)

    roles: Mapped[list[str]]
    minutes: Mapped[int]
    revision: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class SignOn(Owned, Base):
    """The sign-in of a landlord's own organisation; the secret with which it knows the portal is sealed."""

    __tablename__ = "sign_on"
    __table_args__ = (UniqueConstraint("landlord_id"),)

    issuer: Mapped[str]
    client_id: Mapped[str]
    sealed: Mapped[bytes]
    made_at: Mapped[datetime]


class SignOnTie(Owned, Base):
    """Whom the organisation's own name for somebody means: a keyed hash, the account, and when it last said so."""

    __tablename__ = "sign_on_tie"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    subject: Mapped[bytes]
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("landlord_id", "subject"), UniqueConstraint("landlord_id", "account_id"))


class SignOnOnly(Owned, Base):
    """A landlord's people come in only through its organisation; without a row, by any way of theirs.

    `spared` are the accounts that come in past it in an emergency, with their password and a second factor.
    """

    __tablename__ = "sign_on_only"
    __table_args__ = (UniqueConstraint("landlord_id"),)

    spared: Mapped[list[str]]
    revision: Mapped[int]
    since: Mapped[datetime]
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
