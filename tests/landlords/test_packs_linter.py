"""What the rules hold: reviews and their dates, ages, titles, assessments, targets, services."""

from datetime import date
from pathlib import Path

import pytest

from portal.domain.intake import Answers, Source, routing
from portal.domain.lifecycle import Route
from portal.domain.policy.review import next_review, overdue, review_dates
from portal.landlords.linter import warnings
from portal.landlords.packs import read_pack
from tests.landlords.packs_at_hand import LANDLORDS, MEMBERS, SLUGS, TODAY, copy_of_packs, found, pack, spoil


@pytest.mark.clause("STAR-HDR-3", "STAR-7.1a")
def test_star_is_silent_on_its_review_until_the_day_after_its_month() -> None:
    document = pack("star").policy.document
    assert [each.when for each in review_dates(document)] == ["2027-06", "2027-06"]
    for code in ("two-review-dates", "review-cycle-disagrees", "review-overdue", "no-review-date"):
        assert not found("star", code, date(2027, 6, 30)), code
    assert found("star", "review-overdue", date(2027, 7, 1))


@pytest.mark.parametrize(
    ("slug", "last_good_day"),
    [
        ("havebury", date(2026, 1, 31)),
        ("whg", date(2025, 5, 31)),
        *((m, date(2013, 11, 25)) for m in MEMBERS),
    ],
)
def test_a_review_is_overdue_on_the_day_after_and_not_before(slug: str, last_good_day: date) -> None:
    assert not overdue(pack(slug).policy.document, last_good_day)
    assert overdue(pack(slug).policy.document, last_good_day.fromordinal(last_good_day.toordinal() + 1))


@pytest.mark.clause("NPH-COVER-6", "NPH-REVIEW-2")
def test_of_three_review_dates_the_earliest_drives_the_reminder() -> None:
    document = pack("nph").policy.document
    assert [each.when for each in review_dates(document)] == ["2025-09", "2025-10-26", "2026-03"]
    due = next_review(document)
    assert due is not None
    assert due.when == "2025-09"


def test_a_recorded_review_starts_the_cycle_anew(tmp_path: Path) -> None:
    root = copy_of_packs(tmp_path)
    spoil(
        root,
        "whg/policy.toml",
        "last_review = { not_stated = true }",
        'last_review = { value = "2026-02", clause = "whg 6.1" }',
    )
    document = read_pack(root / "whg").policy.document
    assert [each.when for each in review_dates(document)] == ["2029-02"]
    assert not overdue(document, TODAY)


@pytest.mark.clause("AG013-CTX-3")
def test_ag013_counts_one_incident_of_five_kinds_under_a_superseded_definition() -> None:
    definition = pack("dales").policy.definition
    assert [each.value for each in definition.abuse_types.value] == [
        "psychological",
        "physical",
        "sexual",
        "financial",
        "emotional",
    ]
    assert definition.once_or_pattern.value == "Any one incident is enough"
    assert found("dales", "definition-superseded")


@pytest.mark.parametrize(
    ("slug", "age", "route", "notices"),
    [
        ("dales", 15, Route.CHILD_SAFEGUARDING, 1),
        ("dales", 17, Route.ORDINARY, 1),
        ("dales", 18, Route.ORDINARY, 0),
        ("havebury", 15, Route.CHILD_SAFEGUARDING, 1),
        ("havebury", 16, Route.ORDINARY, 0),
        ("star", 15, Route.CHILD_SAFEGUARDING, 1),
        ("star", 16, Route.ORDINARY, 0),
        ("whg", 15, Route.CHILD_SAFEGUARDING, 1),
        ("whg", 16, Route.ORDINARY, 0),
        ("nph", 15, Route.CHILD_SAFEGUARDING, 1),
        ("nph", 16, Route.ORDINARY, 0),
    ],
)
@pytest.mark.clause("STAR-2.1b", "NPH-CIA-27", "WHG-1.4", "HAV-2.1a")
def test_age_only_routes_and_the_defects_around_it_are_told(
    slug: str, age: int, route: Route, notices: int
) -> None:
    youngest = pack(slug).policy.definition.minimum_age.value.youngest
    routed = routing(
        Answers(source=Source.SELF, age=age), policy_minimum_age=youngest, leaseholders_covered=True
    )
    assert (routed.route, len(routed.notices)) == (route, notices)
    assert found("star", "age-wording")
    assert found("whg", "definition-superseded")
    assert found("havebury", "definition-superseded")
    assert any('"above 16"' in each.says for each in found("nph", "said-in-two-ways"))


