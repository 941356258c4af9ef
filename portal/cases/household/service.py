"""The verbs about the people of a case. What stood before a change stays, with who changed it and when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.cases import apart, opening, people_told, service
from portal.cases.assessments.follow_up import assess_again
from portal.cases.household import prompts, queries
from portal.cases.household.models import PersonRevision, RecordedKinds, SamePerson, StandingEntry
from portal.cases.models import Case, Person
from portal.cases.needs import following as needs
from portal.cases.opening import tell
from portal.cases.people_told import PLACE
from portal.cases.preferences import WISHES
from portal.domain.errors import PortalError
from portal.domain.events import HarmerLeft
from portal.domain.intake import YesNo
from portal.domain.policy.scope import Subtype
from portal.domain.standing import Source, Standing, missing
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of


class StandingRefusedError(PortalError):
    """What is claimed of somebody is more than its source can carry. `missing` names fields and sentences."""

    def __init__(self, wrong: dict[str, str]) -> None:
        """Keep what is missing."""
        super().__init__("The standing is not carried by its source.")
        self.missing = wrong


@dataclass(frozen=True, slots=True)
class Claim:
    """What is to be recorded of the person who does harm, and what it rests on."""

    standing: Standing
    source: Source
    on: date | None = None
    evidence: str = ""
    words: str = ""


def add(
    session: Session, case_id: UUID, part: str, details: dict[str, Any], actor: Actor, now: datetime
) -> UUID:
    """Add somebody to a case."""
    case = service.get(session, case_id, for_update=True)
    person_id = people_told.write(session, case_id, part, details)
    session.flush()
    _follow(session, case, actor, now)
    _note(session, case_id, "person_added", part, actor, now)
    return person_id


def change(
    session: Session,
    case_id: UUID,
    person_id: UUID,
    revision: int,
    details: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    """Change what is known about somebody; EditedMeanwhileError where it is not what the page showed."""
    case = service.get(session, case_id, for_update=True)
    person = get(session, case_id, person_id)
    if person.revision != revision:
        raise service.EditedMeanwhileError
    box = box_of(session, case_id)
    former = box.open_json(PLACE, person.id, person.sealed)
    if case.anonymous and person.part == apart.SURVIVOR:
        apart.keep(session, case, apart.of_her(case, details), actor, now)
        details = apart.without_her(case, details)
    if former == details:
        return
    revision_id = new_id()
    kept = {
        "landlord_id": case.landlord_id,
        "id": revision_id,
        "case_id": case_id,
        "person_id": person_id,
        "number": revision,
        "at": now,
        "account_id": actor.account_id,
        "actor": actor.name,
        "sealed": box.seal_json("person_revision", revision_id, former),
    }
    session.execute(insert(PersonRevision), kept)
    person.sealed = box.seal_json(PLACE, person.id, details)
    person.revision, person.victim = revision + 1, people_told.is_victim(person.part, details)
    session.flush()
    _take_over(session, case, person, details)
    if person.part == "other_person" and _lives_there(former) and not _lives_there(details):
        outbox.record(session, HarmerLeft(case.landlord_id, case_id), now)
        assess_again(session, case, "left", revision_id, actor, now)
    _follow(session, case, actor, now)
    _note(session, case_id, "person_changed", person.part, actor, now)


def stand(
    session: Session, case_id: UUID, person_id: UUID, claim: Claim, actor: Actor, now: datetime
) -> UUID:
    """Record how far it goes with the person who does harm; refused where the source cannot carry it."""
    case = service.get(session, case_id, for_update=True)
    if get(session, case_id, person_id).part != "other_person":
        raise service.NoSuchCaseError
    wrong = missing(claim.standing, claim.source, claim.on, claim.evidence)
    if wrong:
        raise StandingRefusedError(wrong)
    entry_id = new_id()
    said = {"evidence": claim.evidence, "words": claim.words}
    row = {
        "landlord_id": case.landlord_id,
        "id": entry_id,
        "case_id": case_id,
        "person_id": person_id,
        "at": now,
        "account_id": actor.account_id,
        "actor": actor.name,
        "standing": claim.standing.value,
        "source": claim.source.value,
        "on_date": claim.on,
        "sealed": box_of(session, case_id).seal_json("standing", entry_id, said),
    }
    session.execute(insert(StandingEntry), row)
    answers = opening.summary(session, case)
    wishes = "; ".join(filter(None, (*(WISHES[wish] for wish in answers.wishes), answers.wish_words)))
    prompts.about_standing(session, case, entry_id, claim.standing, wishes, actor, now)
    facts = {"standing": claim.standing.value, "source": claim.source.value}
    tell(session, case_id, "standing", actor, now, facts=facts)
    _audit(session, Fact.PERSON_CHANGED, "case", case_id, claim.standing.value, actor, now)
    return entry_id


def record_kinds(
    session: Session, case_id: UUID, subtypes: Iterable[Subtype], words: str, actor: Actor, now: datetime
) -> None:
    """Write down which kinds of abuse are known of by now. What the report said goes on counting beside it."""
    case = service.get(session, case_id, for_update=True)
    chosen, row_id = frozenset(subtypes), new_id()
    said = {"subtypes": sorted(chosen), "words": words}
    row = {
        "landlord_id": case.landlord_id,
        "id": row_id,
        "case_id": case_id,
        "at": now,
        "account_id": actor.account_id,
        "actor": actor.name,
        "sealed": box_of(session, case_id).seal_json("recorded_kinds", row_id, said),
    }
    session.execute(insert(RecordedKinds), row)
    prompts.about_kinds(session, case, chosen, actor, now)
    _follow(session, case, actor, now)
    tell(session, case_id, "kinds", actor, now, words=words or None)
    _audit(session, Fact.PERSON_CHANGED, "case", case_id, "kinds", actor, now)


def answer_same(
    session: Session,
    case_id: UUID,
    person_id: UUID,
    other_id: UUID,
    *,
    same: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Say whether somebody here is somebody in another case.

    Only for a match that the actor's own session can see: its scope decides who may open both cases. Nothing is
    written on either timeline, because whoever reads one case may not know of the other.
    """
    case = service.get(session, case_id)
    found = queries.matches(session, case)
    match = next(
        (each for each in found if (each.person_id, each.other_person_id) == (person_id, other_id)), None
    )
    if match is None:
        raise service.NoSuchCaseError
    link_id = new_id()
    session.add(
        SamePerson(
            landlord_id=scope_of(session).landlord_id,
            id=link_id,
            case_id=case_id,
            person_id=person_id,
            other_case_id=match.other_case_id,
            other_person_id=other_id,
            same=same,
            at=now,
            account_id=actor.account_id,
            actor=actor.name,
        )
    )
    _audit(session, Fact.SAME_PERSON_ANSWERED, "same_person", link_id, "yes" if same else "no", actor, now)


