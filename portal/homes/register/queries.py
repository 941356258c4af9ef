"""Which homes are ours: how many, and which address goes with a reference."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.domain.importing.table import folded
from portal.homes.register.models import SEALED, OwnHome
from portal.store.database import cipher_of, scope_of

LONGEST_REFERENCE = 40


@dataclass(frozen=True, slots=True)
class Found:
    """One home that a reference stands for."""

    id: UUID
    address: str


def key_of(session: Session, reference: str) -> bytes:
    """By what a reference is known here: its letters and numbers, however they are written."""
    return cipher_of(session).token(SEALED, folded(reference))


def how_many(session: Session) -> int:
    """The homes that are ours."""
    here = scope_of(session).landlord_id
    wanted = select(func.count()).where(OwnHome.landlord_id == here, OwnHome.left_by.is_(None), OwnHome.ours)
    return session.scalar(wanted) or 0


def by_reference(session: Session, references: Iterable[str]) -> dict[str, Found]:
    """The home that each of these references stands for; one that is not known is left out."""
    keys = {each: key_of(session, each) for each in references if each.strip()}
    if not keys:
        return {}
    wanted = list(keys.values())
    rows = session.scalars(
        select(OwnHome).where(
            OwnHome.landlord_id == scope_of(session).landlord_id,
            or_(OwnHome.key.in_(wanted), OwnHome.other.in_(wanted)),
            OwnHome.left_by.is_(None),
        )
    ).all()
    by_key = {row.other: row for row in rows} | {row.key: row for row in rows}
    return {each: _opened(session, by_key[key]) for each, key in keys.items() if key in by_key}


def address_meant(session: Session, said: str) -> str:
    """The address that was written, or that of the home whose reference was written in its place."""
    if len(said) > LONGEST_REFERENCE:
        return said
    found = by_reference(session, [said]).get(said)
    return found.address if found else said


def _opened(session: Session, row: OwnHome) -> Found:
    return Found(row.id, cipher_of(session).open_json(SEALED, row.id, row.sealed)["address"])
