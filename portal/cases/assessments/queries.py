"""What the pages of risk show: how it stands, how it was, each assessment, and cases that have none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from portal.cases.assessments import drafts
from portal.cases.assessments.drafts import Kept
from portal.cases.assessments.models import (
    ASSESSMENT,
    CHANGE,
    COMPLETED,
    DRAFT,
    RECEIVED,
    TRIGGER,
    Assessment,
    ReassessmentTrigger,
    ReceivedAssessment,
    RiskChange,
)
from portal.cases.incidents.queries import since as incidents_since
from portal.cases.models import Case
from portal.cases.queries import CaseLine, by_ids
from portal.domain.lifecycle import CaseStage
from portal.domain.policy import Stated
from portal.domain.risk import Answer, AreaLines, Facts, Instrument, Item, Level, Outcome, outcome, unanswered
from portal.domain.risk.chart import Chart, Point, chart
from portal.domain.risk.triggers import ReceivedKind, Trigger
from portal.landlords.assessed_with import instrument_of
from portal.landlords.policies import in_force, pinned
from portal.store.database import scope_of
from portal.store.keys import Box
from portal.store.record_keys import box_of

SHOWN = 40
PAGE = 50


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the risk, with its reason opened."""

    at: datetime
    level: Level
    before: Level | None
    by_judgement: bool
    yes: int | None
    actor: str
    why: str
    basis: str
    assessment_id: UUID | None


@dataclass(frozen=True, slots=True)
class Received:
    """Somebody else's assessment, as it came."""

    id: UUID
    kind: ReceivedKind
    made_on: date
    received_at: datetime
    actor: str
    source: str
    result: str
    words: str
    document: str = ""
    """The id of its file among the documents of the case, where one came with it."""


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that calls for a new assessment."""

    kind: Trigger
    on: date | None
    recorded_at: datetime
    actor: str
    words: str


@dataclass(frozen=True, slots=True)
class Begun:
    """The draft that is open."""

    id: UUID
    title: str
    started_at: datetime
    starter: str
    answered: int
    items: int


@dataclass(frozen=True, slots=True)
class Overview:
    """How the risk of a case stands and was. `since` is what happened after the newest assessment."""

    changes: tuple[Change, ...]
    chart: Chart | None
    draft: Begun | None
    received: tuple[Received, ...]
    since: tuple[Happened, ...]
    incidents_since: int
    cut: bool
    """Are there older changes, or older assessments from outside, than these?"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One assessment with its own version of the instrument."""

    row: Assessment
    instrument: Instrument
    kept: Mapping[str, Kept]
    missing: tuple[Item, ...]
    why: str
    basis: str
    staff_words: str
    other_person: str
    set_aside: str

    @property
    def answers(self) -> dict[str, Answer]:
        """What is answered."""
        return {item: each.said.answer for item, each in self.kept.items() if each.said.answer}

    @property
    def weighed(self) -> Facts:
        """What was known beside the answers when it was completed."""
        row = self.row
        drawn = tuple(AreaLines(**each) for each in row.area_lines)
        return Facts(row.incidents or 0, row.repeat, Level(row.level) if row.level else None, row.area, drawn)

    @property
    def seen(self) -> int:
        """How many answers were given, earlier ones too: it changes whenever somebody answers."""
        return sum(each.revision for each in self.kept.values())


def overview(session: Session, case_id: UUID, now: datetime, *, whole: bool = False) -> Overview:
    """Everything on the page of a case's risk; the newest of each kind, or the whole of each."""
    box = box_of(session, case_id)
    most = None if whole else SHOWN + 1
    changes = _changes(session, case_id, box, most)
    assessed = next((each.at for each in changes if not each.by_judgement), None)
    received = _received(session, case_id, box, most)
    happened = _happened(session, case_id, box, assessed, most)
    points = [Point(each.at, each.level, each.by_judgement) for each in changes]
    return Overview(
        changes=changes if whole else changes[:SHOWN],
        chart=chart(points, now),
        draft=_draft(session, case_id),
        received=received if whole else received[:SHOWN],
        since=happened if whole else happened[:SHOWN],
        incidents_since=len(incidents_since(session, case_id, assessed)) if assessed else 0,
        cut=most is not None and max(map(len, (changes, received, happened))) > SHOWN,
    )


def sheet(session: Session, case_id: UUID, assessment_id: UUID) -> Sheet:
    """One assessment; NoSuchCaseError where this case has none with this id."""
    row = drafts.get(session, case_id, assessment_id)
    instrument = instrument_of(session, row.instrument_version_id)
    kept = drafts.answers_of(session, case_id, assessment_id)
    answered = {item: each.said.answer for item, each in kept.items() if each.said.answer}
    words = box_of(session, case_id).open_json(ASSESSMENT, row.id, row.sealed) if row.sealed else {}
    return Sheet(
        row=row,
        instrument=instrument,
        kept=kept,
        missing=unanswered(instrument, answered),
        why=words.get("why", ""),
        basis=words.get("basis", ""),
        staff_words=words.get("staff", ""),
        other_person=words.get("other_person", ""),
        set_aside=words.get("set_aside", ""),
    )


