"""The verbs about risk: complete an assessment, raise by judgement, record what calls for a new one."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.assessments import drafts, follow_up
from portal.cases.assessments.drafts import NotADraftError
from portal.cases.assessments.escalation import incidents
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
from portal.cases.assessments.training_gate import NotTrainedError, gate
from portal.cases.documents import service as documents
from portal.cases.documents.service import About, Received
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.domain.calendar import in_london
from portal.domain.errors import PortalError
from portal.domain.events import RiskChanged
from portal.domain.policy import Policy
from portal.domain.risk import (
    Answer,
    Facts,
    Instrument,
    Item,
    Level,
    Outcome,
    StaffRisk,
    outcome,
    risen,
    unanswered,
)
from portal.domain.risk.lines import Drawn
from portal.domain.risk.triggers import Basis, ReceivedKind, Trigger
from portal.landlords.assessed_with import instrument_of
from portal.landlords.policies import pinned
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of


class IncompleteError(PortalError):
    """Some items have no answer yet."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        super().__init__("Not every item is answered.")
        self.items = items


class ReasonMissingError(PortalError):
    """Judgement needs its reason in words."""

    def __init__(self) -> None:
        super().__init__("Give the reason for judging the risk higher.")


class BasisMissingError(PortalError):
    """To send a case to the conference by judgement needs a lawful basis."""

    def __init__(self) -> None:
        super().__init__("Choose the lawful basis for referring them.")


class AnsweredMeanwhileError(PortalError):
    """A colleague changed an answer after the outcome was looked at."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the assessor adds to the count. `seen` is the number of answers that the outcome was looked at with.

    `drawn` are the numbers of the areas that this landlord refers to, as they stand now.
    """

    seen: int
    staff_risk: StaffRisk
    again_on: date
    judgement: Level | None = None
    why: str = ""
    basis: Basis | None = None
    area: str | None = None
    repeat: bool = False
    staff_words: str = ""
    other_person: str = ""
    drawn: Drawn = ()


@dataclass(frozen=True, slots=True)
class FromOutside:
    """An assessment that came from somebody else, as it came."""

    kind: ReceivedKind
    made_on: date
    source: str
    result: str
    words: str = ""


def complete(
    session: Session, case_id: UUID, assessment_id: UUID, verdict: Verdict, actor: Actor, now: datetime
) -> Outcome:
    """End an assessment with its outcome: from here on it never changes, and the case has this risk."""
    case = cases.get(session, case_id, for_update=True)
    draft = drafts.get(session, case_id, assessment_id, for_update=True)
    if draft.state != DRAFT:
        raise NotADraftError
    policy = pinned(session, case.policy_version_id).policy
    stands = gate(session, policy, case, actor, now, in_london(now).date())
    if not stands.open:
        raise NotTrainedError(stands.refusal)
    kept = drafts.answers_of(session, case_id, assessment_id)
    if sum(each.revision for each in kept.values()) != verdict.seen:
        raise AnsweredMeanwhileError
    answers = {item: each.said.answer for item, each in kept.items() if each.said.answer}
    found = weigh(session, case_id, policy, draft, answers, verdict, now)
    if found.level is not found.by_count:
        _reasoned(found.level, verdict.why, verdict.basis)
    _write_outcome(session, draft, found, verdict, actor, now)
    session.flush()
    before = Level(case.risk_level) if case.risk_level else None
    _changed(session, case, found.level, _reason(verdict.why, verdict.basis), actor, now, assessment=draft)
    case.risk_again_on, case.staff_risk, case.risk_declined_at = (
        verdict.again_on,
        verdict.staff_risk.value,
        None,
    )
    session.flush()
    facts = {"level": found.level.value, "count": found.tally.yes, "unknown": found.tally.unknown}
    facts |= {"before": before.value} if before else {}
    tell(session, case_id, "risk", actor, now, facts=facts, words=verdict.why or None)
    audit.record(
        session, Fact.RISK_COMPLETED, actor, now, subject="case", subject_id=case_id, detail=found.level.value
    )
    follow_up.after_assessment(session, case, policy, found, assessment_id, verdict.again_on, actor, now)
    return found


def weigh(
    session: Session,
    case_id: UUID,
    policy: Policy,
    draft: Assessment,
    answers: dict[str, Answer],
    verdict: Verdict,
    now: datetime,
) -> Outcome:
    """What complete answers come to; IncompleteError while one is missing."""
    instrument: Instrument = instrument_of(session, draft.instrument_version_id)
    missing = unanswered(instrument, answers)
    if missing:
        raise IncompleteError(missing)
    facts = Facts(incidents(session, case_id, now), verdict.repeat, verdict.judgement, verdict.area, verdict.drawn)
    return outcome(policy, instrument, answers, facts)


def raise_by_judgement(
    session: Session, case_id: UUID, to: Level, why: str, basis: Basis | None, actor: Actor, now: datetime
) -> None:
    """Raise the risk between two assessments, with the reason; the same or less is refused."""
    case = cases.get(session, case_id, for_update=True)
    risen(Level(case.risk_level) if case.risk_level else None, to)
    _reasoned(to, why, basis)
    before = case.risk_level
    change_id = _changed(session, case, to, _reason(why, basis), actor, now)
    session.flush()
    facts = {"level": to.value, "before": before}
    tell(session, case_id, "risk_raised", actor, now, facts=facts, words=why)
    audit.record(session, Fact.RISK_RAISED, actor, now, subject="case", subject_id=case_id, detail=to.value)
    policy = pinned(session, case.policy_version_id).policy
    follow_up.after_raising(session, case, policy, to, change_id, actor, now)


