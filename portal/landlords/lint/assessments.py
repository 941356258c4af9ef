"""Impact assessments that are missing, stale, out of order, or silent where they should answer."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from portal.domain.policy.assessment import Impact, ImpactAssessment, ImpactRow
from portal.domain.policy.said_date import at, first_day, in_words, last_day, later
from portal.domain.policy.scope import PersonKind
from portal.landlords.lint.policy_warning import PolicyWarning, listed
from portal.landlords.packs import Pack

STALE_AFTER_MONTHS = 36
SEE_ELSEWHERE = re.compile(r"\bsee (above )?pages?\b", re.IGNORECASE)


def missing(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """This landlord has assessed nothing."""
    if not pack.policy.impact_assessments:
        yield PolicyWarning(
            "assessment-missing",
            None,
            f"No impact assessment is recorded for {pack.landlord.name}.",
            "Assess the policy's impact, or enter the assessment that was done.",
        )


def no_outcome(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Done, and nobody wrote down what came of it."""
    for one in pack.policy.impact_assessments:
        if one.outcome.not_stated:
            yield PolicyWarning(
                "assessment-without-outcome",
                one.clause,
                f"{one.title}: the outcome is not stated.",
                "Enter the outcome.",
            )


def stale(pack: Pack, today: date) -> Iterator[PolicyWarning]:
    """Older than the policy's own cycle of review."""
    cycle = pack.policy.document.review_cycle_months.value or STALE_AFTER_MONTHS
    for one in pack.policy.impact_assessments:
        done = one.completed.value
        if done and last_day(later(done, cycle)) < today:
            yield PolicyWarning(
                "assessment-old",
                one.clause,
                f"{one.title} was completed {at(done)}, more than {cycle} months ago.",
                "Assess anew.",
            )


