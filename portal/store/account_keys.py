"""A key per account, wrapped by the master key: an account belongs to no landlord, and neither do its secrets."""

import os
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.store.base import Base
from portal.store.keys import KEY_BYTES, Box, Keyring, MasterKeys, box_with


class AccountKey(Base):
    """The wrapped key under which the secrets of one person's sign-in are sealed."""

    __tablename__ = "account_key"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    wrapped: Mapped[bytes]
    master: Mapped[str]
    made_at: Mapped[datetime]


def box_of_account(session: Session, account_id: UUID, now: datetime) -> Box:
    """What seals and opens the secrets of this account; its key is made when the first of them is kept."""
    masters = _masters(session)
    kept = _kept(session, account_id)
    if kept is None:
        wrapped = masters.wrap(account_id, os.urandom(KEY_BYTES))
        session.execute(
            insert(AccountKey).on_conflict_do_nothing(),
            {"account_id": account_id, "wrapped": wrapped, "master": masters.current, "made_at": now},
        )
        kept = _kept(session, account_id)
        if kept is None:
            raise LookupError("The key that was just kept is not there.")
    master, wrapped = kept
    return box_with(masters.unwrap(account_id, master, wrapped))


def rewrap_accounts(session: Session, masters: MasterKeys) -> int:
    """Wrap every account's key with the current master key; say how many were changed."""
    changed = 0
    for row in session.scalars(select(AccountKey).where(AccountKey.master != masters.current).with_for_update()):
        row.wrapped = masters.wrap(row.account_id, masters.unwrap(row.account_id, row.master, row.wrapped))
        row.master = masters.current
        changed += 1
    return changed


def _kept(session: Session, account_id: UUID) -> tuple[str, bytes] | None:
    row = session.execute(
        select(AccountKey.master, AccountKey.wrapped).where(AccountKey.account_id == account_id)
    ).first()
    return (row.master, row.wrapped) if row else None


def _masters(session: Session) -> MasterKeys:
    keyring: Keyring = session.info["keyring"]
    return keyring.masters
