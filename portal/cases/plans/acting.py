"""The actions of a plan: put forward, agreed or declined with the plan, and ended with what came of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.plans import drafts
from portal.cases.plans.models import PlanAction
from portal.cases.plans.parts import ActionState, Owner
from portal.cases.service import NoSuchCaseError
from portal.cases.tasks import own
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending, Proposal
from portal.domain.errors import PortalError
from portal.domain.plans import PlanKind, asked_by
from portal.domain.tasks import TaskKind
from portal.landlords.policies import pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of

SOURCE = "plan_action"


class EndedAlreadyError(PortalError):
    """Somebody has ended this action, or it was never agreed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An action as it is put forward. `agency` names the service that does it, `colleague` who does it here."""

    what: str
    owner: Owner
    agency: str = ""
    colleague: UUID | None = None
    due_at: datetime | None = None


def add(session: Session, case_id: UUID, wanted: Wanted, actor: Actor, now: datetime) -> UUID:
    """Put an action forward; it counts once the person has agreed to the action plan with it."""
    case, action_id = cases.get(session, case_id, for_update=True), new_id()
    own.check(session, case_id, wanted.what)
    plan = drafts.held(session, case_id, PlanKind.ACTION) or drafts.begin(
        session, case, PlanKind.ACTION, actor, now
    )
    ours = wanted.owner is Owner.LANDLORD
    session.add(
        PlanAction(
            landlord_id=case.landlord_id,
            id=action_id,
            case_id=case_id,
            plan_id=plan.id,
            owner=wanted.owner.value,
            colleague=wanted.colleague if ours else None,
            due_at=wanted.due_at,
            state=ActionState.PROPOSED.value,
            made_at=now,
            made_by=actor.name,
            sealed=box_of(session, case_id).seal_json(
                "plan_action",
                action_id,
                {"what": wanted.what, "agency": wanted.agency if wanted.owner is Owner.AGENCY else ""},
            ),
        )
    )
    session.flush()
    audit.record(session, Fact.PLAN_CHANGED, actor, now, subject="case", subject_id=case_id, detail=plan.kind)
    return action_id


def decline(
    session: Session, case_id: UUID, action_id: UUID, words: str, actor: Actor, now: datetime
) -> None:
    """They do not want it; it stays visible as declined."""
    cases.get(session, case_id, for_update=True)
    action = _held(session, case_id, action_id)
    if action.state != ActionState.PROPOSED:
        raise EndedAlreadyError
    _close(session, action, ActionState.DECLINED, words, actor, now)


def again(session: Session, case_id: UUID, action_id: UUID, actor: Actor, now: datetime) -> None:
    """They have changed their mind: what was declined is put forward once more."""
    cases.get(session, case_id, for_update=True)
    action = _held(session, case_id, action_id)
    if action.state != ActionState.DECLINED:
        raise EndedAlreadyError
    action.state, action.ended_at, action.ended_by = ActionState.PROPOSED.value, None, None
    audit.record(session, Fact.PLAN_CHANGED, actor, now, subject="case", subject_id=case_id)


def open_proposed(session: Session, case: Case, plan_id: UUID, actor: Actor, now: datetime) -> None:
    """The person has agreed: what was put forward is to be done, and what is ours becomes a task."""
    here = select(PlanAction).where(
        PlanAction.plan_id == plan_id, PlanAction.state == ActionState.PROPOSED.value
    )
    policy = pinned(session, case.policy_version_id).policy
    for action in session.scalars(here.order_by(PlanAction.made_at)).all():
        action.state = ActionState.OPEN.value
        if action.owner == Owner.LANDLORD:
            what = box_of(session, case.id).open_json("plan_action", action.id, action.sealed)["what"]
            proposal = Proposal(
                TaskKind.PLAN_ACTION,
                what,
                action.due_at,
                asked_by(policy, PlanKind.ACTION).clause,
                action.colleague,
                SOURCE,
                action.id,
            )
            action.task_id = tasks.propose(session, case.id, proposal, actor, now)
    session.flush()


def end(
    session: Session, case_id: UUID, action_id: UUID, ending: Ending, words: str, actor: Actor, now: datetime
) -> None:
    """It is done, with what shows it; or it could not be done, or is not needed, and why."""
    cases.get(session, case_id, for_update=True)
    action = _held(session, case_id, action_id)
    if action.state != ActionState.OPEN:
        raise EndedAlreadyError
    if action.task_id:
        try:
            tasks.end(session, case_id, action.task_id, ending, words, actor, now)
        except tasks.NoSuchTaskError:
            raise EndedAlreadyError from None
        return
    _close(session, action, ActionState(ending.value), words, actor, now)
    facts = {"owner": action.owner, "state": action.state}
    tell(session, case_id, "plan_action", actor, now, facts=facts, words=_what(session, action))


def _close(
    session: Session, action: PlanAction, state: ActionState, words: str, actor: Actor, now: datetime
) -> None:
    box = box_of(session, action.case_id)
    said = box.open_json("plan_action", action.id, action.sealed)
    action.sealed = box.seal_json("plan_action", action.id, said | {"about": words})
    action.state, action.ended_at, action.ended_by = state.value, now, actor.name
    audit.record(
        session, Fact.PLAN_CHANGED, actor, now, subject="case", subject_id=action.case_id, detail=state.value
    )


def _what(session: Session, action: PlanAction) -> str:
    what: str = box_of(session, action.case_id).open_json("plan_action", action.id, action.sealed)["what"]
    return what


def _held(session: Session, case_id: UUID, action_id: UUID) -> PlanAction:
    action = session.scalar(
        select(PlanAction).where(PlanAction.id == action_id, PlanAction.case_id == case_id).with_for_update()
    )
    if action is None:
        raise NoSuchCaseError
    return action
