"""Writing a plan with the person, agreeing it with her, and looking at it again as often as agreed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.plans import acting, drafts, queries
from portal.cases.plans.models import Plan, PlanVersion
from portal.cases.plans.parts import How
from portal.cases.service import EditedMeanwhileError
from portal.cases.tasks import service as tasks
from portal.cases.tasks.models import Task
from portal.cases.tasks.service import Ending, Proposal
from portal.domain.calendar import WorkingCalendar, in_london
from portal.domain.plans import Content, NotToAgreeError, PlanKind, Rhythm, check_rhythm, check_watch
from portal.domain.tasks import TaskKind
from portal.landlords.policies import pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of

SOURCE = "plan"
REVIEWS = {PlanKind.SAFETY: TaskKind.SAFETY_PLAN_REVIEW, PlanKind.ACTION: TaskKind.ACTION_PLAN_REVIEW}
ASKED_FOR_BY: dict[PlanKind, tuple[TaskKind, ...]] = {
    PlanKind.SAFETY: (TaskKind.RISK_SAFETY_PLAN,),
    PlanKind.ACTION: (),
}
"""Tasks that only wait for the plan to be agreed."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the person agreed: when, in what way, through whom, in which words, and how often it is looked at again."""

    at: datetime
    how: How
    through: str = ""
    said: str = ""
    rhythm: Rhythm | None = None


def write(
    session: Session,
    case_id: UUID,
    kind: PlanKind,
    content: Content,
    revision: int,
    actor: Actor,
    now: datetime,
    *,
    not_to_send: bool,
) -> UUID:
    """Keep the draft; refused where somebody else wrote since the page with this revision was opened."""
    case = cases.get(session, case_id, for_update=True)
    row = drafts.held(session, case_id, kind)
    if (row.revision if row else 0) != revision:
        raise EditedMeanwhileError
    row = row or drafts.begin(session, case, kind, actor, now)
    row.draft = box_of(session, case_id).seal_json("plan.draft", row.id, content.to_dict())
    row.draft_at, row.draft_by, row.not_to_send = now, actor.name, not_to_send
    session.flush()
    audit.record(
        session, Fact.PLAN_CHANGED, actor, now, subject="case", subject_id=case_id, detail=kind.value
    )
    return row.id


def agree(
    session: Session,
    case_id: UUID,
    kind: PlanKind,
    revision: int,
    agreement: Agreement,
    actor: Actor,
    now: datetime,
) -> int:
    """Make the draft a version, as the person agreed to it; what is ours in it becomes tasks (HS-026 4.6, 4.7)."""
    case = cases.get(session, case_id, for_update=True)
    row = _as_read(session, case_id, kind, revision)
    content = Content.from_dict(box_of(session, case_id).open_json("plan.draft", row.id, row.draft))
    proposed = queries.actions(session, case_id, row.id)
    _check(session, case, kind, content, agreement, proposed, now)
    acting.open_proposed(session, case, row.id, actor, now)
    row.number, row.agreed_at = (row.number or 0) + 1, agreement.at
    row.rhythm = asdict(agreement.rhythm) if agreement.rhythm else None
    _keep_version(session, case_id, row, content, agreement, actor, now)
    _set_review(session, case, row, in_london(agreement.at).date(), actor, now)
    facts = {"plan": kind.value, "version": row.number, "how": agreement.how.value}
    tell(session, case_id, "plan_agreed", actor, agreement.at, facts=facts, words=agreement.said or None)
    audit.record(session, Fact.PLAN_AGREED, actor, now, subject="case", subject_id=case_id, detail=kind.value)
    return row.number


def reviewed(
    session: Session, case_id: UUID, kind: PlanKind, revision: int, words: str, actor: Actor, now: datetime
) -> None:
    """It was looked at with the person, and nothing is to change; the next time follows from the rhythm."""
    case = cases.get(session, case_id, for_update=True)
    row = _as_read(session, case_id, kind, revision)
    if row.number is None:
        raise NotToAgreeError({"words": "Nothing has been agreed yet that could be looked at again."})
    _set_review(session, case, row, in_london(now).date(), actor, now, words)
    facts = {"plan": kind.value, "version": row.number}
    tell(session, case_id, "plan_reviewed", actor, now, facts=facts, words=words)
    audit.record(
        session, Fact.PLAN_REVIEWED, actor, now, subject="case", subject_id=case_id, detail=kind.value
    )


def _check(
    session: Session,
    case: Case,
    kind: PlanKind,
    content: Content,
    agreement: Agreement,
    proposed: Sequence[queries.ActionRow],
    now: datetime,
) -> None:
    if agreement.at > now:
        raise NotToAgreeError({"day": "Nobody can have agreed yet: look at the day and the time."})
    if agreement.how is How.ADVOCATE and not agreement.through:
        raise NotToAgreeError({"through": "Write who spoke for them."})
    if content.empty and not proposed:
        raise NotToAgreeError(
            {"agreed": "The plan says nothing yet. “Nothing for now” can be written into it."}
        )
    policy = pinned(session, case.policy_version_id).policy
    check_watch(policy, kind, content)
    check_rhythm(policy, agreement.rhythm)


def _as_read(session: Session, case_id: UUID, kind: PlanKind, revision: int) -> Plan:
    row = drafts.held(session, case_id, kind)
    if row is None or row.revision != revision:
        raise EditedMeanwhileError
    return row


def _keep_version(
    session: Session,
    case_id: UUID,
    row: Plan,
    content: Content,
    agreement: Agreement,
    actor: Actor,
    now: datetime,
) -> None:
    version_id = new_id()
    kept: dict[str, Any] = {
        "content": content.to_dict(),
        "actions": queries.words_of(queries.actions(session, case_id, row.id)),
        "through": agreement.through,
        "said": agreement.said,
    }
    session.execute(
        insert(PlanVersion),
        {
            "landlord_id": row.landlord_id,
            "id": version_id,
            "case_id": case_id,
            "plan_id": row.id,
            "number": row.number,
            "agreed_at": agreement.at,
            "how": agreement.how.value,
            "recorded_at": now,
            "account_id": actor.account_id,
            "actor": actor.name,
            "rhythm": row.rhythm,
            "not_to_send": row.not_to_send,
            "sealed": box_of(session, case_id).seal_json("plan_version", version_id, kept),
        },
    )


def _set_review(
    session: Session, case: Case, row: Plan, day: date, actor: Actor, now: datetime, words: str = ""
) -> None:
    """End the review that was due, and set the next as a task: each review sets the one after it (HS-026 4.6)."""
    kind = REVIEWS[PlanKind(row.kind)]
    ends = [kind, *ASKED_FOR_BY[PlanKind(row.kind)]]
    still = select(Task.id).where(Task.case_id == case.id, Task.kind.in_(ends), Task.ended_at.is_(None))
    for task_id in session.scalars(still):
        tasks.end(session, case.id, task_id, Ending.DONE, words, actor, now)
    rhythm, under = queries.rhythm_of(row.rhythm), pinned(session, case.policy_version_id)
    row.review_at = None
    if rhythm is not None:
        row.review_at = _review_at(under.calendar, rhythm.next_after(day))
        clause = under.policy.risk.plan_review.clause
        said = f"Look at the plan again with them: {rhythm.say()}{', as agreed with them' if rhythm.agreed else ''}."
        tasks.propose(session, case.id, Proposal(kind, said, row.review_at, clause), actor, now)
    session.flush()


def _review_at(calendar: WorkingCalendar, day: date) -> datetime:
    """The end of office hours on that day; where offices are closed, of the working day before, never a later one."""
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return calendar.close_of_business(day)
