"""When a policy is next due for review, counted from every date that it gives, and who is reminded when."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from portal.domain.policy.document import Document, ReviewDate
from portal.domain.policy.said_date import SaidDate, last_day, later
from portal.domain.policy.stated import Frozen, Origin


class ReviewNotice(Frozen):
    """How many days before the review its owner hears of it, and after how many more the post above hears."""

    origin: Origin
    before_days: Annotated[int, Field(gt=0)]
    unanswered_days: Annotated[int, Field(gt=0)]


PORTAL_REVIEW_NOTICE = ReviewNotice(origin=Origin.PORTAL_DEFAULT, before_days=90, unanswered_days=30)


class ReviewStep(StrEnum):
    """How near the review is. The only answer to a reminder is a review that is recorded."""

    COMING = "coming"
    OVERDUE = "overdue"


def review_dates(document: Document) -> tuple[ReviewDate, ...]:
    """Every date on which the document asks to be reviewed, stated or reckoned, earliest first."""
    reckoned = reckoned_review(document)
    dates = (*document.review_dates, reckoned) if reckoned else document.review_dates
    done = document.last_review.value
    still = (each for each in dates if done is None or last_day(each.when) > last_day(done))
    return tuple(sorted(still, key=lambda each: last_day(each.when)))


def reckoned_review(document: Document) -> ReviewDate | None:
    """The cycle counted from the last review, else from approval, else from the start of force."""
    cycle = document.review_cycle_months
    if cycle.value is None or cycle.clause is None:
        return None
    start: SaidDate = document.last_review.value or document.approved_on.value or document.in_force_from.value
    return ReviewDate(when=later(start, cycle.value), clause=cycle.clause)


def next_review(document: Document) -> ReviewDate | None:
    """The date that drives reminders: where several disagree, the earliest, until somebody settles it."""
    return next(iter(review_dates(document)), None)


def overdue(document: Document, today: date) -> bool:
    """Whether the review should have been done; a bare month runs to its last day."""
    due = next_review(document)
    return due is not None and last_day(due.when) < today


def review_step(document: Document, notice: ReviewNotice, today: date) -> ReviewStep | None:
    """What the owner ought to hear today; None while the review is far away, or never due."""
    due = next_review(document)
    if due is None or today < last_day(due.when) - timedelta(days=notice.before_days):
        return None
    return ReviewStep.OVERDUE if overdue(document, today) else ReviewStep.COMING
