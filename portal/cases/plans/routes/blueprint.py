"""What the pages of plans share: their addresses, and the plan read with the frame of its case."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, url_for

from portal.cases import frame
from portal.cases.frame import Frame
from portal.cases.plans import queries
from portal.cases.plans.parts import ActionState
from portal.cases.plans.queries import ActionRow, PlanRow, VersionRow
from portal.cases.routes.blueprint import CASE, reader
from portal.domain.plans import PlanKind
from portal.web.landlord import work

PLANS = CASE + "/plans"
PLAN = PLANS + "/<any(safety, action):kind>"
pages = Blueprint("plans", __name__, url_prefix="/desk")


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan in its frame: how it stands, the version agreed last, and its actions."""

    frame: Frame
    plan: PlanRow
    agreed: VersionRow | None
    actions: tuple[ActionRow, ...]

    @property
    def changed(self) -> bool:
        """Is there anything that they have not agreed to yet?"""
        proposed = any(each.state is ActionState.PROPOSED for each in self.actions)
        if self.agreed is None:
            return proposed or not self.plan.draft.empty
        return proposed or self.plan.draft.to_dict() != self.agreed.content.to_dict()


def read(case_id: UUID, kind: str) -> PlanPage:
    """The plan of this kind, with everything that its page shows."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        plan = queries.plan(session, case_id, PlanKind(kind))
        agreed: VersionRow | None = None
        actions: tuple[ActionRow, ...] = ()
        if plan.id:
            agreed = queries.version(session, case_id, plan.id, plan.number) if plan.number else None
            actions = tuple(queries.actions(session, case_id, plan.id))
    return PlanPage(found, plan, agreed, actions)


def plan_url(case_id: UUID, kind: str, done: str | None = None) -> str:
    """The page of a plan; `done` names the sentence that says what has just been kept."""
    return url_for("plans.plan", case_id=case_id, kind=kind, done=done)
