"""The verbs about jobs: order one in words that tell nothing, hand out a link that ends, and record that it is done.

Sources: HS-026 4.14; STAR 3.15, 5.2; whg 2.6; NPH Security Measures.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import people_told
from portal.cases import service as cases
from portal.cases.opening import summary, tell
from portal.cases.tasks.service import Ending, settle
from portal.deadlines import service as deadlines
from portal.domain.clock import StopAct
from portal.domain.contact.bland import not_bland
from portal.domain.errors import PortalError
from portal.domain.events import JobEnded, JobOrdered
from portal.domain.policy import UNSAFE_DAMAGE
from portal.domain.policy.clocks import SECURITY
from portal.homes.new_home.unspoken import is_new_home
from portal.homes.securing import damage, service
from portal.homes.securing.models import HomeMeasure, WorkOrder
from portal.homes.securing.queries import LINK
from portal.store import audit, outbox
from portal.store.audit import PUBLIC, Actor, Fact
from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of
from portal.store.record_keys import box_of

PLACE = "work_order"
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SHORTEST_NAME, PLAIN = 3, {"The", "Her", "His", "Their", "Mrs", "Miss"}
APART = (
    "This address is kept apart, and a job stands in the case beside the home that they left. Somebody who is named "
    "for it asks for the work by voice, without the case."
)
AFTER_VISIT = timedelta(days=2)
"""How long after the visit a link still opens: the portal's own. It ends at once when the job is done."""


class TellingWordsError(PortalError):
    """A job gives something away; `where` names the field, `reasons` say what kind of thing."""

    def __init__(self, where: str, reasons: tuple[str, ...]) -> None:
        """Keep the field and the reasons."""
        super().__init__("The words give something away.")
        self.where, self.reasons = where, reasons


class VisitError(PortalError):
    """The visit cannot be then: it is over, or ends before it begins, or their hours are others."""


class NotAgreedError(PortalError):
    """What was not agreed to is not ordered."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is ordered. Only `what`, `where` and `access` are ever shown to a contractor."""

    what: str
    where: str
    access: str
    arranged: str
    contractor: str
    urgency: str
    visit_at: datetime
    visit_until: datetime

    def words(self) -> dict[str, str]:
        """What is sealed of it."""
        return {name: getattr(self, name) for name in ("what", "where", "access", "arranged", "contractor")}


@dataclass(frozen=True, slots=True)
class About:
    """What the job is for: a measure, or damage."""

    measure_id: UUID | None = None
    damage_id: UUID | None = None


def order(session: Session, case_id: UUID, about: About, job: Job, actor: Actor, now: datetime) -> UUID:
    """Order a job. Refused where its words tell what it is about or name somebody, or where the visit cannot be."""
    case = cases.get(session, case_id, for_update=True)
    _check_words(session, case_id, job)
    if is_new_home(session, case_id, job.where):
        raise TellingWordsError("where", (APART,))
    if job.visit_until <= max(now, job.visit_at):
        raise VisitError
    if about.measure_id:
        measure = service.get(session, case_id, about.measure_id)
        if measure.state != "agreed":
            raise NotAgreedError
        measure.state, measure.revision = "ordered", measure.revision + 1
    if about.damage_id:
        damage.get(session, case_id, about.damage_id)
    order_id = new_id()
    number = f"J-{''.join(secrets.choice(ALPHABET) for _ in range(8))}"
    session.add(
        WorkOrder(
            landlord_id=case.landlord_id,
            id=order_id,
            case_id=case_id,
            measure_id=about.measure_id,
            damage_id=about.damage_id,
            number=number,
            urgency=job.urgency,
            state="ordered",
            visit_at=job.visit_at,
            visit_until=job.visit_until,
            ordered_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json(PLACE, order_id, job.words()),
        )
    )
    session.flush()
    _note(session, case_id, "job", number, Fact.JOB_ORDERED, actor, now, words=job.what)
    outbox.record(session, JobOrdered(case.landlord_id, case_id, order_id), now)
    return order_id


def hand_out(session: Session, case_id: UUID, order_id: UUID, actor: Actor, now: datetime) -> str:
    """A new link to one job; the one before it opens nothing any more. It is shown once and kept as a hash."""
    row = get(session, case_id, order_id)
    if row.state != "ordered":
        raise cases.EditedMeanwhileError
    secret = secrets.token_urlsafe(24)
    row.link = cipher_of(session).token(LINK, secret)
    row.link_until = max(row.visit_until, now) + AFTER_VISIT
    audit.record(
        session, Fact.JOB_LINKED, actor, now, subject="case", subject_id=case_id, detail=str(order_id)
    )
    return secret


