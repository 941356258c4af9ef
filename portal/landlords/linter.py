"""What a landlord ought to settle: every rule over its pack, in one list."""

from collections.abc import Callable, Iterator
from datetime import date

from portal.landlords.lint import assessments, gaps, law, made_known, readings, review, wording
from portal.landlords.lint.policy_warning import PolicyWarning
from portal.landlords.packs import Pack

Rule = Callable[[Pack, date], Iterator[PolicyWarning]]

RULES: tuple[Rule, ...] = (
    review.review_overdue,
    review.no_review_date,
    review.review_dates_differ,
    review.cycle_disagrees,
    review.approver_unknown,
    gaps.no_clock,
    gaps.no_time,
    gaps.only_an_aim,
    readings.without_choice,
    gaps.no_instrument,
    gaps.no_keeping,
    gaps.no_office,
    gaps.courses_without_interval,
    law.definition_superseded,
    law.age_conflicts,
    law.economic_abuse_missing,
    law.law_superseded,
    law.ground_in_wrong_act,
    law.law_cited_twice,
    law.doubtful_title,
    law.law_moved_since,
    wording.number_twice,
    wording.leftovers,
    wording.blanks,
    wording.said_in_two_ways,
    wording.open_readings,
    wording.called_a_duty,
    wording.counted_as_nuisance,
    assessments.missing,
    assessments.no_outcome,
    assessments.stale,
    assessments.older_than_policy,
    assessments.review_before_signature,
    assessments.reviews_differ,
    assessments.unsigned,
    assessments.sources_one_sided,
    assessments.nothing_to_do,
    assessments.status_not_chosen,
    assessments.groups_left_out,
    assessments.rows_silent,
    gaps.consultation,
    gaps.documents_without_link,
    gaps.one_policy_for_several,
    gaps.ways_to_reach_us,
    gaps.faint_accent,
    gaps.services_unchecked,
    made_known.no_lead,
    made_known.channels_undated,
    made_known.teams_without_champion,
)


def warnings(pack: Pack, today: date) -> list[PolicyWarning]:
    """Everything that the rules find, in their order, each thing once."""
    return list(dict.fromkeys(found for rule in RULES for found in rule(pack, today)))
