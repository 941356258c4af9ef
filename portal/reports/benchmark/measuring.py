"""What one landlord has of each thing that is compared, counted by one rule that is the same for all."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from portal.cases.assessments.models import Assessment
from portal.cases.contacts import Outcome
from portal.cases.models import Case, Contact
from portal.cases.plans.models import PlanVersion
from portal.domain.benchmark import MEANINGS, Compared, kept, rate
from portal.domain.figures import Quarter
from portal.referrals.models import Report
from portal.store.database import scope_of


def measured(session: Session, quarter: Quarter) -> dict[Compared, int | None]:
    """Each rate; none where there are fewer than ten cases. The session is nobody's own."""
    found: dict[Compared, int | None] = {}
    for each, query in _times(session, quarter).items():
        done = kept(((began, at) for began, at in session.execute(query)), MEANINGS[each].days)
        found[each] = rate(sum(done), len(done))
    return found


def _times(session: Session, quarter: Quarter) -> Mapping[Compared, Select[Any, Any]]:
    here = scope_of(session).landlord_id
    opened = (Case.landlord_id == here, Case.opened_at >= quarter.begins, Case.opened_at < quarter.ends)
    came = _first(Report.received_at, Report.landlord_id == here, Report.case_id == Case.id)
    spoke = _first(
        Contact.at,
        Contact.landlord_id == here,
        Contact.case_id == Case.id,
        Contact.outcome == Outcome.REACHED.value,
    )
    assessed = _first(Assessment.completed_at, Assessment.landlord_id == here, Assessment.case_id == Case.id)
    agreed = _first(PlanVersion.agreed_at, PlanVersion.landlord_id == here, PlanVersion.case_id == Case.id)
    return {
        Compared.REACHED: select(func.coalesce(came, Case.opened_at), spoke).where(*opened),
        Compared.ASSESSED: select(Case.opened_at, assessed).where(*opened),
        Compared.PLANNED: select(Case.opened_at, agreed).where(*opened),
    }


def _first(moment: Any, *which: ColumnElement[bool]) -> Any:  # noqa: ANN401 - a moment of any table
    """The earliest such moment of the case."""
    return select(func.min(moment)).where(*which).scalar_subquery()
