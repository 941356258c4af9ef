"""Whose name a search or a match has met: the survivor's, that of whoever does harm, somebody else's in the case.

What lists show anyway is asked first; people are opened only where that does not answer the question.
"""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Person
from portal.cases.queries import CaseLine
from portal.store.database import scope_of
from portal.store.record_keys import box_of
from portal.store.search import Key, TokenKind, address_keys, keys_of, name_keys, reference_keys

SURVIVOR, OTHER = "survivor", "other_person"
NAME_OF = {
    SURVIVOR: "their name",
    OTHER: "the name of the person who does harm",
    "household": "the name of somebody in the household",
    "teller": "the name of whoever told us",
}
ADDRESS, REFERENCE, CONTACT = "an address", "the reference", "a number or address for contact"
FOR_CONTACT = frozenset({TokenKind.PHONE, TokenKind.PHONE_END, TokenKind.EMAIL})

Named = tuple[str, str, str]
"""The part that somebody has in a case or report, their name and their address."""


def met_by(line: CaseLine, session: Session, query: str) -> tuple[str, ...]:
    """What in this case the words of a search have met, in words."""
    return explained(query, line.name, lambda: people(session, line.id), line.reference)


def explained(
    query: str, name: str, others: Callable[[], Iterable[Named]], reference: str = ""
) -> tuple[str, ...]:
    """What each word of a search has met; `others` opens the people, and is asked only where it must be."""
    found: dict[str, None] = {}
    left = []
    for group in keys_of(query):
        if says := _at_hand(group, name, reference):
            found[says] = None
        else:
            left.append(group)
    if left:
        opened = list(others())
        for group in left:
            found |= dict.fromkeys(_among(group, opened)) or _by_a_number(group)
    return tuple(found)


def parts_named(session: Session, line: CaseLine, fits: Callable[[set[Key]], bool]) -> tuple[str, ...]:
    """The parts in this case of whoever has a name that fits."""
    if fits(name_keys(line.name)):
        return (SURVIVOR,)
    return tuple(dict.fromkeys(part for part, name, _ in people(session, line.id) if fits(name_keys(name))))


def people(session: Session, case_id: UUID) -> Iterator[Named]:
    """Everybody in the case, opened."""
    box = box_of(session, case_id)
    rows = session.execute(
        select(Person.id, Person.part, Person.sealed).where(
            Person.landlord_id == scope_of(session).landlord_id, Person.case_id == case_id
        )
    )
    for row, part, sealed in rows:
        details = box.open_json("person", row, sealed)
        yield part, details.get("name") or "", details.get("address") or ""


def _at_hand(group: set[Key], name: str, reference: str) -> str:
    if group & name_keys(name):
        return NAME_OF[SURVIVOR]
    if group & reference_keys(reference):
        return REFERENCE
    return CONTACT if {kind for kind, _ in group} <= FOR_CONTACT else ""


def _by_a_number(group: set[Key]) -> dict[str, None]:
    """Digits that are neither in a name nor in an address nor in the reference were those of a telephone number."""
    return {CONTACT: None} if any(kind in FOR_CONTACT for kind, _ in group) else {}


def _among(group: set[Key], opened: Iterable[Named]) -> Iterator[str]:
    for part, name, address in opened:
        if group & name_keys(name):
            yield NAME_OF.get(part, "the name of somebody in the case")
        if group & address_keys(address):
            yield ADDRESS
