"""Who stands in a report, as the first rows of the people of a case; and what is filled in when more is told."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.cases.models import Person
from portal.domain.connection import age_on
from portal.domain.intake import Answers
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

PLACE = "person"
"""Where what is known about somebody is sealed."""


def told_of(answers: Answers) -> dict[str, dict[str, Any]]:
    """What a report says about people, by the part that each has in it."""
    found: dict[str, dict[str, Any]] = {
        "survivor": {
            "name": answers.name,
            "age": answers.age,
            "address": answers.address,
            "relation": answers.relation,
            "language": answers.language,
            "needs": answers.needs,
        }
    }
    other = answers.other_person
    if other.name or other.relationship:
        found["other_person"] = {
            "name": other.name,
            "relationship": other.relationship,
            "lives_there": other.lives_there,
            "joint_tenant": other.joint_tenant,
        }
    if answers.at_home or answers.children_note:
        found["household"] = {"name": answers.at_home, "children": answers.children_note}
    if answers.teller.name or answers.teller.organisation:
        found["teller"] = answers.to_dict()["teller"]
    return found


def write(session: Session, case_id: UUID, part: str, details: dict[str, Any]) -> UUID:
    """Add somebody to a case."""
    person_id = new_id()
    row = {
        "landlord_id": scope_of(session).landlord_id,
        "id": person_id,
        "case_id": case_id,
        "part": part,
        "victim": is_victim(part, details),
        "sealed": box_of(session, case_id).seal_json(PLACE, person_id, details),
    }
    session.execute(insert(Person), row)
    return person_id


def is_victim(part: str, details: dict[str, Any]) -> bool:
    """A child who sees, hears or feels the effects (Domestic Abuse Act 2021 s.3; NPH Definition)."""
    return part == "child" and bool(details.get("effects"))


def fill_in(session: Session, case_id: UUID, answers: Answers) -> None:
    """Put what was told later beside what is known: a gap is filled, nothing that stands is changed."""
    box, rows = box_of(session, case_id), _rows(session, case_id)
    for part, told in told_of(answers).items():
        row = next((each for each in rows if each.part == part), None)
        if row is None:
            write(session, case_id, part, told)
            continue
        known = box.open_json(PLACE, row.id, row.sealed)
        gaps = {key: value for key, value in told.items() if known.get(key) in (None, "", "unknown")}
        row.sealed = box.seal_json(PLACE, row.id, known | gaps)


def everybody(session: Session, case_id: UUID) -> list[tuple[UUID, str, dict[str, Any]]]:
    """Everybody in a case, with what is known of them now."""
    box = box_of(session, case_id)
    return [(row.id, row.part, box.open_json(PLACE, row.id, row.sealed)) for row in _rows(session, case_id)]


def age_of(details: dict[str, Any], day: date) -> int | None:
    """Somebody's age on a day: from the date of birth where it is known, otherwise as it was told."""
    if details.get("born"):
        return age_on(date.fromisoformat(details["born"]), day)
    age = details.get("age")
    return int(age) if age not in (None, "") else None


def _rows(session: Session, case_id: UUID) -> list[Person]:
    wanted = select(Person).where(
        Person.landlord_id == scope_of(session).landlord_id, Person.case_id == case_id
    )
    return list(session.scalars(wanted.order_by(Person.id)))