def older_than_policy(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Made for something else, or before the decision that it was to inform was known."""
    for one in pack.policy.impact_assessments:
        done, force = one.completed.value, pack.policy.document.in_force_from.value
        if done and last_day(later(done, 6)) < first_day(force):
            yield PolicyWarning(
                "assessment-before-policy",
                one.clause,
                f"{one.title} was completed {at(done)}, long before the policy of {in_words(force)}.",
                "Check that it concerns this version.",
            )


def review_before_signature(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """The next review lies before the day of signing."""
    for one in pack.policy.impact_assessments:
        signed, review = one.signed_off_on.value, one.next_review.value
        if signed and review and last_day(review) <= first_day(signed):
            yield PolicyWarning(
                "review-before-signature",
                one.next_review.clause,
                f"{one.title}: the next review is given as {in_words(review)}, "
                f"before the signature of {in_words(signed)}.",
                "Set a review later than the signature.",
            )


def reviews_differ(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Where a form was kept row by row: its review, a year after coming into force, and the policy’s own days."""
    months, force = pack.policy.governance.assessing, pack.policy.document.in_force_from.value
    for one in pack.policy.impact_assessments:
        review = one.next_review.value
        if not (one.rows and months.value and review):
            continue
        reckoned = later(force, months.value.review_months)
        given = (review, *(each.when for each in pack.policy.document.review_dates))
        others = [in_words(each) for each in dict.fromkeys(given) if each != reckoned]
        if others:
            yield PolicyWarning(
                "assessment-reviews-differ",
                months.clause,
                f"{one.title}: {months.value.review_months} months after coming into force is {in_words(reckoned)}; "
                f"given as well: {listed(others)}.",
                "Settle on which day it is reviewed.",
            )


def unsigned(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """A date without a signature; only forms that were kept row by row."""
    for one in pack.policy.impact_assessments:
        if one.rows and one.signature.not_stated:
            yield PolicyWarning(
                "assessment-unsigned",
                one.signed_off_on.clause or one.clause,
                f"{one.title} is dated and bears no signature.",
                "Have it signed, or assess anew.",
            )


def sources_one_sided(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Sources from one side alone, or of which nobody says what engagement was done."""
    for one in pack.policy.impact_assessments:
        if not one.sources:
            continue
        inside = sum(each.internal for each in one.sources)
        outside = len(one.sources) - inside
        blank = sum(each.engagement.not_stated for each in one.sources)
        if not inside or not outside or blank:
            yield PolicyWarning(
                "assessment-sources",
                one.sources[0].clause,
                f"{one.title}: {inside} internal and {outside} external sources; engagement is blank for {blank}.",
                "Look for sources from outside, and say which engagement was done.",
            )


def nothing_to_do(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Negative impacts beside an empty table of actions."""
    for one in pack.policy.impact_assessments:
        harmed = [row for row in one.rows if any(each.impact is Impact.NEGATIVE for each in row.effects)]
        if harmed and not one.actions:
            yield PolicyWarning(
                "assessment-without-actions",
                harmed[0].clause,
                f"{one.title}: the table of actions is empty beside {len(harmed)} rows with a negative impact.",
                "Give each of them an action with an owner and a day.",
            )


def status_not_chosen(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """The form asks for one of several words and none was chosen; only forms that were kept row by row."""
    for one in pack.policy.impact_assessments:
        if one.rows and one.status.not_stated:
            yield PolicyWarning(
                "assessment-status-not-chosen",
                one.clause,
                f"{one.title}: current, revised or new was not chosen.",
                "Choose one.",
            )


def groups_left_out(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """People whom the policy covers and the assessment forgets."""
    for one in pack.policy.impact_assessments:
        if one.affected.value is None:
            continue
        out = [
            kind for kind in PersonKind if pack.policy.scope.covers(kind) and kind not in one.affected.value
        ]
        if out:
            people = listed(kind.value.replace("_", " ") for kind in out)
            yield PolicyWarning(
                "assessment-leaves-out",
                one.affected.clause,
                f"{one.title} leaves out people whom the policy covers: {people}.",
                "Add them to the assessment.",
            )


def rows_silent(pack: Pack, _today: date) -> Iterator[PolicyWarning]:
    """Rows that claim something without evidence, answer with a bare no, break off, or point elsewhere."""
    for one in pack.policy.impact_assessments:
        yield from _rows(one, "negative-without-risk", "name a negative effect without its risk", _unrisked)
        yield from _rows(one, "row-without-evidence", "claim an effect without evidence", _unproven)
        yield from _rows(one, "row-without-impact", "say no without an impact or a reason", _bare)
        yield from _rows(one, "row-unfinished", "break off in the middle of a sentence", _broken)
        yield from _rows(one, "row-points-elsewhere", "only point to other pages", _elsewhere)
        yield from _rows(
            one, "negative-unanswered", "name a negative effect without an answer to it", _unanswered
        )


def _rows(
    one: ImpactAssessment, code: str, what: str, wrong: Callable[[ImpactRow], bool]
) -> Iterator[PolicyWarning]:
    found = [row for row in one.rows if wrong(row)]
    if found:
        names = listed(row.category for row in found)
        yield PolicyWarning(
            code, found[0].clause, f"{one.title}: rows that {what}: {names}.", "Complete them."
        )


def _unproven(row: ImpactRow) -> bool:
    return bool(row.effects) and any(e.impact is not Impact.NEUTRAL for e in row.effects) and not row.evidence


def _bare(row: ImpactRow) -> bool:
    return not row.effects and not row.evidence


def _broken(row: ImpactRow) -> bool:
    return row.unfinished


def _elsewhere(row: ImpactRow) -> bool:
    return any(SEE_ELSEWHERE.search(f"{effect.risk} {effect.mitigation}") for effect in row.effects)


def _unrisked(row: ImpactRow) -> bool:
    return any(effect.impact is Impact.NEGATIVE and not effect.risk for effect in row.effects)


def _unanswered(row: ImpactRow) -> bool:
    return any(effect.impact is Impact.NEGATIVE and not effect.mitigation for effect in row.effects)
