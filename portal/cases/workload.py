"""How much one officer has, beside the most that their landlord has set. Source: NPH Commitment; domain 120.

No policy states a number, so the portal sets none: until a landlord does, the counts stand there alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.domain.lifecycle import CaseStage
from portal.domain.policy.casework import Workload
from portal.domain.policy.stated import Stated
from portal.domain.risk import Level
from portal.landlords.policies import NoPolicyError, in_force
from portal.store.database import scope_of


@dataclass(frozen=True, slots=True)
class Held:
    """The open cases of one officer, as far as the reader may know of them."""

    cases: int = 0
    high: int = 0

    def full(self, most: Workload | None) -> str:
        """Why one more would be too much; nothing where it would not, or no number is set."""
        if most and self.cases >= most.open_cases:
            return f"{self.cases} open cases, and at most {most.open_cases} are set for one officer"
        if most and most.high_risk and self.high >= most.high_risk:
            return f"{self.high} open cases of high risk, and at most {most.high_risk} are set for one officer"
        return ""

    def beyond(self, most: Workload | None) -> bool:
        """Are there more than were set?"""
        return most is not None and (self.cases > most.open_cases or self.high > (most.high_risk or self.high))


def limit(session: Session, now: datetime) -> Stated[Workload] | None:
    """What the landlord has set by now."""
    try:
        return in_force(session, now).policy.workload
    except NoPolicyError:
        return None


def most(session: Session, now: datetime) -> Workload | None:
    """The number alone."""
    stated = limit(session, now)
    return stated.value if stated else None


def held(session: Session) -> Mapping[UUID, Held]:
    """What everybody has who has anything."""
    rows = session.execute(
        select(Case.assigned_to, func.count(), func.count().filter(Case.risk_level == Level.HIGH.value))
        .where(
            Case.landlord_id == scope_of(session).landlord_id,
            Case.stage != CaseStage.CLOSED.value,
            Case.assigned_to.is_not(None),
        )
        .group_by(Case.assigned_to)
    )
    return {account: Held(cases, high) for account, cases, high in rows if account}
