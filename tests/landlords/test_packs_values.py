"""What each policy says, read again from its text: the value, its clause, or that it says nothing."""

from typing import Any

import pytest

from portal.domain.policy import Origin, PersonKind
from portal.domain.policy.contact import PreferenceKind
from portal.domain.policy.parameters import parameters, stated_values
from portal.domain.policy.scope import AbuseType, Subtype
from tests.landlords.packs_at_hand import SLUGS, pack

FIVE = {"psychological", "physical", "sexual", "financial", "emotional"}


def stated(slug: str, key: str) -> Any:
    return dict(stated_values(pack(slug).policy))[key]


@pytest.mark.parametrize(
    ("key", "dales", "havebury", "star", "whg", "nph"),
    [
        (
            "definition.term",
            "domestic violence",
            "domestic violence and abuse",
            "domestic abuse",
            "domestic abuse",
            "domestic abuse",
        ),
        (
            "definition.framework",
            "home-office-2004",
            "cross-government-2013",
            "daa-2021",
            "cross-government-2013",
            "daa-2021",
        ),
        ("document.review_cycle_months", 24, None, 36, 36, 24),
        ("document.approved_by", None, "Leadership Team", "Customer Committee", "Policy Group", None),
        ("risk.instrument", None, "DASH", None, None, "DASH"),
        ("rehousing.offers", None, None, None, 1, None),
        ("rehousing.like_for_like", "normally", None, None, "normally", None),
        ("rehousing.band", None, None, None, "gold", None),
        (
            "governance.champion",
            None,
            None,
            "A STAR domestic abuse lead or champion",
            "Director of Housing",
            None,
        ),
        ("governance.system_of_record", None, None, "The landlord's own systems", None, "ReACT"),
        (
            "scope.council",
            None,
            None,
            "Shropshire Council Housing Options",
            None,
            "West Northamptonshire Council",
        ),
        ("flags.survivor", None, None, "Flagged as vulnerable", None, None),
    ],
)
def test_one_parameter_across_the_five_policies(
    key: str, dales: object, havebury: object, star: object, whg: object, nph: object
) -> None:
    expected = {
        "dales": dales,
        "seven-locks": dales,
        "havebury": havebury,
        "star": star,
        "whg": whg,
        "nph": nph,
    }
    assert {slug: stated(slug, key).value for slug in SLUGS} == expected


@pytest.mark.parametrize(
    ("slug", "key", "clause"),
    [
        ("dales", "contact.preferences.culture", "AG/013 Operational Principle 2"),
        ("dales", "money.arrears", "AG/013 Operational Principle 8"),
        ("dales", "sharing.default", "AG/013 Operational Principle 5"),
        ("havebury", "risk.threshold", "HS-026 4.7"),
        ("havebury", "sharing.joint_tenancy_file", "HS-026 4.14"),
        ("havebury", "contact.preferences.venue", "HS-026 4.5"),
        ("star", "contact.evidence", "STAR section 2, closing paragraph"),
        ("star", "contact.preferences.same_orientation", "STAR 3.5"),
        ("star", "rehousing.tenure", "STAR 3.16"),
        ("star", "security.locks", "STAR 5.2"),
        ("whg", "security.stance", "whg 2.5"),
        ("whg", "contact.visits", "whg 2.1"),
        ("whg", "governance.complaints", "whg 3.5"),
        ("nph", "money.recharge", "NPH Security Measures, para 2"),
        ("nph", "rehousing.ending_tenancy", "NPH Emergency move outside, para 3"),
        ("nph", "flags.address", "NPH Information Sharing"),
    ],
)
def test_a_value_carries_the_clause_that_it_was_read_from(slug: str, key: str, clause: str) -> None:
    assert stated(slug, key).clause == clause
    assert stated(slug, key).value is not None


@pytest.mark.parametrize(
    ("slug", "years", "bound"),
    [
        ("dales", 18, "at_least"),
        ("havebury", 16, "at_least"),
        ("star", 16, "over"),
        ("whg", 16, "at_least"),
        ("nph", 16, "at_least"),
    ],
)
def test_minimum_age_in_the_policys_own_words(slug: str, years: int, bound: str) -> None:
    age = pack(slug).policy.definition.minimum_age.value
    assert (age.years, age.bound) == (years, bound)


@pytest.mark.parametrize(
    ("slug", "covered", "left_out", "silent"),
    [
        ("dales", "tenant household leaseholder anybody_else", "", "applicant other_customer employee"),
        ("havebury", "tenant household leaseholder other_customer anybody_else", "employee", "applicant"),
        ("star", "tenant household other_customer anybody_else", "employee", "leaseholder applicant"),
        ("whg", "tenant household other_customer", "employee", "leaseholder applicant anybody_else"),
        ("nph", "tenant household applicant employee", "leaseholder", "other_customer anybody_else"),
    ],
)
def test_who_is_covered_left_out_or_not_spoken_of(
    slug: str, covered: str, left_out: str, silent: str
) -> None:
    answers = {True: covered.split(), False: left_out.split(), None: silent.split()}
    told: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for kind in PersonKind:
        told[pack(slug).policy.scope.covers(kind)].append(kind.value)
    assert {answer: set(kinds) for answer, kinds in told.items()} == {a: set(k) for a, k in answers.items()}


