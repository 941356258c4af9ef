"""Everything that the page of one case shows, read in one go and written into the audit as one reading."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, select
from sqlalchemy.orm import Session

from portal.cases import frame, service
from portal.cases.frame import Frame, Reader
from portal.cases.household.words import PARTS, about
from portal.cases.models import Person
from portal.cases.narrowing import Narrowed
from portal.cases.service import EditedMeanwhileError
from portal.cases.sheet import officer_name
from portal.cases.timeline import EVERYTHING, Timeline, pose_timeline
from portal.deadlines.queries import ClockRow, ClockState, pose_clocks
from portal.people.queries import colleagues
from portal.store.keys import Box
from portal.store.record_keys import box_of
from portal.store.statements import HERE, Later, Statement, given, pose

PEOPLE = Statement(
    select(Person.id, Person.part, Person.sealed).where(
        Person.landlord_id == HERE, Person.case_id == given("case_id", Uuid())
    )
)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody in the case, with what was said about them; whatever was left out is left out here."""

    part: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Story(Frame):
    """One case, whole."""

    wishes: tuple[str, ...]
    people: tuple[PersonRow, ...]
    clocks: tuple[ClockRow, ...]
    officer: str | None
    timeline: Timeline

    @property
    def next_clock(self) -> ClockRow | None:
        """The clock to meet next; None when none runs."""
        running = (ClockState.RUNNING, ClockState.UNTIMED)
        return next((each for each in self.clocks if each.state in running), None)


def read(session: Session, case_id: UUID, reader: Reader, narrowed: Narrowed = EVERYTHING) -> Story:
    """The case with all that belongs to it; NoSuchCaseError for one that is not here."""
    people, running = _pose_people(session, case_id), pose_clocks(session, case_id=case_id)
    lines = pose_timeline(session, case_id, narrowed)
    found = frame.read(session, case_id, reader)
    return Story(
        **{each.name: getattr(found, each.name) for each in fields(Frame)},
        wishes=tuple(each.value for each in found.answers.wishes),
        people=people(),
        clocks=tuple(running()),
        officer=officer_name(found.case),
        timeline=lines(),
    )


def writers(session: Session, lines: Timeline, now: datetime) -> list[tuple[str, str]]:
    """Whose lines can be asked for: of all who have written, and beside a part of a story of all who work here."""
    others = () if lines.whole else colleagues(session, now)
    found = {str(each.account_id): each.name for each in others} | lines.writers
    return sorted(found.items(), key=lambda each: each[1])


def unchanged(session: Session, case_id: UUID, revision: int) -> None:
    """Hold the case, and refuse if somebody changed it since the page with this revision was opened."""
    if service.get(session, case_id, for_update=True).revision != revision:
        raise EditedMeanwhileError


def _pose_people(session: Session, case_id: UUID) -> Later[tuple[PersonRow, ...]]:
    found = pose(session, PEOPLE, case_id=case_id)
    return lambda: _people(found.rows, box_of(session, case_id))


def _people(rows: Sequence[Any], box: Box) -> tuple[PersonRow, ...]:
    found = sorted(rows, key=lambda each: list(PARTS).index(each[1]))
    return tuple(
        PersonRow(PARTS[part], about(part, box.open_json("person", row, sealed))) for row, part, sealed in found
    )
