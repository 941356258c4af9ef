"""The keys of offers and copies: whoever may read the row of one may open it, by the same rule, and nothing else."""

import os
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.partners.grants.models import SharedKey
from portal.store.database import cipher_at, scope_of
from portal.store.keys import KEY_BYTES, Box


class NoKeyError(LookupError):
    """The key is not there for whoever asks: it was never theirs, or the time is over."""


def new_box(session: Session, of: UUID, case_id: UUID, now: datetime) -> Box:
    """Give a new offer or copy its key."""
    landlord_id, key = scope_of(session).landlord_id, os.urandom(KEY_BYTES)
    cipher = cipher_at(session, landlord_id)
    wrapped = cipher.wrap(of, key)
    session.add(SharedKey(landlord_id=landlord_id, id=of, case_id=case_id, wrapped=wrapped, made_at=now))
    return cipher.unwrap(of, wrapped)


def box_of(session: Session, landlord_id: UUID, of: UUID) -> Box:
    """What opens this offer or copy, in whichever scope the session has."""
    wanted = select(SharedKey.wrapped).where(SharedKey.landlord_id == landlord_id, SharedKey.id == of)
    wrapped = session.scalar(wanted)
    if wrapped is None:
        raise NoKeyError
    return cipher_at(session, landlord_id).unwrap(of, wrapped)
