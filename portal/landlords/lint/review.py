"""Approval and review: dates passed, dates that disagree, and who approved."""

from collections.abc import Iterator
from datetime import date

from portal.domain.policy.review import next_review, overdue, reckoned_review, review_dates
from portal.domain.policy.said_date import at, in_words, may_be_the_same
from portal.landlords.lint.policy_warning import PolicyWarning, listed
from portal.landlords.packs import Pack


def review_overdue(pack: Pack, today: date) -> Iterator[PolicyWarning]:
    """The review should have been done."""
    document = pack.policy.document
    due = next_review(document)
    if due and overdue(document, today):
        yield PolicyWarning(
            "review-overdue",
            due.clause,
            f"The review was due {at(due.when)}, and none is recorded.",
            "Review the policy, or record the review that was done.",
        )


def no_review_date(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Nothing says when the policy is looked at again."""
    if not review_dates(pack.policy.document):
        yield PolicyWarning(
            "no-review-date",
            None,
            "The policy gives no date and no cycle of review.",
            "Set a date of review.",
        )


def review_dates_differ(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """The document gives two dates for one review."""
    stated = pack.policy.document.review_dates
    if any(not may_be_the_same(stated[0].when, other.when) for other in stated[1:]):
        told = listed(f"{in_words(each.when)} ({each.clause})" for each in stated)
        yield PolicyWarning(
            "two-review-dates",
            stated[0].clause,
            f"The next review is given as {told}.",
            "Choose one; until then reminders follow the earliest.",
        )


def cycle_disagrees(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """The stated date is not the one that the cycle gives."""
    document = pack.policy.document
    reckoned = reckoned_review(document)
    if not reckoned or not document.review_dates:
        return
    if not any(may_be_the_same(each.when, reckoned.when) for each in document.review_dates):
        told = listed(in_words(each.when) for each in document.review_dates)
        yield PolicyWarning(
            "review-cycle-disagrees",
            reckoned.clause,
            f"The cycle of {document.review_cycle_months.value} months gives {in_words(reckoned.when)}; "
            f"the document gives {told}.",
            "Correct the date or the cycle; until then reminders follow the earliest.",
        )


def approver_unknown(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """No post or body stands behind the policy."""
    by = pack.policy.document.approved_by
    if by.not_stated:
        because = f" {by.note}" if by.note else ""
        yield PolicyWarning(
            "approver-not-stated",
            by.clause,
            f"The document does not say which post or body approved it.{because}",
            "Enter the post or body.",
        )