def get(session: Session, case_id: UUID, person_id: UUID) -> Person:
    """Somebody of this case, or the answer of a case that is not here."""
    person = session.scalar(
        select(Person).where(
            Person.landlord_id == scope_of(session).landlord_id,
            Person.case_id == case_id,
            Person.id == person_id,
        )
    )
    if person is None:
        raise service.NoSuchCaseError
    return person


def _lives_there(details: dict[str, Any]) -> bool:
    return details.get("lives_there") == YesNo.YES and not details.get("gone")


def _take_over(session: Session, case: Case, person: Person, details: dict[str, Any]) -> None:
    """Keep the summary of the case, which lists and heads are made from, in step with its two main people."""
    answers = opening.summary(session, case)
    if person.part == "survivor":
        names = ("name", "address", "language", "needs")
        given = {name: details.get(name) or "" for name in names} | {"age": details.get("age")}
        opening.summarise(session, case, replace(answers, **given))
    elif person.part == "other_person" and queries.first_of(session, case.id, "other_person") == person.id:
        other = replace(
            answers.other_person,
            name=details.get("name") or "",
            relationship=details.get("relationship") or "",
            lives_there=YesNo(details.get("lives_there") or YesNo.UNKNOWN),
            joint_tenant=YesNo(details.get("joint_tenant") or YesNo.UNKNOWN),
        )
        opening.summarise(session, case, replace(answers, other_person=other))


def _follow(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """After any change: what the case can be found by, and what its people call for."""
    answers = opening.summary(session, case)
    opening.summarise(session, case, answers)
    subtypes = queries.subtypes(session, case.id, answers)
    prompts.about_people(session, case, subtypes, actor, now)
    needs.follow(session, case, answers, actor, now)


def _note(session: Session, case_id: UUID, kind: str, part: str, actor: Actor, now: datetime) -> None:
    tell(session, case_id, kind, actor, now, facts={"part": part})
    _audit(session, Fact.PERSON_CHANGED, "case", case_id, part, actor, now)


def _audit(
    session: Session, fact: Fact, subject: str, subject_id: UUID, detail: str, actor: Actor, now: datetime
) -> None:
    audit.record(session, fact, actor, now, subject=subject, subject_id=subject_id, detail=detail)
