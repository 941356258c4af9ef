"""What a case can be found by, and by what somebody is recognised who stands in another case too.

Both are keyed hashes, made anew whenever a name, a telephone or an address changes: what was changed away finds
nothing any more, unless it was kept as another name.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from portal.cases import conflicts
from portal.cases.household.models import PersonKey
from portal.cases.models import Case, Person
from portal.cases.people_told import everybody
from portal.domain.intake import Answers
from portal.store import search
from portal.store.blanks import in_full
from portal.store.database import cipher_of, last_of_all, scope_of
from portal.store.search import TokenKind

OF_THE_CASE = frozenset({"survivor", "other_person", "child", "household_member", "family"})
"""Whose names find the case: not those of professionals, who stand in many, nor of whoever told us."""
Keys = set[tuple[TokenKind, str]]
Somebody = tuple[UUID, str, dict[str, Any]]
"""Somebody of a case, the part that they have in it, and what is known of them."""


def search_keys(answers: Answers) -> Keys:
    """What a report's own words can be found by."""
    keys = search.name_keys(answers.name) | search.name_keys(answers.other_person.name)
    return keys | search.address_keys(answers.address) | _reached_at(answers)


def index(session: Session, case: Case, answers: Answers) -> None:
    """Make a case findable by what is known now, and its people recognisable by it.

    One without a name is found by its reference; by anything else, only by those who may know whose it is.
    """
    people = [in_full(each) for each in everybody(session, case.id) if each[1] in OF_THE_CASE]
    reference = search.reference_keys(case.reference)
    keys = _reached_at(answers)
    for _person, _part, details in people:
        keys |= person_keys(details)
    if case.anonymous:
        search.index(session, case.id, reference)
        search.keep_apart(session, case.id, keys)
    else:
        search.index(session, case.id, reference | keys)
    _recognise(session, case, people, answers)


def recognise_her(session: Session, case_id: UUID, known: dict[str, Any]) -> None:
    """Go on recognising her by what is kept apart, so that whoever is barred from her stays so."""
    her = [person for person, part, _ in everybody(session, case_id) if part == "survivor"]
    rows = _keys_of(session, case_id, [(each, "family", known) for each in her], None)
    if rows:
        session.execute(postgresql.insert(PersonKey).on_conflict_do_nothing(), rows)


def _reached_at(answers: Answers) -> Keys:
    keys: Keys = set()
    for number in answers.safe_contact.numbers():
        keys |= search.phone_keys(number)
    for address in answers.safe_contact.addresses():
        keys |= search.email_keys(address)
    return keys


def person_keys(details: dict[str, Any]) -> Keys:
    """What somebody can be found by, of all that is known of them."""
    keys: Keys = set()
    for name in names(details):
        keys |= search.name_keys(name)
    for place in ("address", "where"):
        keys |= search.address_keys(details.get(place) or "")
    return (
        keys | search.phone_keys(details.get("phone") or "") | search.email_keys(details.get("email") or "")
    )


def known_to_harm(session: Session, name: str, born: str) -> list[tuple[UUID, UUID]]:
    """The cases, with the person, in which somebody of this name and birthday is the one who harms.

    As far as the session may know of them: the rule of the database about cases decides.
    """
    here, marks = scope_of(session).landlord_id, _marks("other_person", {"name": name, "born": born}, None)
    tokens = [cipher_of(session).token(f"same.{by}", text) for by, text in marks]
    found = session.execute(
        select(Case.id, Person.id)
        .join(PersonKey, (PersonKey.landlord_id == Case.landlord_id) & (PersonKey.case_id == Case.id))
        .join(Person, (Person.landlord_id == PersonKey.landlord_id) & (Person.id == PersonKey.person_id))
        .where(Case.landlord_id == here, PersonKey.token.in_(tokens), Person.part == "other_person")
        .distinct()
    )
    return [(case_id, person_id) for case_id, person_id in found]


def names(details: dict[str, Any]) -> list[str]:
    """Every name that somebody goes by: aliases stand one a line."""
    return [
        each
        for each in (details.get("name") or "", *(details.get("aliases") or "").splitlines())
        if each.strip()
    ]


def _recognise(session: Session, case: Case, people: Iterable[Somebody], answers: Answers) -> None:
    """Make its people recognisable. Written last of all: whoever is barred from one of them loses sight of the case.

    In a case without a name she stays recognisable by what is not in it any more.
    """
    known = list(people)
    rows = _keys_of(session, case.id, known, answers)
    kept = [person for person, part, _ in known if part == "survivor"] if case.anonymous else []
    here = (PersonKey.landlord_id == case.landlord_id) & (PersonKey.case_id == case.id)

    def write() -> None:
        session.execute(delete(PersonKey).where(here, PersonKey.person_id.not_in(kept)))
        if rows:
            conflicts.take_over(session, case.id, [row["token"] for row in rows])
            session.execute(postgresql.insert(PersonKey).on_conflict_do_nothing(), rows)

    last_of_all(session, case.id, write)


def _keys_of(
    session: Session, case_id: UUID, people: Iterable[Somebody], answers: Answers | None
) -> list[dict[str, Any]]:
    landlord_id, cipher = scope_of(session).landlord_id, cipher_of(session)
    return [
        {"landlord_id": landlord_id, "token": cipher.token(f"same.{by}", text), "person_id": person, "case_id": case_id,
         "by": by}
        for person, part, details in people
        for by, text in _marks(part, details, answers)
    ]  # fmt: skip


def _marks(part: str, details: dict[str, Any], answers: Answers | None) -> set[tuple[str, str]]:
    """A name together with a birthday, or a telephone; neither a name nor a birthday alone marks anybody."""
    numbers = [details.get("phone") or ""]
    if part == "survivor" and answers:
        numbers += answers.safe_contact.numbers()
    keys = (key for number in numbers for key in search.phone_keys(number))
    marks = {("phone", digits) for kind, digits in keys if kind is search.TokenKind.PHONE}
    born = details.get("born")
    if born:
        marks |= {("born", " ".join((*sorted(search.words(name)), born))) for name in names(details)}
    return marks
