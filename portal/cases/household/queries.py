"""The people of a case as its pages show them, and who of them stands in another case that the reader may open."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, or_, select
from sqlalchemy.orm import Session, aliased

from portal.cases import people_told
from portal.cases.anonymity.models import IdentityEntry
from portal.cases.household.models import PersonKey, PersonRevision, RecordedKinds, SamePerson, StandingEntry
from portal.cases.household.words import PARTS, about
from portal.cases.models import Case, Person
from portal.domain.connection import Checked, about_age, check
from portal.domain.intake import Answers
from portal.domain.lifecycle import Route
from portal.domain.policy.scope import Definition, Subtype
from portal.domain.standing import Standing
from portal.store.database import scope_of
from portal.store.record_keys import box_of
from portal.store.statements import HERE, Later, Statement, given, pose

NO_TIE = frozenset({"survivor", "household", "teller", "professional"})


@dataclass(frozen=True, slots=True)
class Stands:
    """What was recorded of the person who does harm, on whose word, by whom."""

    standing: Standing
    source: str
    on: date | None
    evidence: str
    words: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Former:
    """What stood until somebody changed it."""

    until: datetime
    actor: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """Somebody in the case. `tie` is how they belong to the person, held against policy and Act; never a bar."""

    id: UUID
    part: str
    revision: int
    details: dict[str, Any]
    shown: tuple[tuple[str, str], ...]
    age: int | None
    age_says: tuple[str, ...]
    tie: Checked | None
    stands: tuple[Stands, ...]
    former: tuple[Former, ...]

    @property
    def name(self) -> str:
        """What they are called, or the part that they have."""
        return self.details.get("name") or PARTS[self.part]

    @property
    def victim_in_own_right(self) -> bool:
        """A child who sees, hears or feels the effects (Domestic Abuse Act 2021 s.3)."""
        return self.part == "child" and bool(self.details.get("effects"))


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody here who may be somebody in another case. No name is opened: the reference leads to it."""

    person_id: UUID
    part: str
    other_case_id: UUID
    reference: str
    other_person_id: UUID
    other_part: str
    by: str
    same: bool | None
    answered_by: str
    answered_at: datetime | None

    @property
    def conflict(self) -> bool:
        """Helped in one case, feared in the other: whoever works both must know (domain: conflict check)."""
        return {self.part, self.other_part} == {"survivor", "other_person"} and self.same is not False


def household(session: Session, case_id: UUID, definition: Definition, day: date) -> list[HouseholdRow]:
    """Everybody in a case, those it is about first."""
    box = box_of(session, case_id)
    here = scope_of(session).landlord_id
    rows = session.scalars(select(Person).where(Person.landlord_id == here, Person.case_id == case_id)).all()
    stands, former = _stands(session, case_id), _former(session, case_id, {row.id: row.part for row in rows})
    order = list(PARTS)
    found = [
        _row(row, box.open_json(people_told.PLACE, row.id, row.sealed), definition, day, stands, former)
        for row in rows
    ]
    return sorted(found, key=lambda each: (bool(each.details.get("gone")), order.index(each.part), each.id))


def _row(
    person: Person,
    details: dict[str, Any],
    definition: Definition,
    day: date,
    stands: dict[UUID, list[Stands]],
    former: dict[UUID, list[Former]],
) -> HouseholdRow:
    age = people_told.age_of(details, day)
    tie = (details.get("relationship") or "") if person.part not in NO_TIE else ""
    counted = person.part in {"survivor", "other_person"}
    return HouseholdRow(
        id=person.id,
        part=person.part,
        revision=person.revision,
        details=details,
        shown=about(person.part, {key: value for key, value in details.items() if key != "name"})
        if person.part != "household"
        else about(person.part, details),
        age=age,
        age_says=about_age(definition, age, does_harm=person.part == "other_person") if counted else (),
        tie=check(definition, tie) if tie and person.part == "other_person" else None,
        stands=tuple(stands.get(person.id, ())),
        former=tuple(former.get(person.id, ())),
    )


def _stands(session: Session, case_id: UUID) -> dict[UUID, list[Stands]]:
    entry, box = StandingEntry, box_of(session, case_id)
    rows = session.scalars(
        select(entry)
        .where(entry.landlord_id == scope_of(session).landlord_id, entry.case_id == case_id)
        .order_by(entry.at.desc(), entry.id.desc())
    )
    found: dict[UUID, list[Stands]] = {}
    for row in rows:
        said = box.open_json("standing", row.id, row.sealed)
        stands = Stands(
            Standing(row.standing),
            row.source,
            row.on_date,
            said["evidence"],
            said["words"],
            row.at,
            row.actor,
        )
        found.setdefault(row.person_id, []).append(stands)
    return found


