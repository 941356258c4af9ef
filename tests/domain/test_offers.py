"""Which offer may be made under which policy, and what is asked of whoever makes it all the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.policy import Origin
from portal.domain.policy.stated import Stated
from portal.domain.rehousing.duties import (
    against_surrender,
    arrears_block,
    divides_arrears,
    missing_from_panel,
    nil_rent,
    priority,
)
from portal.domain.rehousing.facts import Facts
from portal.domain.rehousing.offers import (
    FOR_SAFETY,
    Home,
    Objection,
    Outcome,
    Readiness,
    Tenure,
    Weight,
    counted,
    objections,
    offers_left,
)
from tests.domain.rehousing_facts import FACTS, HOMES, LEDGERS, POLICIES, SLUGS, policy

READY = Readiness(risk_after_move_assessed=True, duties_talked_through=True, needs_asked=True)
FLAT = Home(2, "flat", Tenure.SECURE)
SILENT = [slug for slug in SLUGS if slug != "whg"]


def against(
    slug: str,
    offered: Home = FLAT,
    ledger: list[Outcome] | None = None,
    *,
    ready: Readiness = READY,
    no_go: bool = False,
    home_area: bool = False,
) -> dict[str, Objection]:
    found = objections(
        policy(slug), ready, ledger or [], FLAT, offered, in_no_go_area=no_go, in_home_area=home_area
    )
    return {each.id: each for each in found}


def test_whg_makes_one_single_offer_and_an_unsafe_one_is_not_it() -> None:
    assert against("whg") == {}
    second = against("whg", ledger=[Outcome.REFUSED])["number"]
    assert (second.weight, second.clause) == (Weight.MANAGER, "whg 2.9")
    assert offers_left(policy("whg"), [Outcome.REFUSED, Outcome.ACCEPTED]) == 0
    for unsafe in FOR_SAFETY:
        assert offers_left(policy("whg"), [unsafe]) == 1
        assert "number" not in against("whg", ledger=[unsafe])


def test_whether_a_safety_refusal_counts_is_the_landlords_own_and_shown_as_such() -> None:
    whg = policy("whg")
    assert whg.moving.safety_refusals_count.origin is Origin.PORTAL_DEFAULT
    own = Stated[bool](value=True, origin=Origin.LANDLORDS_OWN)
    strict = whg.model_copy(update={"moving": whg.moving.model_copy(update={"safety_refusals_count": own})})
    assert offers_left(strict, [Outcome.REFUSED_UNSAFE]) == 0


@given(ledger=LEDGERS, slug=POLICIES)
def test_no_number_is_made_up_where_a_policy_states_none(ledger: list[Outcome], slug: str) -> None:
    left = offers_left(policy(slug), ledger)
    assert (left is None) == (policy(slug).rehousing.offers.value is None)
    assert ("number" in against(slug, ledger=ledger)) == (left == 0)


@given(ledger=LEDGERS, more=st.sampled_from(Outcome))
def test_an_offer_never_gives_another_one_back(ledger: list[Outcome], more: Outcome) -> None:
    assert counted(policy("whg"), [*ledger, more]) - counted(policy("whg"), ledger) in {0, 1}


@pytest.mark.parametrize(
    ("slug", "clause"), [("whg", "whg 2.9"), ("dales", "AG/013 Operational Principle 8"), ("star", None)]
)
def test_another_size_or_kind_wants_a_reason_where_the_policy_says_like_for_like(
    slug: str, clause: str | None
) -> None:
    for other in (Home(1, "flat", Tenure.SECURE), Home(2, "house", Tenure.SECURE)):
        found = against(slug, other).get("unlike")
        assert (found.clause if found else None) == clause
        assert found is None or found.weight is Weight.REASON
    assert "unlike" not in against(slug)


def test_star_keeps_the_same_security_of_tenure() -> None:
    weaker = against("star", Home(2, "flat", Tenure.FLEXIBLE))["tenure"]
    assert (weaker.weight, weaker.clause) == (Weight.MANAGER, "STAR 3.16")
    assert against("star", Home(2, "flat", Tenure.SECURE)) == {}
    assert "tenure" not in against("whg", Home(2, "flat", Tenure.FLEXIBLE))


def test_the_group_looks_away_from_the_home_area_and_whg_anywhere() -> None:
    near = against("dales", home_area=True)["home_area"]
    assert (near.weight, near.clause) == (Weight.REASON, "AG/013 Operational Principle 8")
    assert "home_area" not in against("whg", home_area=True)


@given(slug=POLICIES, offered=HOMES, ledger=LEDGERS)
def test_a_home_where_they_must_not_be_is_never_offered_under_any_policy(
    slug: str, offered: Home, ledger: list[Outcome]
) -> None:
    assert against(slug, offered, ledger, no_go=True)["no_go"].weight is Weight.STOPPED


@pytest.mark.parametrize(
    ("field", "name", "clause"),
    [
        ("risk_after_move_assessed", "assessed", "whg 2.7"),
        ("duties_talked_through", "duties", "whg 2.8"),
        ("needs_asked", "needs", "whg 4.1"),
    ],
)
def test_whg_assesses_asks_and_talks_before_any_offer(field: str, name: str, clause: str) -> None:
    done = dict.fromkeys(("risk_after_move_assessed", "duties_talked_through", "needs_asked"), True)
    found = against("whg", ready=Readiness(**done | {field: False}))
    assert {key: (each.weight, each.clause) for key, each in found.items()} == {
        name: (Weight.STOPPED, clause)
    }


@pytest.mark.parametrize("slug", SILENT)
def test_a_silent_policy_asks_for_nothing_beforehand(slug: str) -> None:
    assert against(slug, ready=Readiness()) == {}


@given(slug=POLICIES, offered=HOMES, ledger=LEDGERS, no_go=st.booleans(), home_area=st.booleans())
def test_what_stops_an_offer_is_said_before_what_only_wants_a_reason(
    slug: str, offered: Home, ledger: list[Outcome], no_go: bool, home_area: bool
) -> None:
    found = against(slug, offered, ledger, ready=Readiness(), no_go=no_go, home_area=home_area)
    weights = [list(Weight).index(each.weight) for each in found.values()]
    assert weights == sorted(weights)


def test_an_agreed_move_at_whg_is_critical_need_and_gold() -> None:
    found = priority(policy("whg"))
    assert (found.need, found.band, found.clause) == ("critical need", "gold", "whg 2.7")
    assert found.differs("silver")
    assert not found.differs(" Gold ")
    assert not priority(policy("dales")).differs("silver")


def test_a_panel_at_northampton_has_a_manager_and_a_specialist() -> None:
    lacking = missing_from_panel(policy("nph"), managers=2, specialists=0)
    assert [each.says for each in lacking] == ["The panel lacks 1 specialist officer."]
    assert {each.clause for each in lacking} == {"NPH Accommodation and Rehousing"}
    assert missing_from_panel(policy("nph"), managers=1, specialists=1) == ()
    assert missing_from_panel(policy("whg"), managers=0, specialists=0) == ()


@given(slug=POLICIES, facts=FACTS)
def test_no_tenancy_is_ended_before_a_permanent_home_or_the_full_duty(slug: str, facts: Facts) -> None:
    stopped = against_surrender(policy(slug), facts)
    assert (stopped is None) == bool(facts.permanent_home or facts.council_accepted_duty)
    if stopped:
        assert stopped.clause == ("NPH Emergency move outside, para 3" if slug == "nph" else None)


@given(slug=POLICIES, facts=FACTS)
def test_nil_rent_is_offered_at_northampton_from_the_day_of_a_duty_and_nowhere_else(
    slug: str, facts: Facts
) -> None:
    offered = nil_rent(policy(slug), facts)
    assert (offered is not None) == (slug == "nph" and bool(facts.council_accepted_duty))


def test_a_manager_of_the_group_divides_the_arrears_afterwards() -> None:
    for rule in (arrears_block, divides_arrears):
        assert {slug for slug in SLUGS if rule(policy(slug))} == {"dales", "seven-locks"}
