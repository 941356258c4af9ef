"""What follows when a risk was found: whether another home is thought of is somebody's decision."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.homes.options import queries
from portal.homes.options.following import consider
from portal.landlords.policies import pinned
from portal.store.audit import PORTAL


def consider_another_home(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """A risk from the policy's own line on asks for a decision about another home (whg 2.2, 2.7)."""
    try:
        case = cases.get(session, ids["case_id"])
    except cases.NoSuchCaseError:
        return  # it was erased meanwhile
    under = pinned(session, case.policy_version_id)
    consider(session, case, under, queries.newest(session, case.id, case.risk_level).facts, PORTAL, now)