@pytest.mark.clause("NPH-COVER-1", "NPH-CIA-1")
def test_the_years_in_the_two_titles_are_set_against_each_other() -> None:
    (told,) = (each for each in found("nph", "said-in-two-ways") if "title" in each.says)
    assert "2023" in told.says
    assert "2024" in told.says


@pytest.mark.clause("NPH-CIA-9")
def test_blank_dates_and_two_versions_of_the_assessment_are_told() -> None:
    blank = {each.says for each in found("nph", "field-blank") if "form 1" in (each.clause or "")}
    assert blank == {
        '"Impact assessment: date of approval" is left blank.',
        '"Impact assessment: last review date" is left blank.',
    }
    (told,) = (each for each in found("nph", "said-in-two-ways") if "On the version" in each.says)
    assert "version 2" in told.says
    assert "version 1" in told.says


@pytest.mark.clause("NPH-CIA-6")
def test_applicants_are_covered_and_missing_from_the_assessment() -> None:
    (told,) = found("nph", "assessment-leaves-out")
    assert told.says.endswith("whom the policy covers: applicant.")


@pytest.mark.clause("NPH-CIA-28", "NPH-CIA-33", "NPH-CIA-35", "NPH-CIA-42")
def test_rows_that_say_a_bare_no_break_off_or_point_elsewhere_are_told() -> None:
    (bare,) = found("nph", "row-without-impact")
    five = ("religion or belief", "gender reassignment", "sexual orientation", "pregnancy", "marriage")
    three = ("healthy lifestyles", "accidents and falls", "independent living")
    assert all(row in bare.says for row in five + three)
    assert any("sexual orientation" in each.says for each in found("nph", "said-in-two-ways"))
    assert "safeguarding" in found("nph", "row-unfinished")[0].says
    assert "localities" in found("nph", "row-points-elsewhere")[0].says


@pytest.mark.clause("NPH-CIA-2", "NPH-CIA-11", "NPH-CIA-46", "NPH-CIA-50", "NPH-GUIDE-6a", "NPH-GUIDE-20a")
def test_what_the_source_of_the_assessment_leaves_out_is_told() -> None:
    assert "current, revised or new was not chosen" in found("nph", "assessment-status-not-chosen")[0].says
    assert "4 internal and 0 external sources; engagement is blank for 3" in found("nph", "assessment-sources")[0].says
    assert "table of actions is empty" in found("nph", "assessment-without-actions")[0].says
    assert "bears no signature" in found("nph", "assessment-unsigned")[0].says
    (unrisked,) = found("nph", "negative-without-risk")
    assert "race and ethnicity" in unrisked.says
    assert "disability" in unrisked.says
    (differ,) = found("nph", "assessment-reviews-differ")
    for day in ("26 October 2024", "May 2024", "March 2026"):
        assert day in differ.says


@pytest.mark.clause("WHG-7.1b")
def test_seven_statutes_are_listed_and_one_is_flagged_as_a_repeat() -> None:
    assert len([cited for cited in pack("whg").policy.cited_law if cited.clause == "whg 7.1"]) == 7
    (twice,) = found("whg", "law-cited-twice")
    assert twice.says.endswith(
        "Anti-Social Behaviour, Crime and Policing Act 2014 and Crime and Policing Act 2014."
    )
    assert "catalogue knows" in found("whg", "law-title-doubtful")[0].says