def take_back(session: Session, case_id: UUID, order_id: UUID, actor: Actor, now: datetime) -> None:
    """Whatever link was handed out opens nothing any more: it went to the wrong one, or is not needed."""
    row = get(session, case_id, order_id)
    if row.link is None:
        raise cases.EditedMeanwhileError
    row.link, row.link_until = None, None
    audit.record(
        session, Fact.JOB_LINK_CLOSED, actor, now, subject="case", subject_id=case_id, detail=str(order_id)
    )


def end(
    session: Session,
    case_id: UUID,
    order_id: UUID,
    *,
    done: bool,
    at: datetime,
    words: str,
    actor: Actor,
    now: datetime,
) -> None:
    """The job is done, or called off. Done, it ends the policy's clocks that nothing else holds open."""
    case = cases.get(session, case_id, for_update=True)
    row = get(session, case_id, order_id)
    if row.state != "ordered":
        raise cases.EditedMeanwhileError
    if at > now:
        raise VisitError
    row.state, row.ended_at, row.link, row.link_until = ("done" if done else "cancelled"), at, None, None
    if row.measure_id:
        _end_measure(session, case_id, row.measure_id, actor, at, now, done=done)
    if row.damage_id and done:
        _mended(session, case_id, row.damage_id, actor, at, now)
    cases.refresh_next(session, case)
    _note(session, case_id, f"job_{row.state}", row.number, Fact.JOB_ENDED, actor, now, words=words)
    outbox.record(session, JobEnded(case.landlord_id, case_id, order_id), now)


def get(session: Session, case_id: UUID, order_id: UUID) -> WorkOrder:
    """A job of this case, or the answer of a case that is not here."""
    row = session.scalar(
        select(WorkOrder)
        .where(
            WorkOrder.landlord_id == scope_of(session).landlord_id,
            WorkOrder.case_id == case_id,
            WorkOrder.id == order_id,
        )
        .with_for_update()
    )
    if row is None:
        raise cases.NoSuchCaseError
    return row


def note_shown(session: Session, case_id: UUID, order_id: UUID, now: datetime) -> None:
    """Write down that a link was opened; nobody is signed in there."""
    audit.record(
        session, Fact.JOB_SHOWN, PUBLIC, now, subject="case", subject_id=case_id, detail=str(order_id)
    )


def secrets_of(session: Session, case_id: UUID) -> set[str]:
    """What must not stand in anything that comes into the home: names, numbers, the code word."""
    answers = summary(session, cases.get(session, case_id))
    names = {answers.name, answers.other_person.name, answers.safe_contact.code_word}
    names |= {details.get("name", "") for _id, _part, details in people_told.everybody(session, case_id)}
    return {part for name in names for part in _parts(name)} | set(answers.safe_contact.numbers())


def _check_words(session: Session, case_id: UUID, job: Job) -> None:
    secrets_of_case = secrets_of(session, case_id)
    for where in ("what", "access"):
        reasons = not_bland(getattr(job, where), secrets_of_case)
        if reasons:
            raise TellingWordsError(where, reasons)


def _parts(name: str) -> set[str]:
    """A name whole and in its parts; "the neighbour" is nobody's name, and its words may stand in a job."""
    return {name} | {
        each for each in name.split() if each[:1].isupper() and len(each) >= SHORTEST_NAME
    } - PLAIN


def _end_measure(
    session: Session,
    case_id: UUID,
    measure_id: UUID,
    actor: Actor,
    at: datetime,
    now: datetime,
    *,
    done: bool,
) -> None:
    measure = service.get(session, case_id, measure_id)
    measure.state, measure.revision = ("done" if done else "agreed"), measure.revision + 1
    session.flush()
    if done:
        settle(session, case_id, service.TO_BE_DONE, measure_id, Ending.DONE, actor, now)
    open_still = session.scalar(
        select(HomeMeasure.id).where(
            HomeMeasure.landlord_id == scope_of(session).landlord_id,
            HomeMeasure.case_id == case_id,
            HomeMeasure.state.in_(service.OPEN),
        )
    )
    if done and open_still is None:
        deadlines.meet(session, case_id, StopAct.REPAIRED, actor, at, now, only=SECURITY)


def _mended(
    session: Session, case_id: UUID, damage_id: UUID, actor: Actor, at: datetime, now: datetime
) -> None:
    row = damage.get(session, case_id, damage_id)
    row.repaired_at, row.revision = at, row.revision + 1
    if row.unsafe and not damage.unsafe_left(session, case_id):
        deadlines.meet(session, case_id, StopAct.REPAIRED, actor, at, now, only=UNSAFE_DAMAGE)


def _note(
    session: Session,
    case_id: UUID,
    line: str,
    number: str,
    fact: Fact,
    actor: Actor,
    now: datetime,
    *,
    words: str,
) -> None:
    tell(session, case_id, line, actor, now, facts={"number": number}, words=words or None)
    audit.record(session, fact, actor, now, subject="case", subject_id=case_id, detail=number)
