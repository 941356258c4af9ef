"""The verbs: an officer asks an agency to do something; somebody there takes it and says what came of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.disclosures import spoken
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending, Proposal
from portal.domain.calendar import in_london
from portal.domain.errors import PortalError
from portal.domain.tasks import TaskKind
from portal.landlords.policies import close_of_business
from portal.partners.asked.models import AgencyTask
from portal.partners.asked.queries import OUTCOME, PLACE
from portal.partners.grants.keys import box_of, new_box
from portal.partners.grants.models import AgencyGrant
from portal.partners.grants.service import NoSuchGrantError
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id

SOURCE = "asked"


class NotAskedError(PortalError):
    """Nothing with this id is asked of this agency."""


class AskedRefusedError(PortalError):
    """It cannot stand like this; `field` is the question that the sentence stands beside."""

    def __init__(self, sentence: str, field: str) -> None:
        """Keep where the sentence stands."""
        super().__init__(sentence)
        self.field = field


class AskedChangedError(PortalError):
    """Somebody else took or ended it meanwhile."""


def ask(
    session: Session, case_id: UUID, grant_id: UUID, words: str, due_on: date, actor: Actor, now: datetime
) -> UUID:
    """Ask; and be reminded to ask what became of it, if nothing is said by its day."""
    cases.get(session, case_id, for_update=True)
    grant = session.scalar(select(AgencyGrant).where(AgencyGrant.id == grant_id, AgencyGrant.case_id == case_id))
    if grant is None:
        raise NoSuchGrantError
    if not grant.accepted or grant.ended_at or grant.until_at <= now:
        raise AskedRefusedError("The agency does not have this case now.", "words")
    today = in_london(now).date()
    if not today <= due_on <= in_london(grant.until_at).date():
        raise AskedRefusedError("Choose a day on which the agency still has the case.", "due_on")
    task_id = new_id()
    session.add(
        AgencyTask(
            landlord_id=grant.landlord_id,
            id=task_id,
            case_id=case_id,
            grant_id=grant_id,
            agency_id=grant.agency_id,
            due_on=due_on,
            made_at=now,
            made_name=actor.name,
            sealed=new_box(session, task_id, case_id, now).seal(PLACE, task_id, words),
        )
    )
    session.flush()
    due_at = close_of_business(session, due_on, now)
    chase = Proposal(TaskKind.REPLY, f"Ask what became of it: {words}", due_at, source=SOURCE, source_id=task_id)
    tasks.propose(session, case_id, chase, actor, now)
    spoken.log(session, case_id, grant.share_id, words, "Something that the agency is asked to do", actor, now)
    _note(session, case_id, task_id, "asked", actor, now)
    return task_id


def take(session: Session, grant_id: UUID, task_id: UUID, actor: Actor, now: datetime) -> AgencyTask:
    """Somebody at the agency says that they do it."""
    kept = _held(session, grant_id, task_id)
    if kept.taken_at:
        raise AskedChangedError
    kept.taken_at, kept.taken_name = now, actor.name
    session.flush()
    return kept


def end(
    session: Session, grant_id: UUID, task_id: UUID, ending: Ending, words: str, actor: Actor, now: datetime
) -> AgencyTask:
    """What came of it; the landlord reads the words. Unable and not needed say why."""
    if ending is not Ending.DONE and not words.strip():
        raise AskedRefusedError("Say why.", "words")
    kept = _held(session, grant_id, task_id)
    kept.ended_at, kept.ended_name, kept.ending = now, actor.name, ending.value
    if words:
        kept.outcome = box_of(session, kept.landlord_id, task_id).seal(OUTCOME, task_id, words)
    session.flush()
    return kept


def note_end(
    session: Session, case_id: UUID, task_id: UUID, ending: Ending, actor: Actor, now: datetime
) -> None:
    """In the landlord's scope: nobody has to be asked any more."""
    tasks.settle(session, case_id, SOURCE, task_id, ending, actor, now)
    _note(session, case_id, task_id, ending.value, actor, now)


def _held(session: Session, grant_id: UUID, task_id: UUID) -> AgencyTask:
    wanted = select(AgencyTask).where(AgencyTask.id == task_id, AgencyTask.grant_id == grant_id)
    kept = session.scalar(wanted.with_for_update())
    if kept is None:
        raise NotAskedError
    if kept.ended_at:
        raise AskedChangedError
    return kept


def _note(session: Session, case_id: UUID, task_id: UUID, step: str, actor: Actor, now: datetime) -> None:
    audit.record(
        session, Fact.AGENCY_ASKED, actor, now, subject="case", subject_id=case_id, detail=f"{task_id} {step}"
    )
