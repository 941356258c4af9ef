"""Starting, moving and meeting clocks: the verbs. Meaning of the rules: portal.domain.clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, true, update
from sqlalchemy.orm import Session

from portal.deadlines.models import Deadline, Reminder
from portal.domain import reckoning
from portal.domain.calendar import WorkingCalendar
from portal.domain.clock import StopAct, SurvivorWish, effective_due
from portal.domain.errors import PortalError
from portal.domain.policy import Policy, Rung, When
from portal.domain.reckoning import Reckoned
from portal.domain.tasks import TASK
from portal.landlords.policies import PinnedPolicy
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.statements import adding, pose

OPEN = Deadline.ended_at.is_(None)
FARTHEST_WISH = timedelta(days=92)  # the portal's own limit, so that a slip of the pen silences no clock for ever
TYPED_TO = timedelta(minutes=1)  # what people type has no seconds, so a call at once can seem to lie before its report


class SurvivorTimeRefusedError(PortalError):
    """The time that was asked for cannot be kept as the survivor's own."""


@dataclass(frozen=True, slots=True)
class NextDue:
    """What a case or report has to meet next; all empty when no clock runs or none has a time."""

    at: datetime | None = None
    event: str | None = None
    clause: str | None = None
    stop_act: str | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The policy version that a clock is started under, and its calendar."""

    version_id: UUID
    policy: Policy
    calendar: WorkingCalendar


NEVER = datetime.max.replace(tzinfo=UTC)
START = adding(
    Deadline, but={"case_id", "owner", "survivor_set_at", "survivor_set_by", "met_at", "met_by", "ended_at"}
)
RUNG = adding(Reminder, but={"sent_at", "stopped_at"})


def reckon(under: Started, events: Sequence[str], started_at: datetime) -> list[Reckoned]:
    """The clock of each event, as the policy states it."""
    return [reckoning.reckon(under.policy, event, started_at, under.calendar) for event in events]


def first_due(clocks: Sequence[Reckoned]) -> NextDue:
    """Which of these clocks is to be met first; one with a time goes before one without."""
    first = min(clocks, key=lambda each: (each.due_at is None, each.due_at or NEVER))
    return NextDue(first.due_at, first.event, first.clock.clause or "", first.clock.stop_act.value)


def start(
    session: Session, under: Started, clocks: Sequence[Reckoned], report_id: UUID, started_at: datetime
) -> None:
    """Start the clocks of a report, each with its ladder of reminders."""
    for each in clocks:
        deadline_id = new_id()
        pose(
            session,
            START,
            id=deadline_id,
            report_id=report_id,
            event=each.event,
            rule=each.clock.model_dump(mode="json"),
            clause=each.clock.clause or "",
            stated=each.stated,
            origin=each.origin,
            stop_act=each.clock.stop_act.value,
            policy_version_id=under.version_id,
            started_at=started_at,
            policy_due_at=each.policy_due_at,
            due_at=each.due_at,
        )
        _set_up(session, under.policy, deadline_id, each.event, started_at, each.due_at)


def start_task(
    session: Session,
    under: PinnedPolicy,
    case_id: UUID,
    what: str,
    due_at: datetime,
    now: datetime,
    *,
    owner: UUID | None,
    clause: str | None,
) -> Deadline:
    """Start the clock of a task, which climbs the same ladder as any other; `what` is its kind."""
    deadline = Deadline(
        landlord_id=scope_of(session).landlord_id,
        id=new_id(),
        case_id=case_id,
        event=TASK,
        rule={},
        clause=clause or "",
        stated=False,
        origin=TASK,
        stop_act=what,
        policy_version_id=under.version_id,
        owner=owner,
        started_at=now,
        due_at=due_at,
    )
    session.add(deadline)
    session.flush()
    climb(session, under.policy, deadline, now)
    return deadline


def end_task(session: Session, deadline_id: UUID, actor: Actor, now: datetime, *, done: bool) -> None:
    """End the clock of a task; it is met only where the task was done."""
    deadline = session.scalars(select(Deadline).where(Deadline.id == deadline_id).with_for_update()).one()
    if done:
        deadline.met_at, deadline.met_by = now, actor.account_id
    deadline.ended_at = now
    _stop_reminders(session, deadline.id, now)


def climb(session: Session, policy: Policy, deadline: Deadline, now: datetime) -> None:
    """Set up the reminder ladder of a clock anew: waiting rungs of an older due time are stopped."""
    session.execute(
        update(Reminder)
        .where(Reminder.deadline_id == deadline.id, Reminder.sent_at.is_(None), Reminder.stopped_at.is_(None))
        .values(stopped_at=now)
        .execution_options(synchronize_session="fetch")
    )
    known = {
        (each.rung, each.due_at): each
        for each in session.scalars(select(Reminder).where(Reminder.deadline_id == deadline.id))
    }
    for rung, when in _rungs(policy, deadline.event, deadline.started_at, deadline.due_at):
        if stood := known.get((rung.name, when)):  # a time that they went back to; what was sent is not sent again
            stood.stopped_at = None
        else:
            _lay(session, deadline.id, rung, when)


def _set_up(
    session: Session, policy: Policy, deadline_id: UUID, event: str, started_at: datetime, due_at: datetime | None
) -> None:
    for rung, when in _rungs(policy, event, started_at, due_at):
        _lay(session, deadline_id, rung, when)


def _rungs(
    policy: Policy, event: str, started_at: datetime, due_at: datetime | None
) -> list[tuple[Rung, datetime]]:
    """The rungs of a clock with a time; those that would lie before its start are left out."""
    if due_at is None:
        return []
    found = [(rung, _moment(rung, started_at, due_at)) for rung in policy.ladder.rungs_for(event)]
    return [(rung, when) for rung, when in found if when >= started_at]


def _lay(session: Session, deadline_id: UUID, rung: Rung, when: datetime) -> None:
    pose(
        session,
        RUNG,
        id=new_id(),
        deadline_id=deadline_id,
        rung=rung.name,
        recipient=rung.to.value,
        due_at=when,
    )


def meet(
    session: Session,
    case_id: UUID,
    act: StopAct,
    actor: Actor,
    at: datetime,
    now: datetime,
    *,
    only: str | None = None,
) -> list[Deadline]:
    """End every clock of the case that this act stops; an act that is not the policy's stop act ends none.

    With `only`, no clock but that of this event: a lock that was changed has not mended a door.

    Nor does one from before the clock began: yesterday's call, written down today, answers no report of today.
    """
    met = []
    for deadline in session.scalars(
        select(Deadline)
        .where(Deadline.case_id == case_id, OPEN, Deadline.event != TASK)
        .where(Deadline.event == only if only else true())
        .with_for_update()
    ):
        if not stops(act, StopAct(deadline.stop_act)) or at + TYPED_TO < deadline.started_at:
            continue
        deadline.met_at, deadline.met_by, deadline.ended_at = (
            max(at, deadline.started_at),
            actor.account_id,
            now,
        )
        _stop_reminders(session, deadline.id, now)
        audit.record(
            session, Fact.DEADLINE_MET, actor, now, subject="case", subject_id=case_id, detail=deadline.event
        )
        met.append(deadline)
    return met


STRENGTH = {StopAct.CONTACTED: 1, StopAct.RESPONDED: 1, StopAct.INTERVIEWED: 2}


def stops(act: StopAct, needed: StopAct) -> bool:
    """Does this act end a clock that needs that one? An interview is also a contact; a repair is only a repair."""
    if act is needed:
        return True
    return act in STRENGTH and needed in STRENGTH and STRENGTH[act] >= STRENGTH[needed]


def set_by_survivor(
    session: Session, policy: Policy, deadline: Deadline, wish: datetime, actor: Actor, now: datetime
) -> None:
    """Move a clock to the moment that the survivor asked for; the policy's own time stays on record.

    Sooner is always possible. Later is refused where the policy leaves no room for it (of the first policies,
    only HS-026 4.3 and NPH's Dealing with cases do), and so is a moment before the report.
    """
    if wish < deadline.started_at:
        message = "The time asked for is before the report came in."
        raise SurvivorTimeRefusedError(message)
    if wish > now + FARTHEST_WISH:
        message = "The time asked for is more than three months away: ask again nearer to it."
        raise SurvivorTimeRefusedError(message)
    later_allowed = bool(policy.clock(deadline.event).survivor_may_set_time.value)
    kept = effective_due(deadline.policy_due_at, SurvivorWish(wish, actor.name, now), later_allowed=later_allowed)
    if kept != wish:
        message = "This policy does not let the time of this clock be moved later."
        raise SurvivorTimeRefusedError(message)
    deadline.due_at, deadline.survivor_set_at, deadline.survivor_set_by = wish, now, actor.account_id
    session.flush()
    climb(session, policy, deadline, now)
    audit.record(
        session,
        Fact.DEADLINE_MOVED,
        actor,
        now,
        subject="case",
        subject_id=deadline.case_id,
        detail=f"{deadline.event} {wish.isoformat()}",
    )


def end_all(session: Session, case_id: UUID, now: datetime) -> None:
    """End the running clocks of a case that is closed, unmet."""
    for deadline in session.scalars(select(Deadline).where(Deadline.case_id == case_id, OPEN)):
        deadline.ended_at = now
        _stop_reminders(session, deadline.id, now)


def go_on(session: Session, policy: Policy, case_id: UUID, closed_at: datetime | None, now: datetime) -> None:
    """Let clocks run on that the last closing of the case has ended unmet: nobody has done the act.

    They keep their start and their time, so that what was promised is not promised anew; what lies behind is overdue
    at once, and the rungs that were not sent are climbed. Tasks were ended by somebody, and stay so.
    """
    unmet = Deadline.met_at.is_(None) & (Deadline.ended_at == closed_at) & (Deadline.event != TASK)
    found = session.scalars(select(Deadline).where(Deadline.case_id == case_id, unmet).with_for_update()).all()
    for deadline in found:
        deadline.ended_at = None
        climb(session, policy, deadline, now)


def end_of_report(session: Session, report_id: UUID, now: datetime) -> None:
    """End the running clocks of a report that was set aside."""
    for deadline in session.scalars(select(Deadline).where(Deadline.report_id == report_id, OPEN)):
        deadline.ended_at = now
        _stop_reminders(session, deadline.id, now)


def hand_to_case(session: Session, report_id: UUID, case_id: UUID) -> None:
    """From now on the case answers for the clocks that its report started."""
    session.execute(update(Deadline).where(Deadline.report_id == report_id).values(case_id=case_id))


def next_due(session: Session, *, case_id: UUID | None = None, report_id: UUID | None = None) -> NextDue:
    """The clock to meet next; one with a time goes before one without."""
    owner = Deadline.case_id == case_id if case_id else Deadline.report_id == report_id
    row = session.execute(
        select(Deadline.due_at, Deadline.event, Deadline.clause, Deadline.stop_act)
        .where(owner, OPEN)
        .order_by(Deadline.due_at.asc().nulls_last(), Deadline.started_at)
        .limit(1)
    ).first()
    return NextDue(row.due_at, row.event, row.clause, row.stop_act) if row else NextDue()


def _moment(rung: Rung, started_at: datetime, due_at: datetime) -> datetime:
    match rung.when:
        case When.AT_ONCE:
            return started_at
        case When.BEFORE_DUE:
            return due_at - timedelta(minutes=rung.minutes)
        case When.AT_DUE:
            return due_at
        case When.OVERDUE:
            return due_at + timedelta(minutes=rung.minutes)


def _stop_reminders(session: Session, deadline_id: UUID, now: datetime) -> None:
    session.execute(
        update(Reminder)
        .where(Reminder.deadline_id == deadline_id, Reminder.sent_at.is_(None), Reminder.stopped_at.is_(None))
        .values(stopped_at=now)
    )
