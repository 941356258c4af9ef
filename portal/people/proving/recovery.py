"""Ten codes on paper for when the telephone is lost: each serves once, and only their hashes are kept."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal.people.proving.happened import Happened, note
from portal.people.proving.models import RecoveryCode

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter that can be taken for another."""
HOW_MANY = 10
GROUPS, LONG = 3, 5
"""Fifteen letters of 31 are 74 bits: nobody guesses them, and a quick hash is enough."""


def make(session: Session, account_id: UUID, device: str, now: datetime) -> list[str]:
    """Ten new codes, shown once; those from before serve no more."""
    forget(session, account_id)
    codes = [_new() for _ in range(HOW_MANY)]
    session.add_all(
        RecoveryCode(account_id=account_id, code_hash=_hash(account_id, each), made_at=now) for each in codes
    )
    note(session, account_id, Happened.CODES_MADE, device, now)
    return codes


def use(session: Session, account_id: UUID, code: str, device: str, now: datetime) -> bool:
    """Use one up; False for one that was used and one that never was."""
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_hash == _hash(account_id, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.account_id)
    ).first()
    if used:
        note(session, account_id, Happened.CODE_USED, device, now)
    return used is not None


def forget(session: Session, account_id: UUID) -> None:
    """None of them serves any more."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def _new() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LONG)) for _ in range(GROUPS))


def _hash(account_id: UUID, code: str) -> bytes:
    plain = "".join(each for each in code.lower() if each in LETTERS)
    return hashlib.sha256(account_id.bytes + plain.encode()).digest()
