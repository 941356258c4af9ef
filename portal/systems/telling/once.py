"""Doing once what a system may send twice, because an answer got lost on its way."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of
from portal.systems.telling.models import SystemAnswer

KIND = "system-answer"


def once(session: Session, token_id: UUID, key: UUID | None, now: datetime, do: Callable[[], UUID]) -> UUID:
    """What was given for this key before; otherwise it is done now. Two calls with one key wait for one another."""
    if key is None:
        return do()
    token, here = cipher_of(session).token(KIND, f"{token_id} {key}"), scope_of(session).landlord_id
    lock = int.from_bytes(token[:8], signed=True)
    session.execute(select(func.pg_advisory_xact_lock(lock)))
    before = session.scalar(
        select(SystemAnswer.given_id).where(
            SystemAnswer.landlord_id == here, SystemAnswer.token_id == token_id, SystemAnswer.key == token
        )
    )
    if before:
        return before
    given = do()
    session.add(SystemAnswer(landlord_id=here, id=new_id(), token_id=token_id, key=token, given_id=given, at=now))
    return given
