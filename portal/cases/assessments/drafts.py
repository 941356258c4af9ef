"""An assessment while it is being filled in: begun, answered item by item by whoever is at it, or set aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.assessments.models import ANSWER, ASSESSMENT, DRAFT, SET_ASIDE, Assessment, AssessmentAnswer
from portal.cases.opening import tell
from portal.cases.service import NoSuchCaseError
from portal.domain.errors import PortalError
from portal.domain.lifecycle import CaseStage
from portal.domain.risk import Answer
from portal.landlords.assessed_with import newest
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of


class NoSuchInstrumentError(PortalError):
    """No instrument of this landlord has this code."""


class NotADraftError(PortalError):
    """Somebody has completed or set aside this assessment meanwhile."""


class CaseClosedError(PortalError):
    """A closed case is opened again before its risk is assessed."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about one item. Without an answer it is still to be asked, whatever the comment."""

    answer: Answer | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest of what was said about an item, with its number, and who said it when."""

    said: Said
    revision: int
    at: datetime
    account_id: UUID | None
    actor: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What a page sends about an item, and the revision that it showed."""

    said: Said
    revision: int


NOTHING = Said()


def start(session: Session, case_id: UUID, code: str, actor: Actor, now: datetime) -> UUID:
    """Begin an assessment; where a draft is open already, that is the one to go on with."""
    case = cases.get(session, case_id, for_update=True)
    if case.stage == CaseStage.CLOSED:
        raise CaseClosedError
    known = session.scalar(
        select(Assessment.id).where(
            Assessment.landlord_id == case.landlord_id,
            Assessment.case_id == case_id,
            Assessment.state == DRAFT,
        )
    )
    if known:
        return known
    version = next((key for key, each in newest(session).items() if each.code == code), None)
    if version is None:
        raise NoSuchInstrumentError
    assessment_id = new_id()
    session.add(
        Assessment(
            landlord_id=case.landlord_id,
            id=assessment_id,
            case_id=case_id,
            instrument_version_id=version,
            state=DRAFT,
            started_at=now,
            started_by=actor.account_id,
            starter=actor.name,
        )
    )
    session.flush()
    tell(session, case_id, "risk_started", actor, now, facts={"instrument": code})
    audit.record(session, Fact.RISK_STARTED, actor, now, subject="case", subject_id=case_id, detail=code)
    return assessment_id


def answers_of(session: Session, case_id: UUID, assessment_id: UUID) -> dict[str, Kept]:
    """The newest of what was said about each item."""
    box, found = box_of(session, case_id), dict[str, Kept]()
    for row in _rows(session, assessment_id):
        said = box.open_json(ANSWER, row.id, row.sealed)
        found[row.item] = Kept(_read(said), row.revision, row.at, row.account_id, row.actor)
    return found


def answer(
    session: Session,
    case_id: UUID,
    assessment_id: UUID,
    typed: Mapping[str, Typed],
    actor: Actor,
    now: datetime,
) -> dict[str, Kept]:
    """Keep what was said. What a colleague has said meanwhile is not written over: the answer names those items.

    A page sends everything that it shows; what it leaves as it showed it is left as it stands now.
    """
    _draft(session, case_id, assessment_id)
    box, earlier = box_of(session, case_id), dict[tuple[str, int], Said]()
    newest_of = dict[str, Kept]()
    for row in _rows(session, assessment_id):
        said = _read(box.open_json(ANSWER, row.id, row.sealed))
        earlier[row.item, row.revision] = said
        newest_of[row.item] = Kept(said, row.revision, row.at, row.account_id, row.actor)
    contested, kept = dict[str, Kept](), 0
    for item, each in typed.items():
        stands = newest_of.get(item)
        shown = earlier.get((item, each.revision), NOTHING)
        if each.said in (shown, stands.said if stands else NOTHING):
            continue
        if stands and stands.revision != each.revision and stands.account_id != actor.account_id:
            contested[item] = stands
            continue
        row_id = new_id()
        session.add(
            AssessmentAnswer(
                landlord_id=scope_of(session).landlord_id,
                id=row_id,
                case_id=case_id,
                assessment_id=assessment_id,
                item=item,
                revision=stands.revision + 1 if stands else 1,
                at=now,
                account_id=actor.account_id,
                actor=actor.name,
                sealed=box.seal_json(ANSWER, row_id, _written(each.said)),
            )
        )
        kept += 1
    if kept:
        session.flush()
        audit.record(
            session, Fact.RISK_ANSWERED, actor, now, subject="case", subject_id=case_id, detail=str(kept)
        )
    return contested


def set_aside(
    session: Session, case_id: UUID, assessment_id: UUID, why: str, actor: Actor, now: datetime
) -> None:
    """Put a draft away with a reason; what was answered stays readable."""
    draft = _draft(session, case_id, assessment_id)
    sealed = box_of(session, case_id).seal_json(ASSESSMENT, assessment_id, {"set_aside": why})
    draft.state, draft.completed_at, draft.sealed = SET_ASIDE, now, sealed
    draft.completed_by, draft.completer = actor.account_id, actor.name
    tell(session, case_id, "risk_set_aside", actor, now, words=why)
    audit.record(session, Fact.RISK_SET_ASIDE, actor, now, subject="case", subject_id=case_id)


def get(session: Session, case_id: UUID, assessment_id: UUID, *, for_update: bool = False) -> Assessment:
    """The assessment with this id of this case; another's looks as if it were not there."""
    wanted = select(Assessment).where(
        Assessment.landlord_id == scope_of(session).landlord_id,
        Assessment.case_id == case_id,
        Assessment.id == assessment_id,
    )
    found = session.scalar(wanted.with_for_update() if for_update else wanted)
    if found is None:
        raise NoSuchCaseError
    return found


def _draft(session: Session, case_id: UUID, assessment_id: UUID) -> Assessment:
    """Held until the end of this unit of work, so that two colleagues answer one after the other."""
    found = get(session, case_id, assessment_id, for_update=True)
    if found.state != DRAFT:
        raise NotADraftError
    return found


def _rows(session: Session, assessment_id: UUID) -> list[AssessmentAnswer]:
    return list(
        session.scalars(
            select(AssessmentAnswer)
            .where(
                AssessmentAnswer.landlord_id == scope_of(session).landlord_id,
                AssessmentAnswer.assessment_id == assessment_id,
            )
            .order_by(AssessmentAnswer.item, AssessmentAnswer.revision)
        )
    )


def _read(said: Mapping[str, str]) -> Said:
    return Said(Answer(said["answer"]) if said["answer"] else None, said["comment"])


def _written(said: Said) -> dict[str, str]:
    return {"answer": said.answer.value if said.answer else "", "comment": said.comment}
