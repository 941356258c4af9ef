"""The plan to stay, rent and arrears of a case, as their page shows them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.homes.settling.models import ArrearsShare, HomeRent, StayPlan
from portal.store.database import scope_of
from portal.store.keys import Box
from portal.store.record_keys import box_of


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The plan to stay with its words opened."""

    state: str
    safe: bool | None
    review_on: date | None
    kept_at: datetime
    actor: str
    revision: int
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RentRow:
    """One thing that was offered about rent."""

    kind: str
    answer: str
    starts_on: date | None
    ends_on: date | None
    at: datetime
    actor: str
    words: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One decision about arrears."""

    divided: bool
    at: datetime
    actor: str
    said: dict[str, str]


@dataclass(frozen=True, slots=True)
class Settling:
    """Everything on the page."""

    plan: PlanRow | None
    rent: tuple[RentRow, ...]
    shares: tuple[ShareRow, ...]


def settling_of(session: Session, case_id: UUID) -> Settling:
    """Everything about staying, rent and arrears on this case."""
    box, here = box_of(session, case_id), scope_of(session).landlord_id
    plan = session.scalar(select(StayPlan).where(StayPlan.landlord_id == here, StayPlan.case_id == case_id))
    rent = session.scalars(
        select(HomeRent)
        .where(HomeRent.landlord_id == here, HomeRent.case_id == case_id)
        .order_by(HomeRent.at.desc(), HomeRent.id.desc())
    )
    shares = session.scalars(
        select(ArrearsShare)
        .where(ArrearsShare.landlord_id == here, ArrearsShare.case_id == case_id)
        .order_by(ArrearsShare.at.desc(), ArrearsShare.id.desc())
    )
    return Settling(
        _opened(box, plan) if plan else None,
        tuple(
            RentRow(
                row.kind,
                row.answer,
                row.starts_on,
                row.ends_on,
                row.at,
                row.actor,
                box.open_json("home_rent", row.id, row.sealed)["words"],
            )
            for row in rent
        ),
        tuple(
            ShareRow(row.divided, row.at, row.actor, box.open_json("arrears_share", row.id, row.sealed))
            for row in shares
        ),
    )


def _opened(box: Box, plan: StayPlan) -> PlanRow:
    said = box.open_json("stay_plan", plan.id, plan.sealed)
    return PlanRow(plan.state, plan.safe, plan.review_on, plan.kept_at, plan.actor, plan.revision, said)