@pytest.mark.parametrize(
    ("table", "clause"),
    [
        ("clocks.interpretation", "STAR 5.1"),
        ("definition.minimum_age.interpretation", "STAR 2.1"),
        ("document.in_force_from.interpretation", "STAR policy header, approval and version"),
    ],
)
def test_what_can_be_read_in_two_ways_is_told_until_a_reading_is_recorded(
    tmp_path: Path, table: str, clause: str
) -> None:
    assert not [each for slug in SLUGS for each in found(slug, "reading-needed")]
    root = copy_of_packs(tmp_path)
    text = (root / "star" / "policy.toml").read_text()
    before, _, rest = text.partition(f"[{table}]")
    (root / "star" / "policy.toml").write_text(before + rest[rest.index("\n[") :])
    (told,) = (each for each in warnings(read_pack(root / "star"), TODAY) if each.code == "reading-needed")
    assert told.clause == clause


def test_a_policy_that_is_never_reviewed_is_told(tmp_path: Path) -> None:
    root = copy_of_packs(tmp_path)
    path = root / "havebury" / "policy.toml"
    text = path.read_text()
    at = text.index("[[document.review_dates]]")
    path.write_text(text[:at] + text[text.index("[[", at + 2) :])
    spoil(root, "havebury/policy.toml", "[document]\n", "[document]\nreview_dates = []\n")
    assert "no-review-date" in {each.code for each in warnings(read_pack(root / "havebury"), TODAY)}


def test_ways_to_reach_the_landlord_that_nobody_entered_are_told(tmp_path: Path) -> None:
    root = copy_of_packs(tmp_path)
    (told,) = found("whg", "contact-not-entered")
    assert told.says == "Not entered: telephone, out of hours, email and office."
    entered = 'telephone = { value = "01632 960001", origin = "landlords_own" }'
    spoil(root, "whg/landlord.toml", "telephone = { not_stated = true }", entered)
    (told,) = (
        each for each in warnings(read_pack(root / "whg"), TODAY) if each.code == "contact-not-entered"
    )
    assert told.says == "Not entered: out of hours, email and office."


OWN_TARGETS = "".join(
    f"""
[[own.own_targets]]
event = "{event}"
kind = "working_days"
days = 1
set_by = "Director of Housing"
on = "2026-11-01"
why = "Nobody should wait without a date."
promise = "We aim to speak with you by the end of the next working day."
"""
    for event in ("disclosure", "concern")
)


def test_an_own_target_ends_the_warning_of_no_clock_and_is_no_policy(tmp_path: Path) -> None:
    root = copy_of_packs(tmp_path)
    with (root / "whg" / "landlord.toml").open("a") as file:
        file.write(OWN_TARGETS)
    changed = read_pack(root / "whg")
    assert "no-clock" not in {each.code for each in warnings(changed, TODAY)}
    assert not changed.policy.clock("disclosure").stated


@pytest.mark.parametrize(("today", "unchecked"), [(date(2026, 12, 1), 11), (date(2027, 8, 1), 12)])
def test_a_service_counts_as_checked_for_half_a_year(tmp_path: Path, today: date, unchecked: int) -> None:
    root = copy_of_packs(tmp_path)
    spoil(
        root,
        "national.toml",
        "last_checked = { not_stated = true }",
        'last_checked = { value = "2026-11", origin = "landlords_own" }',
    )
    (told,) = (
        each for each in warnings(read_pack(root / "havebury"), today) if each.code == "services-unchecked"
    )
    assert told.says.startswith(f"{unchecked} services")


@pytest.mark.parametrize("slug", SLUGS)
def test_each_thing_is_told_once_and_under_a_clause_that_exists(slug: str) -> None:
    told = warnings(pack(slug), TODAY)
    assert len(told) == len(set(told))
    assert (LANDLORDS / slug).is_dir()
