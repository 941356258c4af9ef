"""Cases that are open now: how long, at which risk, how they stand. Sources: STAR section 9; HS-026 6.3."""

from datetime import timedelta

from sqlalchemy import ColumnElement, func, select

from portal.cases.models import Case
from portal.domain.lifecycle import CaseStage
from portal.reports.performance.measures.measure import Measure, Rows, When, first_of

FOUR_WEEKS, QUARTER, HALF_YEAR = timedelta(days=28), timedelta(days=91), timedelta(days=182)


def _open(when: When, cell: ColumnElement[str]) -> Rows:
    return select(cell.label("cell"), Case.id).where(
        Case.landlord_id == when.landlord_id, Case.stage != CaseStage.CLOSED.value
    )


def by_risk(when: When) -> Rows:
    return _open(when, func.coalesce(Case.risk_level, "none"))


def by_age(when: When) -> Rows:
    return _open(
        when,
        first_of(
            {
                "4-weeks": Case.opened_at > when.now - FOUR_WEEKS,
                "quarter": Case.opened_at > when.now - QUARTER,
                "half-year": Case.opened_at > when.now - HALF_YEAR,
            },
            "longer",
        ),
    )


def by_due(when: When) -> Rows:
    return _open(
        when,
        first_of({"none": Case.next_due_at.is_(None), "overdue": Case.next_due_at < when.now}, "in-time"),
    )


MEASURES = (
    Measure(
        "open-risk", "Open now", "Open cases, by risk", "cases open",
        {"high": "High", "medium": "Medium", "standard": "Standard", "none": "Not assessed"}, by_risk, lately=False,
    ),
    Measure(
        "open-age", "Open now", "Open cases, by how long they are open", "cases open",
        {"4-weeks": "Up to 4 weeks", "quarter": "Up to 3 months", "half-year": "Up to 6 months", "longer": "Longer"},
        by_age, lately=False,
    ),
    Measure(
        "open-due", "Open now", "Open cases, by what is due next", "cases open",
        {"overdue": "Something is overdue", "in-time": "Nothing is overdue", "none": "Nothing has a time"},
        by_due, lately=False,
    ),
)  # fmt: skip
