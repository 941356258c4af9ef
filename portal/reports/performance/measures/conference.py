"""Before MARAC: how soon a referral left, whether it was in time for its meeting, our own actions.

Sources: HS-026 4.9; STAR 3.14; NPH Working with others.
"""

from datetime import timedelta

from sqlalchemy import Select, cast, func, select
from sqlalchemy.types import Date

from portal.domain.calendar import in_london
from portal.domain.marac import Ended, State
from portal.marac.actions.models import MaracAction
from portal.marac.referrals.models import MaracReferral
from portal.marac.referrals.words import STATES
from portal.reports.performance.measures.measure import Measure, Rows, Timing, When, first_of

ONE_DAY, THREE_DAYS = timedelta(days=1), timedelta(days=3)
REFERRALS = "marac referrals"


def soon(when: When) -> Rows:
    took = MaracReferral.sent_at - MaracReferral.made_at
    cell = first_of(
        {
            "after": MaracReferral.sent_at.is_not(None) & MaracReferral.late,
            "day": took <= ONE_DAY,
            "3-days": took <= THREE_DAYS,
            "later": MaracReferral.sent_at.is_not(None),
            "withdrawn": MaracReferral.state == State.WITHDRAWN.value,
        },
        "waits",
    )
    return select(cell.label("cell"), MaracReferral.case_id).where(
        MaracReferral.landlord_id == when.landlord_id, when.within(MaracReferral.made_at)
    )


def stand(when: When) -> Rows:
    return select(MaracReferral.state.label("cell"), MaracReferral.case_id).where(
        MaracReferral.landlord_id == when.landlord_id, when.within(MaracReferral.made_at)
    )


def actions(when: When) -> Rows:
    """Our own, that were due in the quarter."""
    each, today = MaracAction, in_london(when.now).date()
    on = cast(func.timezone("Europe/London", each.ended_at), Date)
    cell = first_of(
        {
            "in_time": (each.ending == Ended.DONE.value) & (on <= each.due_on),
            "late": each.ending == Ended.DONE.value,
            "unable": each.ending == Ended.UNABLE.value,
            "not_done": each.ended_at.is_not(None),
            "overdue": each.due_on < today,
        },
        "open",
    )
    return select(cell.label("cell"), each.case_id).where(
        each.landlord_id == when.landlord_id,
        each.agency_id.is_(None),
        each.due_on >= when.quarter.first,
        each.due_on < when.quarter.after().first,
    )


def until_sent(when: When) -> Select[float]:
    return select(func.extract("epoch", MaracReferral.sent_at - MaracReferral.made_at)).where(
        MaracReferral.landlord_id == when.landlord_id,
        MaracReferral.sent_at.is_not(None),
        when.within(MaracReferral.made_at),
    )


MEASURES = (
    Measure(
        "marac-sent", "MARAC", "Referrals to MARAC, by how soon they left", REFERRALS,
        {
            "day": "Within a day", "3-days": "Within three days", "later": "Later",
            "after": "After the area had closed its list", "waits": "Not sent yet", "withdrawn": "Withdrawn before",
        },
        soon, took=(Timing("From writing to sending, half of them within", until_sent),),
    ),
    Measure(
        "marac-stand", "MARAC", "Referrals to MARAC, by what became of them", REFERRALS,
        {each.value: says for each, says in STATES.items()}, stand,
    ),
    Measure(
        "marac-actions", "MARAC", "Our own actions from MARAC, by their day", "marac actions",
        {
            "in_time": "Done by its day", "late": "Done later", "unable": "Tried, and it could not be done",
            "not_done": "Not done", "open": "Open, and its day is ahead", "overdue": "Open, and its day is over",
        },
        actions,
    ),
)  # fmt: skip
