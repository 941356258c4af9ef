"""What each policy wants weighed before a measure, whom new locks may keep out, and who pays for what was broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.policy import Policy
from portal.domain.policy.securing import Measure, MeasureKind, Securing
from portal.domain.securing import (
    Charge,
    Decision,
    Payer,
    RightToOccupy,
    Source,
    against_charge_for_measure,
    against_decision,
    against_lock,
    against_payer,
    proposed_payer,
)
from tests.domain.rehousing_facts import POLICIES, SLUGS, policy

LOCK = Measure(id="locks", title="Locks", changes_locks=True, clause="1")
LIGHT = Measure(id="lighting", title="Lighting", clause="1")
TOLD = st.none() | st.booleans()
WORDS = st.sampled_from(["", "  ", "It is needed."])
DECISIONS = st.builds(
    Decision,
    agreed=st.booleans(),
    reason=WORDS,
    reasonable=TOLD,
    necessary=TOLD,
    lead=WORDS,
    partner=WORDS,
    needs=WORDS,
    right=st.none() | st.sampled_from(RightToOccupy),
    permitted_by=WORDS,
)
FULL = Decision(
    agreed=True,
    reason="It is needed.",
    reasonable=True,
    necessary=True,
    lead="Neighbourhood team",
    partner="none needed",
    needs="none",
    right=RightToOccupy.NOBODY,
    permitted_by="The tenant",
)


def lacking(
    of: Policy, found: Decision, measure: Measure = LIGHT, source: Source = Source.SURVIVOR
) -> dict[str, str | None]:
    refused = against_decision(of, measure, source, found, is_manager=False)
    return {each.field: each.reason.clause for each in refused}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_decision_in_which_everything_was_weighed_stands_under_each_policy(slug: str) -> None:
    assert lacking(policy(slug), FULL, LOCK) == {}


@given(slug=POLICIES, found=DECISIONS, source=st.sampled_from(Source))
def test_no_refusal_stands_without_a_reason(slug: str, found: Decision, source: Source) -> None:
    refused = against_decision(policy(slug), LIGHT, source, found, is_manager=True)
    if not found.agreed and not found.reason.strip():
        assert "reason" in {each.field for each in refused}


@given(slug=POLICIES, found=DECISIONS)
def test_no_lock_is_changed_against_somebody_with_a_right_to_live_there_or_while_that_is_not_known(
    slug: str, found: Decision
) -> None:
    stands = found.agreed and not lacking(policy(slug), found, LOCK)
    assert not stands or found.right in {RightToOccupy.NOBODY, RightToOccupy.EXCLUDED}


def test_star_asks_who_may_permit_the_change_of_a_lock() -> None:
    stopped = against_lock(policy("star"), RightToOccupy.SOMEBODY)
    assert stopped is not None
    assert stopped.clause == "STAR 5.2"
    assert "occupation order" in stopped.says
    silent = against_lock(policy("whg"), RightToOccupy.SOMEBODY)
    assert silent is not None
    assert silent.clause is None, "the law asks it where the policy does not"


def test_northampton_weighs_both_and_refuses_nothing_that_is_reasonable_and_necessary() -> None:
    clause = "NPH Security Measures, para 3"
    assert lacking(policy("nph"), Decision(agreed=True)) == {"reasonable": clause, "necessary": clause}
    unneeded = Decision(agreed=True, reasonable=True, necessary=False)
    assert lacking(policy("nph"), unneeded) == {"necessary": clause}
    refused = Decision(agreed=False, reason="Too dear.", reasonable=True, necessary=True)
    assert lacking(policy("nph"), refused) == {"necessary": clause}


def test_whg_asks_of_needs_and_the_group_names_who_leads_with_whom() -> None:
    plain = Decision(agreed=True)
    assert lacking(policy("whg"), plain) == {"needs": "whg 4.1"}
    assert set(lacking(policy("dales"), plain)) == {"lead", "partner"}
    assert lacking(policy("havebury"), plain) == {}


def test_only_a_manager_of_star_refuses_what_the_police_identified() -> None:
    refused = Decision(agreed=False, reason="Not our wall.")
    assert lacking(policy("star"), refused, source=Source.POLICE) == {"agreed": "STAR 3.9"}
    assert lacking(policy("star"), refused, source=Source.SURVIVOR) == {}
    assert against_decision(policy("star"), LIGHT, Source.POLICE, refused, is_manager=True) == ()


@given(
    slug=POLICIES,
    charge=st.builds(Charge, st.sampled_from(Payer), TOLD, TOLD, WORDS),
    manages=st.booleans(),
)
def test_the_person_who_was_hurt_is_charged_by_nobody_but_a_manager_with_a_reason_and_never_where_the_policy_forbids_it(
    slug: str, charge: Charge, manages: bool
) -> None:
    stands = not against_payer(policy(slug), charge, is_manager=manages)
    if stands and charge.payer is Payer.SURVIVOR:
        assert manages
        assert charge.reason.strip()
        assert slug != "nph"
    if stands and charge.payer is Payer.PERPETRATOR:
        assert charge.safe is True


def test_the_group_proposes_the_person_who_did_it_and_wants_to_know_why_not() -> None:
    assert {slug for slug in SLUGS if proposed_payer(policy(slug)) is Payer.PERPETRATOR} == {
        "dales",
        "seven-locks",
    }
    against = against_payer(policy("dales"), Charge(Payer.LANDLORD), is_manager=False)
    assert [(each.field, each.reason.clause) for each in against] == [
        ("practicable", "AG/013 Operational Principle 8")
    ]
    unsaid = against_payer(policy("dales"), Charge(Payer.LANDLORD, practicable=False), is_manager=False)
    assert [each.field for each in unsaid] == ["reason"]
    said = Charge(Payer.LANDLORD, practicable=False, reason="Nobody knows where he is.")
    assert against_payer(policy("dales"), said, is_manager=False) == ()


def test_star_pays_for_its_own_measures_and_never_lets_the_survivor_pay() -> None:
    refused = against_charge_for_measure(policy("star"), Payer.SURVIVOR)
    assert refused is not None
    assert refused.clause == "STAR 3.15"
    assert against_charge_for_measure(policy("star"), Payer.LANDLORD) is None


def test_a_panic_alarm_at_star_is_the_polices_to_give() -> None:
    found = policy("star").securing
    given_by_others = {
        each.title: each.given_by for each in found.measures if each.kind is MeasureKind.SIGNPOST
    }
    assert given_by_others == {"Panic alarm": "West Mercia Police"}


def test_a_measure_cannot_stand_twice_in_a_policy() -> None:
    with pytest.raises(ValueError, match="more than once"):
        Securing(measures=(LOCK, LOCK))
