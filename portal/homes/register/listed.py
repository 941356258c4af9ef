"""The homes that are ours as a list, and the one that somebody looks for: addresses, and nobody who lives there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select, tuple_
from sqlalchemy.orm import Session

from portal.homes.flags.placing import tokens_of
from portal.homes.register.models import SEALED, OwnHome
from portal.homes.register.queries import key_of
from portal.store.database import cipher_of, scope_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the file that a home came with, and its line in there."""

    import_id: UUID
    line: int

    def __str__(self) -> str:
        return f"{self.import_id}~{self.line}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """What was written into an address; anything else starts from the top."""
        file, _, line = text.partition("~")
        try:
            return cls(UUID(file), int(line))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class HomeRow:
    """One home as the file said that brought it."""

    reference: str
    address: str
    kind: str
    bedrooms: str
    held: str


@dataclass(frozen=True, slots=True)
class Homes:
    """A page of the list; `more` is where the next one begins."""

    rows: tuple[HomeRow, ...]
    more: Cursor | None = None


def listed(session: Session, after: Cursor | None) -> Homes:
    """The homes in the order of the files that brought them."""
    wanted = _ours(session).order_by(OwnHome.import_id, OwnHome.line).limit(PAGE + 1)
    if after:
        wanted = wanted.where(tuple_(OwnHome.import_id, OwnHome.line) > (after.import_id, after.line))
    found = session.scalars(wanted).all()
    last = found[PAGE - 1] if len(found) > PAGE else None
    rows = tuple(_row(session, each) for each in found[:PAGE])
    return Homes(rows, Cursor(last.import_id, last.line) if last else None)


def looked_for(session: Session, said: str) -> Homes:
    """The homes with this reference or other key, or at this address, however it is written with its postcode."""
    places, key = tokens_of(session, said), key_of(session, said)
    is_meant = or_(OwnHome.key == key, OwnHome.other == key, OwnHome.place.in_(places))
    found = session.scalars(_ours(session).where(is_meant).order_by(OwnHome.import_id, OwnHome.line).limit(PAGE))
    return Homes(tuple(_row(session, each) for each in found))


def _ours(session: Session) -> Select[Any]:
    here = scope_of(session).landlord_id
    return select(OwnHome).where(OwnHome.landlord_id == here, OwnHome.left_by.is_(None), OwnHome.ours)


def _row(session: Session, home: OwnHome) -> HomeRow:
    said = cipher_of(session).open_json(SEALED, home.id, home.sealed)
    names = ("reference", "address", "kind", "bedrooms", "held")
    return HomeRow(*("" if said.get(each) is None else str(said[each]) for each in names))
