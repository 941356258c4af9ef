"""What a case can be found by, and by what somebody is recognised who stands in another case too.

Both are keyed hashes, made anew whenever a name, a telephone or an address changes: what was changed away finds
nothing any more, unless it was kept as another name.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from portal.cases import conflicts
from portal.cases.household.models import PersonKey
from portal.cases.models import Case
from portal.cases.people_told import everybody
from portal.domain.intake import Answers
from portal.store import search
from portal.store.database import cipher_of, last_of_all, scope_of
from portal.store.search import TokenKind

OF_THE_CASE = frozenset({"survivor", "other_person", "child", "household_member", "family"})
"""Whose names find the case: not those of professionals, who stand in many, nor of whoever told us."""
Keys = set[tuple[TokenKind, str]]


def search_keys(answers: Answers) -> Keys:
    """What a report's own words can be found by."""
    keys = search.name_keys(answers.name) | search.name_keys(answers.other_person.name)
    return keys | search.address_keys(answers.address) | _reached_at(answers)


def index(session: Session, case: Case, answers: Answers) -> None:
    """Make a case findable by what is known now, and its people recognisable by it."""
    people = [each for each in everybody(session, case.id) if each[1] in OF_THE_CASE]
    keys: Keys = {(TokenKind.REFERENCE, word) for word in search.words(case.reference)} | _reached_at(answers)
    for _person, _part, details in people:
        keys |= _person_keys(details)
    search.index(session, case.id, keys)
    _recognise(session, case.id, people, answers)


def _reached_at(answers: Answers) -> Keys:
    keys: Keys = set()
    for number in answers.safe_contact.numbers():
        keys |= search.phone_keys(number)
    for address in answers.safe_contact.addresses():
        keys |= search.email_keys(address)
    return keys


def _person_keys(details: dict[str, Any]) -> Keys:
    keys: Keys = set()
    for name in names(details):
        keys |= search.name_keys(name)
    for place in ("address", "where"):
        keys |= search.address_keys(details.get(place) or "")
    return (
        keys | search.phone_keys(details.get("phone") or "") | search.email_keys(details.get("email") or "")
    )


def names(details: dict[str, Any]) -> list[str]:
    """Every name that somebody goes by: aliases stand one a line."""
    return [
        each
        for each in (details.get("name") or "", *(details.get("aliases") or "").splitlines())
        if each.strip()
    ]


def _recognise(
    session: Session, case_id: UUID, people: Iterable[tuple[UUID, str, dict[str, Any]]], answers: Answers
) -> None:
    """Make its people recognisable. Written last of all: whoever is barred from one of them loses sight of the case."""
    landlord_id, cipher = scope_of(session).landlord_id, cipher_of(session)
    rows: list[dict[str, Any]] = [
        {"landlord_id": landlord_id, "token": cipher.token(f"same.{by}", text), "person_id": person, "case_id": case_id,
         "by": by}
        for person, part, details in people
        for by, text in _marks(part, details, answers)
    ]  # fmt: skip

    def write() -> None:
        session.execute(delete(PersonKey).where(PersonKey.landlord_id == landlord_id, PersonKey.case_id == case_id))
        if rows:
            conflicts.take_over(session, case_id, [row["token"] for row in rows])
            session.execute(insert(PersonKey), rows)

    last_of_all(session, case_id, write)


def _marks(part: str, details: dict[str, Any], answers: Answers) -> set[tuple[str, str]]:
    """A name together with a birthday, or a telephone; neither a name nor a birthday alone marks anybody."""
    numbers = [details.get("phone") or ""]
    if part == "survivor":
        numbers += answers.safe_contact.numbers()
    marks = {("phone", digits) for number in numbers for _kind, digits in search.phone_keys(number)}
    born = details.get("born")
    if born:
        marks |= {("born", " ".join((*sorted(search.words(name)), born))) for name in names(details)}
    return marks
