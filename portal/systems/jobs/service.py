"""The verbs of a system of repairs: read a job, say what became of it, ask for another time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.opening import tell
from portal.cases.tasks.proposed import today
from portal.cases.tasks.service import Proposal, propose
from portal.domain.errors import PortalError
from portal.domain.tasks import TaskKind
from portal.domain.wording import say_moment
from portal.homes.securing import work_orders
from portal.landlords.policies import pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.systems.jobs import queries
from portal.systems.jobs.queries import JobLine, JobShown

NO_ACCESS, ASKED = "job-no-access", "job-time"


class NoSuchJobError(PortalError):
    """No job with this number, or none that may leave: both look the same."""


class JobOverError(PortalError):
    """It is done or called off already."""


class NotYetError(PortalError):
    """What is told has not come yet."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a job, as its system says."""

    became: str
    at: datetime
    note: str


def listed(
    session: Session, state: str | None, after: UUID | None, most: int, actor: Actor, now: datetime
) -> list[JobLine]:
    """A page of jobs, each of which is written down as shown."""
    found = queries.jobs(session, state, after, most, now)
    shown = {each.case_id for each in found}
    audit.record(session, Fact.JOB_SHOWN, actor, now, subject="jobs", detail=str(len(found)), shown=shown)
    return found


def read(session: Session, number: str, actor: Actor, now: datetime) -> JobShown:
    """One job; the officer sees that it was read."""
    found = queries.shown(session, number, now)
    if found is None:
        raise NoSuchJobError
    _note(session, Fact.JOB_SHOWN, found.line, actor, now, str(found.line.id))
    return found


def tell_of(session: Session, number: str, told: Told, actor: Actor, now: datetime) -> UUID:
    """Done or called off ends the job; where nobody could get in, somebody of ours sees to it today."""
    line = _open(session, number, now)
    if told.at > now:
        raise NotYetError
    if told.became == "no_access":
        _no_access(session, line, told, actor, now)
    else:
        work_orders.end(
            session, line.case_id, line.id,
            done=told.became == "done", at=told.at, words=told.note, actor=actor, now=now,
        )  # fmt: skip
    _note(session, Fact.JOB_TOLD, line, actor, now, f"{told.became} {line.number}")
    return uuid5(line.id, f"{told.became} {told.at.isoformat()}")


def ask_for_time(
    session: Session, number: str, begins: datetime, ends: datetime, actor: Actor, now: datetime
) -> UUID:
    """Another time is wanted. Nobody comes then before an officer has agreed it in a way that is safe (HS-026 4.14)."""
    line = _open(session, number, now)
    if ends <= now:
        raise NotYetError
    words = (
        f"The contractor asks for another time for job {number}: {say_moment(begins)} to {say_moment(ends)}. Agree it "
        "with them in a way that is safe, and order the job anew; until then the time that was agreed stands."
    )
    asked = uuid5(line.id, f"{begins.isoformat()} {ends.isoformat()}")
    _propose(session, line, words, ASKED, asked, actor, now)
    tell(session, line.case_id, "job_time", actor, now, facts={"number": number})
    _note(session, Fact.JOB_TOLD, line, actor, now, f"time {number}")
    return asked


def _open(session: Session, number: str, now: datetime) -> JobLine:
    line = queries.job(session, number, now)
    if line is None:
        raise NoSuchJobError
    if line.state != "ordered":
        raise JobOverError
    return line


def _no_access(session: Session, line: JobLine, told: Told, actor: Actor, now: datetime) -> None:
    words = (
        f"Nobody could get in for job {line.number}, {say_moment(told.at)}. Ask them in a way that is safe whether all "
        "is well, and agree another time."
    )
    _propose(session, line, words, NO_ACCESS, uuid5(line.id, told.at.isoformat()), actor, now)
    tell(
        session, line.case_id, "job_no_access", actor, told.at, facts={"number": line.number}, words=told.note or None
    )


def _propose(
    session: Session, line: JobLine, words: str, source: str, source_id: UUID, actor: Actor, now: datetime
) -> None:
    case = cases.get(session, line.case_id, for_update=True)
    due = today(pinned(session, case.policy_version_id).calendar, now)
    task = Proposal(TaskKind.WORK_AT_HOME, words, due, owner=case.assigned_to, source=source, source_id=source_id)
    propose(session, line.case_id, task, actor, now)


def _note(session: Session, fact: Fact, line: JobLine, actor: Actor, now: datetime, detail: str) -> None:
    audit.record(session, fact, actor, now, subject="case", subject_id=line.case_id, detail=detail)
