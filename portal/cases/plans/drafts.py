"""The row of a plan, held while somebody changes it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.plans.models import Plan
from portal.domain.plans import Content, PlanKind
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of


def held(session: Session, case_id: UUID, kind: PlanKind) -> Plan | None:
    """The plan, locked until this unit of work ends; None where nobody has begun it."""
    return session.scalar(
        select(Plan)
        .where(
            Plan.landlord_id == scope_of(session).landlord_id,
            Plan.case_id == case_id,
            Plan.kind == kind.value,
        )
        .with_for_update()
    )


def begin(session: Session, case: Case, kind: PlanKind, actor: Actor, now: datetime) -> Plan:
    """A plan that says nothing yet."""
    plan_id = new_id()
    row = Plan(
        landlord_id=case.landlord_id,
        id=plan_id,
        case_id=case.id,
        kind=kind.value,
        draft=box_of(session, case.id).seal_json("plan.draft", plan_id, Content().to_dict()),
        draft_at=now,
        draft_by=actor.name,
    )
    session.add(row)
    session.flush()
    return row
