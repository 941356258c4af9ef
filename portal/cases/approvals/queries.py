"""What waits for a second person, over all open cases that the reader may know of."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from portal.cases.approvals.models import Approval
from portal.cases.assessments.models import COMPLETED, Assessment
from portal.cases.models import Case
from portal.cases.plans.models import Plan, PlanVersion
from portal.domain.approvals import Approved
from portal.domain.lifecycle import CaseStage
from portal.store.database import scope_of

MOST = 50
Waits = Select[Any, Any, Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One assessment or plan that waits. `own`: the reader made it, or has the case, and cannot approve it."""

    case_id: UUID
    reference: str
    what: Approved
    of_id: UUID
    kind: str
    by_id: UUID | None
    by: str
    at: datetime
    own: bool


def waiting(session: Session, asked: Collection[str], reader: UUID) -> list[Waiting]:
    """The oldest first; only what the landlord asks to be approved."""
    found = [row for what in Approved if what in asked for row in _waiting(session, what, reader)]
    return sorted(found, key=lambda each: each.at)


def _waiting(session: Session, what: Approved, reader: UUID) -> Iterator[Waiting]:
    wanted = _assessments() if what is Approved.ASSESSMENT else _plans()
    here = and_(Case.landlord_id == scope_of(session).landlord_id, Case.stage != CaseStage.CLOSED.value)
    for case_id, reference, officer, of_id, kind, by_id, by, at in session.execute(wanted.where(here).limit(MOST)):
        own = reader in {by_id, officer}
        yield Waiting(case_id, reference, what, of_id, kind, by_id, by or "", at, own)


def _assessments() -> Waits:
    """The newest completed assessment of each case."""
    row, later = Assessment, aliased(Assessment)
    newer = select(later.id).where(
        later.landlord_id == row.landlord_id,
        later.case_id == row.case_id,
        later.state == COMPLETED,
        later.completed_at > row.completed_at,
    )
    return (
        select(
            Case.id, Case.reference, Case.assigned_to, row.id, func.coalesce(row.level, ""), row.completed_by,
            row.completer, row.completed_at,
        )
        .join(row, and_(row.landlord_id == Case.landlord_id, row.case_id == Case.id))
        .where(row.state == COMPLETED, ~newer.exists(), _not_looked_at(Approved.ASSESSMENT, row))
        .order_by(row.completed_at)
    )  # fmt: skip


def _plans() -> Waits:
    """The version of each plan that holds now."""
    row = PlanVersion
    return (
        select(
            Case.id, Case.reference, Case.assigned_to, row.id, Plan.kind, row.account_id, row.actor, row.recorded_at
        )
        .join(Plan, and_(Plan.landlord_id == Case.landlord_id, Plan.case_id == Case.id))
        .join(row, and_(row.landlord_id == Plan.landlord_id, row.plan_id == Plan.id, row.number == Plan.number))
        .where(_not_looked_at(Approved.PLAN, row))
        .order_by(row.recorded_at)
    )


def _not_looked_at(what: Approved, row: type[Assessment] | type[PlanVersion]) -> ColumnElement[bool]:
    looked = select(Approval.id).where(
        Approval.landlord_id == row.landlord_id,
        Approval.case_id == row.case_id,
        Approval.what == what.value,
        Approval.of_id == row.id,
    )
    return ~looked.exists()
