"""When a policy is next due for review, counted from every date that it gives."""

from datetime import date

from portal.domain.policy.document import Document, ReviewDate
from portal.domain.policy.said_date import SaidDate, last_day, later


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
