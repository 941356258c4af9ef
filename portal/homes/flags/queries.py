"""The marks of a case, and what somebody before a visit may know: neutral words, of no case and for no reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.flags import About, Wording, address_keys
from portal.homes.flags.models import Flag
from portal.store.database import cipher_of, scope_of
from portal.store.record_keys import box_of

PLACE = "flag-place"


@dataclass(frozen=True, slots=True)
class FlagRow:
    """One mark with its words opened."""

    id: UUID
    about: About
    wording: Wording
    review_on: date
    put_at: datetime
    actor: str
    ended_at: datetime | None
    ended_by: str | None
    revision: int
    said: dict[str, Any]


def flags_of(session: Session, case_id: UUID) -> tuple[FlagRow, ...]:
    """Every mark of a case: those that stand first, the newest first."""
    box = box_of(session, case_id)
    rows = session.scalars(
        select(Flag)
        .where(Flag.landlord_id == scope_of(session).landlord_id, Flag.case_id == case_id)
        .order_by(Flag.ended_at.desc().nulls_first(), Flag.put_at.desc(), Flag.id.desc())
    )
    return tuple(
        FlagRow(
            row.id,
            About(row.about),
            Wording(row.wording),
            row.review_on,
            row.put_at,
            row.actor,
            row.ended_at,
            row.ended_by,
            row.revision,
            box.open_json("flag", row.id, row.sealed),
        )
        for row in rows
    )


def place_token(session: Session, address: str) -> bytes | None:
    """The keyed hash under which an address is found."""
    return next(iter(_tokens(session, address)), None)


def at_address(session: Session, address: str) -> tuple[Wording, ...]:
    """What stands on this address for whoever goes there: the words alone."""
    tokens = _tokens(session, address)
    if not tokens:
        return ()
    found = session.scalars(
        select(Flag.wording).where(
            Flag.landlord_id == scope_of(session).landlord_id, Flag.place.in_(tokens), Flag.ended_at.is_(None)
        )
    )
    return tuple(sorted({Wording(each) for each in found}, key=list(Wording).index))


def _tokens(session: Session, address: str) -> list[bytes]:
    cipher = cipher_of(session)
    return [cipher.token(PLACE, key) for key in address_keys(address)]


def two_needed(session: Session, case_id: UUID) -> bool:
    """Whether a contractor has to be told that two people are to come: all that safety needs of a mark."""
    found = session.scalar(
        select(Flag.id).where(
            Flag.landlord_id == scope_of(session).landlord_id,
            Flag.case_id == case_id,
            Flag.wording == Wording.TWO.value,
            Flag.ended_at.is_(None),
        )
    )
    return found is not None
