"""A key per report and per case, wrapped by its landlord's: when it is destroyed, backups forget the record too.

Everything that could point at a person in a report or case is sealed under the record's own key. The wrapped
keys stand in a table that backups of the rest leave out (docs/running.md). Source: the right to erasure,
UK GDPR Article 17; whg 3.1 and STAR 4.1 on keeping records no longer than needed.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    Update,
    Uuid,
    and_,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, Session

from portal.domain.anonymity import Telling
from portal.store.base import Base, Owned
from portal.store.blanks import Blanks, hashed
from portal.store.cleared import cleared_for, knows
from portal.store.database import cipher_of, scope_of
from portal.store.keys import KEY_BYTES, Box, UnreadableError
from portal.store.statements import HERE, Statement, adding, ask, given, pose


class RecordKey(Owned, Base):
    """The wrapped key of the report or case with the same id. No foreign key: it goes before the record does.

    `blanks` holds the keyed hashes of the words that would tell whose case it is, where that is kept apart.
    `of_case` is the case with which the key of a secret goes that has one of its own; of a report to a case without
    a name it is that case, so that whoever is cleared for the one reads the other.
    """

    __tablename__ = "record_key"

    wrapped: Mapped[bytes]
    made_at: Mapped[datetime]
    blanks: Mapped[bytes | None]
    of_case: Mapped[UUID | None]


class ErasedError(UnreadableError):
    """The record's key was destroyed, and with it everything that it sealed."""


Unwrap = Callable[[UUID, bytes, bytes | None], Box]
"""From a record, its wrapped key and its blanks to what seals and opens its values."""
KEEP = adding(RecordKey, but={"blanks"})


def new_box(session: Session, record: UUID, now: datetime, of_case: UUID | None = None) -> Box:
    """Give a new record its key; that of a secret goes when the case does to which it belongs."""
    cipher, key = cipher_of(session), os.urandom(KEY_BYTES)
    wrapped = cipher.wrap(record, key)
    pose(session, KEEP, id=record, wrapped=wrapped, made_at=now, of_case=of_case)
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


def unwrapped(session: Session, record: UUID, wrapped: bytes, blanks: bytes | None) -> None:
    """The wrapped key of this record came along with something else: it need not be asked for."""
    known = _boxes(session)
    if record not in known:
        known[record] = unwrapping(session)(record, wrapped, blanks)


KEYS = Statement(
    select(RecordKey.id, RecordKey.wrapped, RecordKey.blanks).where(
        RecordKey.landlord_id == HERE, RecordKey.id == func.any(given("records", ARRAY(Uuid())))
    )
)


def boxes_of(session: Session, records: Iterable[UUID]) -> Mapping[UUID, Box]:
    """The same for many at once; erased ones are missing from the answer."""
    rows = ask(session, KEYS, records=list(records))
    unwrap = unwrapping(session)
    return {record: unwrap(record, wrapped, blanks) for record, wrapped, blanks in rows}


def unwrapping(session: Session) -> Unwrap:
    """How a list opens the lines of its records."""
    cipher = cipher_of(session)

    def unwrap(record: UUID, wrapped: bytes, blanks: bytes | None) -> Box:
        box = cipher.unwrap(record, wrapped)
        if blanks and not knows(session, record) and not _knows_its_case(session, record):
            box.blanks = Blanks(blanks, cipher.token)
        return box

    return unwrap


def opening(session: Session, place: str) -> Callable[[UUID, bytes, bytes | None, bytes], Any]:
    """How a list opens the one line of each record: from a record, its wrapped key, its blanks and the sealed line."""
    unwrap, at_once, bound_to = unwrapping(session), cipher_of(session).open_line, place.encode()

    def line(record: UUID, wrapped: bytes, blanks: bytes | None, sealed: bytes) -> Any:  # noqa: ANN401 - any JSON
        if blanks:
            return unwrap(record, wrapped, blanks).open_json(place, record, sealed)
        return at_once(bound_to, record, wrapped, sealed)

    return line


def _knows_its_case(session: Session, record: UUID) -> bool:
    """Is this a report to a case for which the reader is cleared?"""
    cases = cleared_for(session)
    if not cases:
        return False
    found: frozenset[UUID] | None = session.info.get("cleared_reports")
    if found is None:
        of_them = (RecordKey.landlord_id == scope_of(session).landlord_id) & RecordKey.of_case.in_(cases)
        found = session.info["cleared_reports"] = frozenset(session.scalars(select(RecordKey.id).where(of_them)))
    return record in found


def blank_out(session: Session, case_id: UUID, reports: Iterable[UUID], words: Iterable[Telling]) -> None:
    """From now on, take these words out of whatever is opened of the case and its reports, for all who may not know."""
    token, of_it = cipher_of(session).token, list(reports)
    more = b"".join(sorted(hashed(each, token) for each in words))
    before = func.coalesce(RecordKey.blanks, literal(b"", LargeBinary()))
    blanked = before.op("||")(literal(more, LargeBinary()))
    session.execute(_of(session, [case_id]).values(blanks=blanked))
    session.execute(_of(session, of_it).values(blanks=blanked, of_case=case_id))
    _boxes(session).clear()


def blank_out_as(session: Session, case_id: UUID, report_id: UUID) -> None:
    """Take out of a report whatever is taken out of its case."""
    of_this = select(RecordKey.blanks).where(
        RecordKey.landlord_id == scope_of(session).landlord_id, RecordKey.id == case_id
    )
    session.execute(_of(session, [report_id]).values(blanks=of_this.scalar_subquery(), of_case=case_id))
    _boxes(session).pop(report_id, None)


def show_again(session: Session, records: Iterable[UUID]) -> None:
    """Take nothing out of these records any more."""
    shown = list(records)
    session.execute(_of(session, shown).values(blanks=None))
    for record in shown:
        _boxes(session).pop(record, None)


def _of(session: Session, records: list[UUID]) -> Update:
    here = RecordKey.landlord_id == scope_of(session).landlord_id
    return update(RecordKey).where(here, RecordKey.id.in_(records))


def of_record(table: type[Owned]) -> ColumnElement[bool]:
    """How a list joins the keys of its records: one whose key is gone falls out of it."""
    return and_(RecordKey.landlord_id == table.landlord_id, RecordKey.id == table.id)


def destroy(session: Session, records: Iterable[UUID]) -> None:
    """Destroy the keys of these records, and of whatever secrets belong to them. There is no way back."""
    gone = list(records)
    session.execute(
        delete(RecordKey).where(
            RecordKey.landlord_id == scope_of(session).landlord_id,
            or_(RecordKey.id.in_(gone), RecordKey.of_case.in_(gone)),
        )
    )
    _boxes(session).clear()  # the keys of secrets among them


def _boxes(session: Session) -> dict[UUID, Box]:
    """The keys that this unit of work has already unwrapped."""
    found: dict[UUID, Box] = session.info.setdefault("boxes", {})
    return found