def outcome_of(session: Session, case: Case, found: Sheet, so_far: Facts | None = None) -> Outcome:
    """What the answers come to: of a completed sheet as it was completed, of a draft with what is known so far."""
    facts = found.weighed if found.row.state == COMPLETED else so_far or Facts()
    return outcome(pinned(session, case.policy_version_id).policy, found.instrument, found.answers, facts)


def asked_before(session: Session, case_id: UUID) -> Sheet | None:
    """The newest completed assessment, so that nobody is asked twice without the officer knowing (STAR 3.12)."""
    newest = session.scalar(
        select(Assessment.id)
        .where(
            Assessment.landlord_id == scope_of(session).landlord_id,
            Assessment.case_id == case_id,
            Assessment.state == COMPLETED,
        )
        .order_by(Assessment.completed_at.desc(), Assessment.id.desc())
        .limit(1)
    )
    return sheet(session, case_id, newest) if newest else None


def staff_words(session: Session, case_id: UUID) -> str:
    """What the newest assessment says about risk to staff."""
    newest = asked_before(session, case_id)
    return newest.staff_words if newest else ""


@dataclass(frozen=True, slots=True)
class Unassessed:
    """A case that nobody has assessed, and whether that was asked for."""

    line: CaseLine
    opened_at: datetime
    declined_at: datetime | None


def not_assessed(session: Session, after: UUID | None) -> tuple[list[Unassessed], UUID | None]:
    """Open cases without an assessment, the oldest first, and where the next page begins."""
    query = select(Case.id, Case.opened_at, Case.risk_declined_at).where(
        Case.landlord_id == scope_of(session).landlord_id,
        Case.stage != CaseStage.CLOSED.value,
        Case.risk_level.is_(None),
    )
    if after:
        begin = select(Case.opened_at, Case.id).where(
            Case.landlord_id == scope_of(session).landlord_id, Case.id == after
        )
        query = query.where(tuple_(Case.opened_at, Case.id) > begin.scalar_subquery())
    rows = session.execute(query.order_by(Case.opened_at, Case.id).limit(PAGE + 1)).all()
    lines = {each.id: each for each in by_ids(session, [row.id for row in rows[:PAGE]])}
    found = [
        Unassessed(lines[row.id], row.opened_at, row.risk_declined_at)
        for row in rows[:PAGE]
        if row.id in lines
    ]
    return found, rows[PAGE - 1].id if len(rows) > PAGE else None


def asked_by_policy(session: Session, now: datetime) -> Stated[str]:
    """Which cases the policy in force wants assessed."""
    return in_force(session, now).policy.risk.assessed_cases


def _changes(session: Session, case_id: UUID, box: Box, most: int | None) -> tuple[Change, ...]:
    rows = session.scalars(
        select(RiskChange)
        .where(RiskChange.landlord_id == scope_of(session).landlord_id, RiskChange.case_id == case_id)
        .order_by(RiskChange.at.desc(), RiskChange.id.desc())
        .limit(most)
    )
    return tuple(
        Change(
            at=row.at,
            level=Level(row.level),
            before=Level(row.before) if row.before else None,
            by_judgement=row.cause == "judgement",
            yes=row.yes,
            actor=row.actor,
            **(box.open_json(CHANGE, row.id, row.sealed) if row.sealed else {"why": "", "basis": ""}),
            assessment_id=row.assessment_id,
        )
        for row in rows
    )


def _draft(session: Session, case_id: UUID) -> Begun | None:
    draft = session.scalar(
        select(Assessment).where(
            Assessment.landlord_id == scope_of(session).landlord_id,
            Assessment.case_id == case_id,
            Assessment.state == DRAFT,
        )
    )
    if draft is None:
        return None
    found = sheet(session, case_id, draft.id)
    items = len(found.instrument.items)
    title = found.instrument.title
    return Begun(draft.id, title, draft.started_at, draft.starter, items - len(found.missing), items)


def _received(session: Session, case_id: UUID, box: Box, most: int | None) -> tuple[Received, ...]:
    rows = session.scalars(
        select(ReceivedAssessment)
        .where(
            ReceivedAssessment.landlord_id == scope_of(session).landlord_id,
            ReceivedAssessment.case_id == case_id,
        )
        .order_by(ReceivedAssessment.made_on.desc(), ReceivedAssessment.id.desc())
        .limit(most)
    )
    return tuple(
        Received(
            row.id,
            ReceivedKind(row.kind),
            row.made_on,
            row.received_at,
            row.actor,
            **box.open_json(RECEIVED, row.id, row.sealed),
        )
        for row in rows
    )


def _happened(
    session: Session, case_id: UUID, box: Box, since: datetime | None, most: int | None
) -> tuple[Happened, ...]:
    query = select(ReassessmentTrigger).where(
        ReassessmentTrigger.landlord_id == scope_of(session).landlord_id,
        ReassessmentTrigger.case_id == case_id,
    )
    if since:
        query = query.where(ReassessmentTrigger.recorded_at > since)
    rows = session.scalars(query.order_by(ReassessmentTrigger.recorded_at.desc()).limit(most))
    return tuple(
        Happened(
            Trigger(row.kind),
            row.happened_on,
            row.recorded_at,
            row.actor,
            box.open_json(TRIGGER, row.id, row.sealed)["words"],
        )
        for row in rows
    )
