"""What follows from an assessment or a change: tasks with their clause, and the end of tasks that asked for one."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.serious.service import Known, note_by_itself
from portal.cases.tasks import service as tasks
from portal.cases.tasks.models import Task
from portal.cases.tasks.service import Ending, Proposal
from portal.domain.calendar import in_london
from portal.domain.policy import Policy
from portal.domain.risk import Criterion, Level, Outcome, StepKind, steps
from portal.domain.risk.steps import clause_of_referral, step_to_conference
from portal.domain.serious import Because, Matter
from portal.domain.tasks import TaskKind
from portal.landlords.policies import pinned
from portal.store.audit import Actor

KINDS = {
    StepKind.MARAC: TaskKind.MARAC_REFERRAL,
    StepKind.PLAN: TaskKind.RISK_SAFETY_PLAN,
    StepKind.SIGNPOST: TaskKind.SIGNPOST,
    StepKind.POLICY: TaskKind.POLICY_STEP,
}
ASKED_AGAIN = (TaskKind.RISK_AGAIN, TaskKind.RISK_REVIEW)


def after_assessment(
    session: Session,
    case: Case,
    policy: Policy,
    found: Outcome,
    assessment_id: UUID,
    again_on: date,
    actor: Actor,
    now: datetime,
) -> None:
    """The policy's next steps, the date on which to assess again, and an end to whatever asked for this assessment."""
    _end_what_asked(session, case, actor, now)
    soon = _end_of_next_working_day(session, case, now)
    for step in steps(policy, found):
        if step.is_task:
            task = Proposal(
                KINDS[step.kind],
                step.says,
                soon,
                step.clause,
                source=f"risk {step.name}".strip(),
                source_id=assessment_id,
            )
            tasks.propose(session, case.id, task, actor, now)
    if found.level is Level.HIGH:
        _serious(session, case, assessment_id, actor, now)
    review = policy.risk.plan_review
    words = "Assess the risk again, on the day that was set with the last assessment"
    due = pinned(session, case.policy_version_id).calendar.close_of_business(again_on)
    tasks.propose(
        session,
        case.id,
        Proposal(TaskKind.RISK_REVIEW, words, due, review.clause, source="risk", source_id=assessment_id),
        actor,
        now,
    )


def after_raising(
    session: Session, case: Case, policy: Policy, to: Level, change_id: UUID, actor: Actor, now: datetime
) -> None:
    """Judgement alone may send a case to the conference (HS-026 4.7)."""
    if to is not Level.HIGH:
        return
    _serious(session, case, change_id, actor, now)
    soon = _end_of_next_working_day(session, case, now)
    words, clause = step_to_conference(Criterion.JUDGEMENT), clause_of_referral(policy)
    task = Proposal(TaskKind.MARAC_REFERRAL, words, soon, clause, source="risk", source_id=change_id)
    tasks.propose(session, case.id, task, actor, now)


def _serious(session: Session, case: Case, source_id: UUID, actor: Actor, now: datetime) -> None:
    """What is high may be a serious risk for the future: the police are told, or two people say why not (whg 2.4)."""
    note_by_itself(session, case.id, Matter.RISK, Known("", Because.HIGH_RISK, source_id), actor, now)


def assess_again(
    session: Session, case: Case, because: str, source_id: UUID, actor: Actor, now: datetime
) -> None:
    """A task to look at the risk anew."""
    task = Proposal(
        TaskKind.RISK_AGAIN,
        BECAUSE[because],
        _end_of_next_working_day(session, case, now),
        source="risk",
        source_id=source_id,
    )
    tasks.propose(session, case.id, task, actor, now)


BECAUSE = {
    "separation": "Assess the risk again: they have separated, or are about to",
    "court": "Assess the risk again: there is a court date",
    "pregnancy": "Assess the risk again: pregnancy, or a new baby",
    "move": "Assess the risk again: they have moved, or are about to",
    "release": "Assess the risk again: the person who does harm is or will be released",
    "order": "Assess the risk again: a court has made an order",
    "order_ended": "Assess the risk again: a court order has ended early",
    "unborn": "Assess the risk again: a child is expected",
    "left": "Assess the risk again: the person who does harm no longer lives there",
    "moved": "Assess the risk again: they have moved",
    "report": "Assess the risk again: somebody has told us more in another report",
    "received": "Look at our own assessment again: one came in from outside",
}


def _end_what_asked(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    asked = session.scalars(
        select(Task.id).where(
            Task.landlord_id == case.landlord_id,
            Task.case_id == case.id,
            Task.kind.in_([each.value for each in ASKED_AGAIN]),
            Task.ended_at.is_(None),
        )
    ).all()
    for each in asked:
        tasks.end(session, case.id, each, Ending.DONE, "A new assessment was completed.", actor, now)


def _end_of_next_working_day(session: Session, case: Case, now: datetime) -> datetime:
    """The portal's default where a policy states no time: nobody's step waits for ever."""
    calendar = pinned(session, case.policy_version_id).calendar
    today = in_london(now).date()
    following = (day for day in calendar.working_days_from(today) if day > today)
    return calendar.close_of_business(next(following))
