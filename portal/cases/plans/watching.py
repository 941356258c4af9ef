"""What happened since a plan was agreed: incidents, contacts, looks at it, actions past their day (HS-026 4.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.incidents import queries as incidents
from portal.cases.models import TimelineEntry
from portal.cases.plans.parts import ActionState
from portal.cases.plans.queries import ActionRow, PlanRow
from portal.store.database import scope_of

LOOKS = ("plan_reviewed", "contact", "interview")


@dataclass(frozen=True, slots=True)
class Watched:
    """In figures, each leading to where it can be read."""

    incidents: int
    looks: int
    contacts: int
    overdue: int


def since_agreed(
    session: Session, case_id: UUID, plan: PlanRow, actions: Sequence[ActionRow], now: datetime
) -> Watched | None:
    """Nothing for a plan that nobody has agreed to."""
    if plan.agreed_at is None:
        return None
    entry = TimelineEntry
    rows = session.execute(
        select(entry.kind, func.count().label("times"))
        .where(
            entry.landlord_id == scope_of(session).landlord_id,
            entry.case_id == case_id,
            entry.kind.in_(LOOKS),
            entry.at > plan.agreed_at,
        )
        .group_by(entry.kind)
    )
    found = {each.kind: each.times for each in rows}
    late = [each for each in actions if each.state is ActionState.OPEN and each.due_at and each.due_at < now]
    return Watched(
        incidents=len(incidents.since(session, case_id, plan.agreed_at)),
        looks=found.get("plan_reviewed", 0),
        contacts=found.get("contact", 0) + found.get("interview", 0),
        overdue=len(late),
    )