def _former(session: Session, case_id: UUID, parts: dict[UUID, str]) -> dict[UUID, list[Former]]:
    revision, box = PersonRevision, box_of(session, case_id)
    rows = session.scalars(
        select(revision)
        .where(revision.landlord_id == scope_of(session).landlord_id, revision.case_id == case_id)
        .order_by(revision.at.desc(), revision.id.desc())
    )
    found: dict[UUID, list[Former]] = {}
    for row in rows:
        details = about(parts[row.person_id], box.open_json("person_revision", row.id, row.sealed))
        found.setdefault(row.person_id, []).append(Former(row.at, row.actor, details))
    return found


def first_of(session: Session, case_id: UUID, part: str) -> UUID | None:
    """The first person who has this part in a case."""
    wanted = select(Person.id).where(
        Person.landlord_id == scope_of(session).landlord_id, Person.case_id == case_id, Person.part == part
    )
    return session.scalar(wanted.order_by(Person.id).limit(1))


@dataclass(frozen=True, slots=True)
class KindsRow:
    """Which kinds of abuse were recorded last, with the words of whoever did."""

    subtypes: tuple[str, ...]
    words: str
    at: datetime
    actor: str


LAST_KINDS = Statement(
    select(RecordedKinds.id, RecordedKinds.at, RecordedKinds.actor, RecordedKinds.sealed)
    .where(RecordedKinds.landlord_id == HERE, RecordedKinds.case_id == given("case_id", Uuid()))
    .order_by(RecordedKinds.at.desc(), RecordedKinds.id.desc())
    .limit(1)
)


def kinds(session: Session, case_id: UUID) -> KindsRow | None:
    """What was recorded last of the kinds of abuse; None where only the report speaks of them."""
    return pose_kinds(session, case_id)()


def pose_kinds(session: Session, case_id: UUID) -> Later[KindsRow | None]:
    """The same, for whoever asks for more at once."""
    found = pose(session, LAST_KINDS, case_id=case_id)

    def kinds() -> KindsRow | None:
        for row_id, at, actor, sealed in found.rows:
            said = box_of(session, case_id).open_json("recorded_kinds", row_id, sealed)
            return KindsRow(tuple(said["subtypes"]), said["words"], at, actor)
        return None

    return kinds


def subtypes(session: Session, case_id: UUID, answers: Answers) -> frozenset[Subtype]:
    """Every kind known of: what the report said is never taken back by what is recorded later."""
    return all_subtypes(answers, kinds(session, case_id))


def all_subtypes(answers: Answers, recorded: KindsRow | None) -> frozenset[Subtype]:
    """The same of what is at hand."""
    said = {*answers.subtypes, *(recorded.subtypes if recorded else ())}
    return frozenset(Subtype(each) for each in said if each in set(Subtype))


def matches(session: Session, case: Case) -> list[Match]:
    """Who of this case may stand in another one, as far as the reader may open both.

    The other case is joined, so that the database's own rule about who may see it decides; cases about employees
    never show here, whoever reads. Without a match nothing is said, and with a hidden one neither. A case without a
    name is recognised by those only to whom the database shows whose it is.
    """
    if case.route == Route.STAFF:
        return []
    shown = select(IdentityEntry.case_id).where(IdentityEntry.landlord_id == scope_of(session).landlord_id)
    if case.anonymous and session.scalar(shown.where(IdentityEntry.case_id == case.id).limit(1)) is None:
        return []
    mine, other, there, here = aliased(PersonKey), aliased(PersonKey), aliased(Person), aliased(Person)
    landlord = scope_of(session).landlord_id
    rows = session.execute(
        select(mine.person_id, here.part, Case.id, Case.reference, other.person_id, there.part, mine.by)
        .join(other, and_(other.landlord_id == mine.landlord_id, other.token == mine.token))
        .join(Case, and_(Case.landlord_id == other.landlord_id, Case.id == other.case_id))
        .join(here, and_(here.landlord_id == mine.landlord_id, here.id == mine.person_id))
        .join(there, and_(there.landlord_id == other.landlord_id, there.id == other.person_id))
        .where(
            mine.landlord_id == landlord,
            mine.case_id == case.id,
            other.case_id != case.id,
            Case.route != Route.STAFF.value,
            or_(Case.anonymous.is_(False), Case.id.in_(shown)),
        )
        .order_by(Case.opened_at.desc(), mine.person_id, other.person_id, mine.by)
    ).all()
    answers = _answers(session, case.id)
    found: dict[tuple[UUID, UUID], Match] = {}
    for person_id, part, case_id, reference, other_id, other_part, by in rows:
        answered = answers.get(frozenset((person_id, other_id)))
        same, actor, at = (answered.same, answered.actor, answered.at) if answered else (None, "", None)
        match = Match(person_id, part, case_id, reference, other_id, other_part, by, same, actor, at)
        found.setdefault((person_id, other_id), match)
    return list(found.values())


def _answers(session: Session, case_id: UUID) -> dict[frozenset[UUID], SamePerson]:
    link = SamePerson
    rows = session.scalars(
        select(link)
        .where(
            link.landlord_id == scope_of(session).landlord_id,
            or_(link.case_id == case_id, link.other_case_id == case_id),
        )
        .order_by(link.at, link.id)
    )
    return {frozenset((row.person_id, row.other_person_id)): row for row in rows}
