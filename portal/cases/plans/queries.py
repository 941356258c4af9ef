"""Plans for pages: as they stand, version by version, what changed between two, and which are still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.plans.models import Plan, PlanAction, PlanVersion
from portal.cases.plans.parts import ActionState, How, Owner
from portal.cases.tasks.models import Task
from portal.domain.plans import Content, PlanKind, Rhythm, Unit, asked_by
from portal.domain.policy import Policy
from portal.people.models import Account
from portal.store.database import scope_of
from portal.store.record_keys import box_of


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as it stands: its draft opened, and what was agreed last. `revision` guards against two writers."""

    id: UUID | None
    kind: PlanKind
    draft: Content
    draft_at: datetime | None
    draft_by: str
    not_to_send: bool
    number: int | None
    agreed_at: datetime | None
    rhythm: Rhythm | None
    review_at: datetime | None
    revision: int


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action of a plan, as it stands now."""

    id: UUID
    what: str
    owner: Owner
    who: str
    due_at: datetime | None
    state: ActionState
    about: str
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    ended_by: str | None
    task_id: UUID | None

    @property
    def wanted(self) -> bool:
        """Does the plan still hold it to be done?"""
        return self.state in {ActionState.PROPOSED, ActionState.OPEN}


@dataclass(frozen=True, slots=True)
class AgreedAction:
    """An action as it stood when a version was agreed."""

    what: str
    owner: Owner
    who: str
    due_at: datetime | None
    state: ActionState


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One agreed version, whole."""

    number: int
    agreed_at: datetime
    how: How
    through: str
    said: str
    recorded_at: datetime
    actor: str
    rhythm: Rhythm | None
    not_to_send: bool
    content: Content
    actions: tuple[AgreedAction, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """One line in the list of versions."""

    number: int
    agreed_at: datetime
    how: How
    actor: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What the policy asks for and the case has not."""

    kind: PlanKind
    what: str
    clause: str


def plans(session: Session, case_id: UUID) -> dict[PlanKind, PlanRow]:
    """Both plans of a case; one that nobody has begun stands empty, at revision 0."""
    rows = session.scalars(
        select(Plan).where(Plan.landlord_id == scope_of(session).landlord_id, Plan.case_id == case_id)
    )
    begun = {PlanKind(each.kind): _plan(session, each) for each in rows}
    return {kind: begun.get(kind) or _not_begun(kind) for kind in PlanKind}


def plan(session: Session, case_id: UUID, kind: PlanKind) -> PlanRow:
    """One of them."""
    return plans(session, case_id)[kind]


def versions(session: Session, plan_id: UUID) -> list[Agreed]:
    """Every version that was agreed, the newest first."""
    version = PlanVersion
    rows = session.execute(
        select(version.number, version.agreed_at, version.how, version.actor)
        .where(version.landlord_id == scope_of(session).landlord_id, version.plan_id == plan_id)
        .order_by(version.number.desc())
    )
    return [Agreed(number, at, How(how), actor) for number, at, how, actor in rows]


def version(session: Session, case_id: UUID, plan_id: UUID, number: int) -> VersionRow | None:
    """One version as it was agreed."""
    row = session.scalar(
        select(PlanVersion).where(
            PlanVersion.landlord_id == scope_of(session).landlord_id,
            PlanVersion.case_id == case_id,
            PlanVersion.plan_id == plan_id,
            PlanVersion.number == number,
        )
    )
    if row is None:
        return None
    kept = box_of(session, case_id).open_json("plan_version", row.id, row.sealed)
    return VersionRow(
        number=row.number,
        agreed_at=row.agreed_at,
        how=How(row.how),
        through=kept["through"],
        said=kept["said"],
        recorded_at=row.recorded_at,
        actor=row.actor,
        rhythm=rhythm_of(row.rhythm),
        not_to_send=row.not_to_send,
        content=Content.from_dict(kept["content"]),
        actions=tuple(
            AgreedAction(
                each["what"],
                Owner(each["owner"]),
                each["who"],
                datetime.fromisoformat(each["due"]) if each["due"] else None,
                ActionState(each["state"]),
            )
            for each in kept["actions"]
        ),
    )


def actions(session: Session, case_id: UUID, plan_id: UUID | None) -> list[ActionRow]:
    """The actions of a plan in the order in which they were put there; ours stand as their task does."""
    rows = session.execute(
        select(PlanAction, Task.ending, Task.ended_at, Task.ended_by, Task.sealed, Account.name)
        .join(
            Task, (Task.landlord_id == PlanAction.landlord_id) & (Task.id == PlanAction.task_id), isouter=True
        )
        .join(Account, Account.id == PlanAction.colleague, isouter=True)
        .where(
            PlanAction.landlord_id == scope_of(session).landlord_id,
            PlanAction.case_id == case_id,
            PlanAction.plan_id == plan_id,
        )
        .order_by(PlanAction.made_at, PlanAction.id)
    ).all()
    return [_action(session, case_id, each) for each in rows]


def missing(policy: Policy, begun: dict[PlanKind, PlanRow]) -> list[Missing]:
    """Which plans the policy asks for and nobody has agreed, and which review nobody has set (HS-026 4.6, 4.7)."""
    found = []
    for kind in PlanKind:
        asked, row = asked_by(policy, kind), begun[kind]
        if asked.value is not None and row.number is None:
            found.append(Missing(kind, "has not been agreed", asked.clause or ""))
        elif row.number is not None and row.rhythm is None and policy.risk.plan_review.value is not None:
            found.append(Missing(kind, "has no date for its review", policy.risk.plan_review.clause or ""))
    return found


def rhythm_of(kept: dict[str, Any] | None) -> Rhythm | None:
    """A rhythm from what was kept of it."""
    return Rhythm(kept["number"], Unit(kept["unit"]), kept["agreed"]) if kept else None


def _plan(session: Session, row: Plan) -> PlanRow:
    kept = box_of(session, row.case_id).open_json("plan.draft", row.id, row.draft)
    return PlanRow(
        id=row.id,
        kind=PlanKind(row.kind),
        draft=Content.from_dict(kept),
        draft_at=row.draft_at,
        draft_by=row.draft_by,
        not_to_send=row.not_to_send,
        number=row.number,
        agreed_at=row.agreed_at,
        rhythm=rhythm_of(row.rhythm),
        review_at=row.review_at,
        revision=row.revision,
    )


def _not_begun(kind: PlanKind) -> PlanRow:
    return PlanRow(
        id=None,
        kind=kind,
        draft=Content(),
        draft_at=None,
        draft_by="",
        not_to_send=False,
        number=None,
        agreed_at=None,
        rhythm=None,
        review_at=None,
        revision=0,
    )


def _action(session: Session, case_id: UUID, row: Any) -> ActionRow:  # noqa: ANN401 - a row of the query above
    action, ending, task_ended_at, task_ended_by, task_sealed, colleague = row
    box = box_of(session, case_id)
    said = box.open_json("plan_action", action.id, action.sealed)
    about = said.get("about", "")
    if ending:
        about = box.open_json("task", action.task_id, task_sealed).get("ended", "")
    return ActionRow(
        id=action.id,
        what=said["what"],
        owner=Owner(action.owner),
        who=said.get("agency") or colleague or "",
        due_at=action.due_at,
        state=ActionState(ending or action.state),
        about=about,
        made_at=action.made_at,
        made_by=action.made_by,
        ended_at=task_ended_at or action.ended_at,
        ended_by=task_ended_by or action.ended_by,
        task_id=action.task_id,
    )


def words_of(rows: Sequence[ActionRow]) -> list[dict[str, Any]]:
    """The actions as a version keeps them."""
    return [
        {
            "what": each.what,
            "owner": each.owner.value,
            "who": each.who,
            "due": each.due_at.isoformat() if each.due_at else None,
            "state": each.state.value,
        }
        for each in rows
    ]
