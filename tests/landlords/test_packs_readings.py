"""Where a policy can be read in two ways, its pack says which reading is followed, who chose it, who has to agree."""

import pytest

from portal.domain.policy import CONCERN, DISCLOSURE
from portal.domain.policy.document import Reading
from portal.domain.policy.parameters import parameters, stated_values
from portal.domain.policy.stated import Interpretation
from tests.landlords.packs_at_hand import MEMBERS, SLUGS, found, pack

PORTAL = "The portal, for want of a decision by the landlord"


def reading_of(slug: str, key: str) -> Interpretation | None:
    return dict(stated_values(pack(slug).policy))[key].interpretation


def must_be_open(read: Interpretation | None, choice: str) -> None:
    assert read is not None
    assert choice in read.choice
    assert read.alternatives
    assert read.by == PORTAL
    assert read.to_be_confirmed_by


@pytest.mark.parametrize("slug", ["havebury", "nph"])
@pytest.mark.parametrize("event", [DISCLOSURE, CONCERN])
def test_within_one_working_day_is_read_as_the_whole_day_after_the_report(slug: str, event: str) -> None:
    must_be_open(pack(slug).policy.clock(event).interpretation, "on the working day after the report")


@pytest.mark.parametrize(
    ("slug", "key", "choice"),
    [
        ("havebury", "clocks[disclosure].survivor_may_set_time", "recorded wish"),
        ("nph", "contact.evidence", "officer's note"),
        ("nph", "definition.minimum_age", "16 itself"),
        ("nph", "document.title", "cover"),
        ("nph", "document.version", "beside the approval"),
        ("nph", "governance.training.qualification", "Prevention advocate"),
        ("nph", "moving.panel", "one manager and one specialist"),
        ("nph", "risk.threshold", "never lowers"),
        ("whg", "moving.from_level", "either is enough"),
        ("whg", "rehousing.considered_when", "either is enough"),
        *((member, "money.arrears", "while a transfer is being offered") for member in MEMBERS),
        *((member, "rehousing.considered_when", "for the time being") for member in MEMBERS),
    ],
)
def test_a_value_that_can_be_read_in_two_ways_says_how_it_is_read(slug: str, key: str, choice: str) -> None:
    must_be_open(reading_of(slug, key), choice)


@pytest.mark.parametrize("slug", ["havebury", "nph", "whg"])
def test_a_day_of_approval_that_is_taken_for_the_day_of_force_is_a_reading(slug: str) -> None:
    document = pack(slug).policy.document
    assert document.in_force_from.value == document.approved_on.value
    must_be_open(document.in_force_from.interpretation, "approval")


@pytest.mark.parametrize(
    ("slug", "clause", "choice"),
    [
        ("nph", "NPH cover, next review date", "earliest"),
        ("havebury", "HS-026 4.13", "locks"),
        *((member, "AG/013 Operational Principle 8", "locks") for member in MEMBERS),
    ],
)
def test_a_sentence_that_can_be_read_in_two_ways_says_how_it_is_read(slug: str, clause: str, choice: str) -> None:
    (read,) = (each for each in pack(slug).policy.readings if each.clause == clause)
    assert choice in read.choice
    assert read.alternatives
    assert read.by == PORTAL
    assert read.to_be_confirmed_by


def test_voice_is_named_among_the_partners_although_only_the_assessment_names_it() -> None:
    named = pack("nph").policy.partners.named
    assert "Voice" in (named.value or ())
    assert "NPH CIA form 4, access to partners" in named.also


@pytest.mark.parametrize("slug", SLUGS)
def test_nobody_is_said_to_have_chosen_for_the_landlord(slug: str) -> None:
    policy = pack(slug).policy
    chosen: list[Interpretation | Reading] = [*policy.readings]
    chosen += [value.interpretation for _, value in stated_values(policy) if value.interpretation]
    chosen += [clock.interpretation for clock in policy.clocks if clock.interpretation]
    for each in chosen:
        assert each.by == PORTAL
        assert each.to_be_confirmed_by


@pytest.mark.parametrize(
    "key",
    [
        "scope.household",
        "scope.leaseholder",
        "moving.reporter_invited",
        "governance.approval_body",
        "governance.assessing",
    ],
)
def test_what_only_the_impact_assessment_says_holds_from_the_day_of_the_assessment(key: str) -> None:
    policy = pack("nph").policy
    said = dict(stated_values(policy))[key]
    (assessment,) = policy.impact_assessments
    assert (said.clause or "").startswith("NPH CIA")
    assert said.from_day == assessment.completed.value
    (row,) = (row for row in parameters(policy) if row.key == key)
    assert row.holds == "from 7 June 2024"


def test_the_section_on_which_sharing_rests_is_cited_as_the_policy_cites_it() -> None:
    cited = [each.cited for each in pack("nph").policy.cited_law if each.clause == "NPH Information Sharing"]
    assert "section 115 of the Crime and Disorder Act 1998" in cited
    assert not [each for each in found("nph", "law-title-doubtful") if "Crime and Disorder" in each.says]