def receive(
    session: Session,
    case_id: UUID,
    came: FromOutside,
    actor: Actor,
    now: datetime,
    *,
    about: About | None = None,
    file: Received | None = None,
) -> UUID:
    """Keep somebody else's assessment as it came, its file among the documents. It asks for a look at ours."""
    case, received_id = cases.get(session, case_id, for_update=True), new_id()
    words = {"source": came.source, "result": came.result, "words": came.words}
    if about and file:
        words["document"] = str(documents.add(session, case_id, about, file, actor, now))
    session.add(
        ReceivedAssessment(
            landlord_id=case.landlord_id,
            id=received_id,
            case_id=case_id,
            kind=came.kind.value,
            made_on=came.made_on,
            received_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json(RECEIVED, received_id, words),
        )
    )
    session.flush()
    tell(session, case_id, "risk_received", actor, now, facts={"kind": came.kind.value})
    audit.record(
        session, Fact.RISK_RECEIVED, actor, now, subject="case", subject_id=case_id, detail=came.kind.value
    )
    follow_up.assess_again(session, case, "received", received_id, actor, now)
    return received_id


def trigger(
    session: Session, case_id: UUID, kind: Trigger, on: date | None, words: str, actor: Actor, now: datetime
) -> UUID:
    """Record something that calls for a new assessment; it becomes a task. Sources: whg 3.1; AG/013 Objectives."""
    case, trigger_id = cases.get(session, case_id, for_update=True), new_id()
    session.add(
        ReassessmentTrigger(
            landlord_id=case.landlord_id,
            id=trigger_id,
            case_id=case_id,
            kind=kind.value,
            happened_on=on,
            recorded_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json(TRIGGER, trigger_id, {"words": words}),
        )
    )
    session.flush()
    facts = {"kind": kind.value} | ({"on": on.isoformat()} if on else {})
    tell(session, case_id, "risk_trigger", actor, now, facts=facts, words=words or None)
    audit.record(
        session, Fact.RISK_TRIGGERED, actor, now, subject="case", subject_id=case_id, detail=kind.value
    )
    follow_up.assess_again(session, case, kind.value, trigger_id, actor, now)
    return trigger_id


def decline(session: Session, case_id: UUID, words: str, actor: Actor, now: datetime) -> None:
    """They do not want to be asked. The case stays in the list of those without an assessment, and says so."""
    case = cases.get(session, case_id, for_update=True)
    case.risk_declined_at = now
    tell(session, case_id, "risk_declined", actor, now, words=words)
    audit.record(session, Fact.RISK_DECLINED, actor, now, subject="case", subject_id=case_id)


def _reasoned(to: Level, why: str, basis: Basis | None) -> None:
    """Judgement gives its reason, and the lawful basis too where it sends a case to the conference (HS-026 4.7)."""
    if not why:
        raise ReasonMissingError
    if to is Level.HIGH and basis is None:
        raise BasisMissingError


def _write_outcome(
    session: Session, draft: Assessment, found: Outcome, verdict: Verdict, actor: Actor, now: datetime
) -> None:
    words = _reason(verdict.why, verdict.basis)
    words |= {"staff": verdict.staff_words, "other_person": verdict.other_person}
    draft.sealed = box_of(session, draft.case_id).seal_json(ASSESSMENT, draft.id, words)
    draft.state, draft.completed_at = COMPLETED, now
    draft.completed_by, draft.completer = actor.account_id, actor.name
    draft.yes, draft.unknown = found.tally.yes, found.tally.unknown
    draft.by_count, draft.level = found.by_count.value, found.level.value
    draft.incidents, draft.repeat, draft.area = found.incidents, verdict.repeat, verdict.area
    draft.area_lines = [asdict(each) for each in verdict.drawn]
    draft.staff_risk, draft.again_on = verdict.staff_risk.value, verdict.again_on


def _changed(
    session: Session,
    case: Case,
    level: Level,
    reason: dict[str, str],
    actor: Actor,
    now: datetime,
    *,
    assessment: Assessment | None = None,
) -> UUID:
    """Write the change down first: the database lets the case change only as it was written."""
    change_id = new_id()
    session.add(
        RiskChange(
            landlord_id=scope_of(session).landlord_id,
            id=change_id,
            case_id=case.id,
            at=now,
            level=level.value,
            before=case.risk_level,
            cause="assessment" if assessment else "judgement",
            assessment_id=assessment.id if assessment else None,
            yes=assessment.yes if assessment else None,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case.id).seal_json(CHANGE, change_id, reason) if reason["why"] else None,
        )
    )
    session.flush()
    case.risk_level, case.risk_at = level.value, now
    outbox.record(session, RiskChanged(case.landlord_id, case.id), now)
    return change_id


def _reason(why: str, basis: Basis | None) -> dict[str, str]:
    return {"why": why, "basis": basis.value if basis else ""}
