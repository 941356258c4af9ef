"""The keys of offers and copies: whoever may read the row of one may open it, by the same rule, and nothing else."""

import os
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.partners.grants.models import SharedKey
from portal.store import record_keys
from portal.store.database import cipher_at, scope_of
from portal.store.keys import KEY_BYTES, Box
from portal.store.scope import LandlordScope


class NoKeyError(LookupError):
    """The key is not there for whoever asks: it was never theirs, or the time is over."""


def new_box(session: Session, of: UUID, case_id: UUID, now: datetime) -> Box:
    """Give a new offer or copy its key."""
    landlord_id = scope_of(session).landlord_id
    box, wrapped = made(session, landlord_id, of)
    keep(session, landlord_id, of, case_id, wrapped, now)
    return box


def made(session: Session, landlord_id: UUID, of: UUID) -> tuple[Box, bytes]:
    """A key that nobody has kept yet: what it opens, and itself, wrapped. An agency can keep it only where it is."""
    cipher = cipher_at(session, landlord_id)
    wrapped = cipher.wrap(of, os.urandom(KEY_BYTES))
    return cipher.unwrap(of, wrapped), wrapped


def keep(session: Session, landlord_id: UUID, of: UUID, case_id: UUID, wrapped: bytes, now: datetime) -> None:
    """Keep the key of what stands there with this id: written after it, because the rule asks for it."""
    session.flush()
    session.add(SharedKey(landlord_id=landlord_id, id=of, case_id=case_id, wrapped=wrapped, made_at=now))
    session.flush()


def box_of(session: Session, landlord_id: UUID, of: UUID) -> Box:
    """What opens this offer or copy, in whichever scope the session has.

    At the landlord it leaves out what the case itself leaves out for this reader (HS-026 4.14).
    """
    wanted = select(SharedKey.wrapped, SharedKey.case_id).where(
        SharedKey.landlord_id == landlord_id, SharedKey.id == of
    )
    found = session.execute(wanted).one_or_none()
    if found is None:
        raise NoKeyError
    box = cipher_at(session, landlord_id).unwrap(of, found.wrapped)
    if isinstance(session.info.get("scope"), LandlordScope):
        box.blanks = record_keys.box_of(session, found.case_id).blanks
    return box
