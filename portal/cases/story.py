"""Everything that the page of one case shows, read in one go and written into the audit as one reading."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import arrangements, preferences, service
from portal.cases.models import Case, Person
from portal.cases.service import EditedMeanwhileError
from portal.cases.timeline import Kind, Timeline, timeline
from portal.cases.words import PARTS, about
from portal.deadlines.queries import ClockRow, ClockState, clocks
from portal.domain.cautions import cautions
from portal.domain.contact import SafeContact
from portal.domain.intake import Answers
from portal.domain.policy import Policy
from portal.landlords.policies import pinned
from portal.people.models import Account
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.database import scope_of
from portal.store.record_keys import box_of


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody in the case, with what was said about them; whatever was left out is left out here."""

    part: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, under which permission, and when: each reading leaves its row."""

    actor: Actor
    permission: str | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Story:
    """One case, whole."""

    case: Case
    policy: Policy
    answers: Answers
    safe: SafeContact
    wishes: tuple[str, ...]
    needs: tuple[str, ...]
    needed: tuple[str, ...]
    to_arrange: tuple[str, ...]
    people: tuple[PersonRow, ...]
    clocks: tuple[ClockRow, ...]
    officer: str | None
    timeline: Timeline

    @property
    def cautions(self) -> tuple[str, ...]:
        """What must not be done."""
        return cautions(self.answers)

    @property
    def next_clock(self) -> ClockRow | None:
        """The clock to meet next; None when none runs."""
        running = (ClockState.RUNNING, ClockState.UNTIMED)
        return next((each for each in self.clocks if each.state in running), None)


def read(session: Session, case_id: UUID, reader: Reader, kind: Kind = Kind.ALL, before: str = "") -> Story:
    """The case with all that belongs to it; NoSuchCaseError for one that is not here."""
    case = service.get(session, case_id)
    note_reading(session, case_id, reader)
    answers = Answers.from_dict(box_of(session, case.id).open_json("cases.summary", case.id, case.summary))
    needed = arrangements.needed(case.preferences, answers.language)
    return Story(
        case=case,
        policy=pinned(session, case.policy_version_id).policy,
        answers=answers,
        safe=service.safe_contact(session, case),
        wishes=tuple(each.value for each in answers.wishes),
        needs=needs(answers, case.preferences),
        needed=needed,
        to_arrange=tuple(preferences.in_words(arrangements.still_open(session, case_id, needed))),
        people=_people(session, case_id),
        clocks=tuple(clocks(session, case_id=case_id)),
        officer=_officer(session, case.assigned_to),
        timeline=timeline(session, case_id, kind, before),
    )


def note_reading(session: Session, case_id: UUID, reader: Reader) -> None:
    """Write down that somebody reads this case."""
    audit.record(
        session,
        Fact.CASE_READ,
        reader.actor,
        reader.now,
        permission=reader.permission,
        subject="case",
        subject_id=case_id,
    )


def needs(answers: Answers, wanted: list[str]) -> tuple[str, ...]:
    """What must be known before anybody speaks with them, before any number is shown (HS-026 3.3)."""
    found = preferences.in_words(wanted)
    if answers.language:
        found.append(f"language: {answers.language}")
    if answers.needs:
        found.append(answers.needs)
    return tuple(found)


def unchanged(session: Session, case_id: UUID, revision: int) -> None:
    """Hold the case, and refuse if somebody changed it since the page with this revision was opened."""
    if service.get(session, case_id, for_update=True).revision != revision:
        raise EditedMeanwhileError


def _people(session: Session, case_id: UUID) -> tuple[PersonRow, ...]:
    box = box_of(session, case_id)
    rows = session.execute(
        select(Person.id, Person.part, Person.sealed).where(
            Person.landlord_id == scope_of(session).landlord_id, Person.case_id == case_id
        )
    )
    found = sorted(rows, key=lambda each: list(PARTS).index(each[1]))
    return tuple(
        PersonRow(PARTS[part], about(part, box.open_json("person", row, sealed))) for row, part, sealed in found
    )


def _officer(session: Session, account_id: UUID | None) -> str | None:
    return session.scalar(select(Account.name).where(Account.id == account_id)) if account_id else None
