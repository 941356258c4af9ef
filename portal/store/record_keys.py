"""A key per report and per case, wrapped by its landlord's: when it is destroyed, backups forget the record too.

Everything that could point at a person in a report or case is sealed under the record's own key. The wrapped
keys stand in a table that backups of the rest leave out (docs/running.md). Source: the right to erasure,
UK GDPR Article 17; whg 3.1 and STAR 4.1 on keeping records no longer than needed.
"""

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, delete, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, Session

from portal.store.base import Base, Owned
from portal.store.database import cipher_of, scope_of
from portal.store.keys import KEY_BYTES, Box, UnreadableError
from portal.store.statements import HERE, Statement, adding, ask, given


class RecordKey(Owned, Base):
    """The wrapped key of the report or case with the same id. No foreign key: it goes before the record does."""

    __tablename__ = "record_key"

    wrapped: Mapped[bytes]
    made_at: Mapped[datetime]


class ErasedError(UnreadableError):
    """The record's key was destroyed, and with it everything that it sealed."""


KEEP = adding(RecordKey)


def new_box(session: Session, record: UUID, now: datetime) -> Box:
    """Give a new record its key."""
    cipher, key = cipher_of(session), os.urandom(KEY_BYTES)
    wrapped = cipher.wrap(record, key)
    ask(session, KEEP, id=record, wrapped=wrapped, made_at=now)
    box = _boxes(session)[record] = cipher.unwrap(record, wrapped)
    return box


def box_of(session: Session, record: UUID) -> Box:
    """What seals and opens the values of this record; ErasedError once its key is gone."""
    known = _boxes(session)
    if record not in known:
        known |= boxes_of(session, [record])
    try:
        return known[record]
    except KeyError:
        message = "This record was erased."
        raise ErasedError(message) from None


KEYS = Statement(
    select(RecordKey.id, RecordKey.wrapped).where(
        RecordKey.landlord_id == HERE, RecordKey.id == func.any(given("records", ARRAY(Uuid())))
    )
)


def boxes_of(session: Session, records: Iterable[UUID]) -> Mapping[UUID, Box]:
    """The same for many at once; erased ones are missing from the answer."""
    rows = ask(session, KEYS, records=list(records))
    cipher = cipher_of(session)
    return {record: cipher.unwrap(record, wrapped) for record, wrapped in rows}


def of_record(table: type[Owned]) -> ColumnElement[bool]:
    """How a list joins the keys of its records: one whose key is gone falls out of it."""
    return and_(RecordKey.landlord_id == table.landlord_id, RecordKey.id == table.id)


def destroy(session: Session, records: Iterable[UUID]) -> None:
    """Destroy the keys of these records. There is no way back."""
    gone = list(records)
    session.execute(
        delete(RecordKey).where(
            RecordKey.landlord_id == scope_of(session).landlord_id, RecordKey.id.in_(gone)
        )
    )
    for record in gone:
        _boxes(session).pop(record, None)


def _boxes(session: Session) -> dict[UUID, Box]:
    """The keys that this unit of work has already unwrapped."""
    found: dict[UUID, Box] = session.info.setdefault("boxes", {})
    return found