@pytest.mark.parametrize("slug", ["dales", "havebury", "whg", "nph"])
def test_the_five_kinds_of_abuse_that_four_policies_list(slug: str) -> None:
    assert {each.value for each in pack(slug).policy.definition.abuse_types.value} >= FIVE


def test_star_says_economic_and_counts_conduct_towards_a_child() -> None:
    definition = pack("star").policy.definition
    assert AbuseType.ECONOMIC in definition.abuse_types.value
    assert AbuseType.FINANCIAL not in definition.abuse_types.value
    assert {term.term for term in definition.terms if term.guidance_only} == {"controlling", "coercive"}


def test_havebury_lists_eight_crimes_against_women_and_girls() -> None:
    assert pack("havebury").policy.definition.subtypes.value == tuple(Subtype)


def test_ag013_names_each_relative_with_in_law_and_step_and_carers() -> None:
    ties = set(pack("dales").policy.definition.relationships.value.all())
    assert {"step-sister", "father-in-law", "foster carer", "carer", "other person in my household"} <= ties


@pytest.mark.parametrize(
    ("slug", "offered"),
    [
        ("dales", "same_sex culture"),
        ("havebury", "interpreter bsl disability_support venue"),
        ("star", "same_sex same_orientation disability_support"),
        ("whg", "venue specialist_officer"),
        ("nph", "specialist_officer"),
    ],
)
def test_preferences_that_a_policy_offers_and_needs_that_are_always_asked(slug: str, offered: str) -> None:
    preferences = pack(slug).policy.contact.preferences
    assert {kind.value for kind in preferences.offered()} == set(offered.split())
    asked = preferences.asked()
    assert set(asked) == set(preferences.offered()) | {
        PreferenceKind.INTERPRETER,
        PreferenceKind.BSL,
        PreferenceKind.SUPPORTER,
    }
    assert {kind for kind, origin in asked.items() if origin is Origin.POLICY} == set(preferences.offered())


@pytest.mark.parametrize(
    ("slug", "exceptions"),
    [
        ("dales", {}),
        ("havebury", {"marac-threshold": "called_duty", "safeguarding": "called_duty"}),
        (
            "star",
            {
                "harm-to-child-or-adult": "may",
                "marac-threshold": "called_duty",
                "child-protection": "called_duty",
            },
        ),
        ("whg", {"child-safeguarding": "will", "serious-crime": "may", "serious-future-risk": "may"}),
        (
            "nph",
            {
                "child-protection": "may",
                "terrorism": "may",
                "marac-discussion": "may",
                "safeguarding-law": "called_duty",
                "crime": "called_duty",
            },
        ),
    ],
)
def test_when_something_may_be_shared_without_agreement(slug: str, exceptions: dict[str, str]) -> None:
    assert {each.id: each.force.value for each in pack(slug).policy.sharing.exceptions} == exceptions


@pytest.mark.clause("AG013-CTX-6")
def test_ag013_states_no_threshold_and_a_value_set_later_is_the_landlords_own() -> None:
    policy = pack("dales").policy
    assert policy.risk.threshold.not_stated
    assert policy.risk.instrument.not_stated
    own = policy.risk.instrument.model_copy(
        update={"value": "DASH", "not_stated": False, "origin": Origin.LANDLORDS_OWN}
    )
    changed = policy.model_copy(update={"risk": policy.risk.model_copy(update={"instrument": own})})
    (row,) = (row for row in parameters(changed) if row.key == "risk.instrument")
    assert (row.value, row.clauses, row.origin) == ("DASH", (), Origin.LANDLORDS_OWN)


@pytest.mark.clause("HAV-5.1a")
def test_havebury_lists_fourteen_laws_each_dated_in_the_catalogue() -> None:
    havebury = pack("havebury")
    listed = [cited for cited in havebury.policy.cited_law if cited.clause == "HS-026 5.1"]
    entries = [havebury.law.find(cited.law) for cited in listed]
    assert len({entry.id for entry in entries if entry and entry.dated and entry.last_checked}) == 14
    assert {"dvds", "daa-2021"} <= {cited.law for cited in listed}


@pytest.mark.parametrize(
    ("slug", "linked"), [("dales", 3), ("havebury", 9), ("star", 11), ("whg", 4), ("nph", 3)]
)
def test_how_many_documents_each_policy_links_to(slug: str, linked: int) -> None:
    assert len(pack(slug).policy.document.linked_documents) == linked


@pytest.mark.parametrize("slug", SLUGS)
def test_no_value_of_a_policy_is_passed_off_as_its_own(slug: str) -> None:
    for key, value in stated_values(pack(slug).policy):
        if value.origin is Origin.POLICY and value.value is not None:
            assert value.clause, key
        if value.value is None:
            assert value.origin is Origin.POLICY, key


@pytest.mark.parametrize("slug", SLUGS)
def test_office_hours_and_ladder_are_labelled_as_the_portals(slug: str) -> None:
    policy = pack(slug).policy
    assert policy.office_hours.origin is Origin.PORTAL_DEFAULT
    assert policy.ladder.origin is Origin.PORTAL_DEFAULT
