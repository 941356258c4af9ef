"""Safeguarding and plans: was it decided soon, was it agreed with them, was it looked at again.

Sources: STAR 3.14; HS-026 4.6, 4.7; AG/013 EIA outcome 2; NPH Definition.
"""

from datetime import timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from portal.cases.advice.models import Advice
from portal.cases.models import Case
from portal.cases.plans.models import Plan
from portal.cases.safeguarding.models import Concern, Referral
from portal.cases.signposts.models import Signpost
from portal.domain.advice import Topic
from portal.domain.lifecycle import CaseStage
from portal.domain.plans import PlanKind
from portal.reports.performance.measures.measure import Measure, Rows, When, first_of

ONE_DAY, THREE_DAYS = timedelta(days=1), timedelta(days=3)
SAFETY, ACTION = aliased(Plan, name="safety"), aliased(Plan, name="action")


def concerns(when: When) -> Rows:
    took = Concern.decided_at - Concern.noted_at
    cell = first_of(
        {"waits": Concern.decided_at.is_(None), "day": took <= ONE_DAY, "3-days": took <= THREE_DAYS}, "later"
    )
    return select(cell.label("cell"), Concern.case_id).where(
        Concern.landlord_id == when.landlord_id, when.within(Concern.noted_at)
    )


def referrals(when: When) -> Rows:
    cell = first_of(
        {"answered": Referral.outcome.is_not(None), "chase": Referral.chase_at < when.now}, "waits"
    )
    return select(cell.label("cell"), Referral.case_id).where(
        Referral.landlord_id == when.landlord_id, when.within(Referral.made_at)
    )


def plans(when: When) -> Rows:
    """Open cases, each in one cell: what is most wrong goes first."""
    cell = first_of(
        {
            "none": SAFETY.number.is_(None) & ACTION.number.is_(None),
            "overdue": (SAFETY.review_at < when.now) | (ACTION.review_at < when.now),
            "no-day": SAFETY.review_at.is_(None) & ACTION.review_at.is_(None),
        },
        "current",
    )
    query = select(cell.label("cell"), Case.id)
    for plan, kind in ((SAFETY, PlanKind.SAFETY), (ACTION, PlanKind.ACTION)):
        belongs = and_(plan.landlord_id == Case.landlord_id, plan.case_id == Case.id, plan.kind == kind.value)
        query = query.join(plan, belongs, isouter=True)
    return query.where(Case.landlord_id == when.landlord_id, Case.stage != CaseStage.CLOSED.value)


def signposts(when: When) -> Rows:
    cell = first_of({"desk": Signpost.case_id.is_(None)}, "case")
    return select(cell.label("cell"), Signpost.case_id).where(
        Signpost.landlord_id == when.landlord_id, when.within(Signpost.at)
    )


def hardening(when: When) -> Rows:
    """Advice and support on the home, apart from the measures themselves, which are counted under homes (whg 2.2)."""
    return select(Advice.result.label("cell"), Advice.case_id).where(
        Advice.landlord_id == when.landlord_id, when.within(Advice.at), Advice.topic == Topic.HARDENING.value
    )


MEASURES = (
    Measure(
        "concerns", "Protection", "Safeguarding concerns, by how soon they were decided", "concerns",
        {"day": "Within a day", "3-days": "Within three days", "later": "Later", "waits": "Not decided yet"}, concerns,
    ),
    Measure(
        "safeguarding-referrals", "Protection", "Safeguarding referrals, by answer", "safeguarding referrals",
        {"answered": "Answered", "waits": "No answer yet", "chase": "To be chased: the time has passed"}, referrals,
    ),
    Measure(
        "plans", "Protection", "Open cases, by how their plan stands", "cases open",
        {
            "current": "Agreed, and its next review is ahead", "no-day": "Agreed, without a day for its review",
            "overdue": "A review is overdue", "none": "No plan is agreed",
        },
        plans, lately=False,
    ),
    Measure(
        "signposts", "Protection", "Times that somebody was told of a service", "signposts",
        {"case": "On a case", "desk": "At the front desk, without a case"}, signposts,
    ),
    Measure(
        "hardening", "Protection", "Advice on making a home harder to attack", "pieces of advice",
        {"advised": "Advice alone", "supported": "Advice and practical support", "declined": "Declined"}, hardening,
    ),
)  # fmt: skip
