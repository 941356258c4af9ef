"""The options board: what each policy opens and closes for the same person, and by which clause."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.policy import Origin
from portal.domain.policy.moving import Condition, Moving, OptionKind, OptionOffered
from portal.domain.policy.said_date import SaidDate
from portal.domain.policy.stated import Required
from portal.domain.policy.unfit import UnfitError
from portal.domain.rehousing.board import OptionState, board
from portal.domain.rehousing.conditions import RULES
from portal.domain.rehousing.facts import Facts, HomeSafety, Wish
from portal.domain.rehousing.terms import terms
from portal.domain.risk import Level
from tests.domain.rehousing_facts import FACTS, POLICIES, YES_OR_NO, policy, ruling, said
from tests.places import pack

UNSAFE = Facts(home=HomeSafety.NOT_SAFE, wish=Wish.MOVE, risk=Level.HIGH)
WAYS_OUT = set(OptionKind) - {OptionKind.STAY, OptionKind.STAY_SECURED}


@given(slug=POLICIES, facts=FACTS)
def test_every_option_is_ruled_on_once_and_staying_stands_first(slug: str, facts: Facts) -> None:
    assert [each.kind for each in board(policy(slug), facts)] == list(OptionKind)


@given(slug=POLICIES, facts=FACTS)
def test_whatever_is_not_open_says_why_and_whatever_the_policy_says_names_its_clause(
    slug: str, facts: Facts
) -> None:
    listed = {clause.cited_as(policy(slug).document.cite) for clause in policy(slug).clauses}
    for each in board(policy(slug), facts):
        assert each.says
        assert bool(each.reasons) == (each.state in {OptionState.CLOSED, OptionState.ASK})
        if each.origin is Origin.POLICY:
            assert each.clauses
            assert all(reason.clause for reason in each.reasons)
            assert {
                clause for clause in each.clauses if not any(clause.startswith(one) for one in listed)
            } == set()
        else:
            assert not each.clauses, "what the policy does not say has no clause"


@given(slug=POLICIES, facts=FACTS)
def test_somebody_who_is_not_safe_at_home_always_has_a_way_out_unless_they_declined_it(
    slug: str, facts: Facts
) -> None:
    unsafe = facts.model_copy(update={"home": HomeSafety.NOT_SAFE})
    ways = [each for each in board(policy(slug), unsafe) if each.kind in WAYS_OUT]
    assert any(each.state in {OptionState.OPEN, OptionState.ASK} for each in ways)


@given(slug=POLICIES, facts=FACTS, name=st.sampled_from((*YES_OR_NO, "home", "wish", "risk")))
def test_what_nobody_has_asked_yet_opens_nothing(slug: str, facts: Facts, name: str) -> None:
    asked, unasked = board(policy(slug), facts), board(policy(slug), facts.model_copy(update={name: None}))
    for before, after in zip(asked, unasked, strict=True):
        assert not after.open or before.open


@given(slug=POLICIES, facts=FACTS, arrears=st.none() | st.decimals(Decimal(0), Decimal(9000), places=2))
def test_arrears_open_close_and_rank_nothing(slug: str, facts: Facts, arrears: Decimal | None) -> None:
    def rulings(of: Facts) -> list[tuple[object, ...]]:
        return [(each.kind, each.state, each.reasons) for each in board(policy(slug), of)]

    assert rulings(facts) == rulings(facts.model_copy(update={"arrears": arrears}))


@pytest.mark.parametrize("slug", ["dales", "seven-locks"])
def test_nine_hundred_pounds_of_arrears_leave_the_priority_transfer_open(slug: str) -> None:
    found = ruling(slug, OptionKind.TRANSFER, UNSAFE.model_copy(update={"arrears": Decimal(900)}))
    assert (found.title, found.state) == ("Priority transfer", OptionState.OPEN)
    assert [each.clause for each in found.notes] == ["AG/013 Operational Principle 8"]


@given(slug=POLICIES, facts=FACTS, moves=st.integers(0, 9))
def test_earlier_moves_alone_change_no_ruling(slug: str, facts: Facts, moves: int) -> None:
    again = facts.model_copy(update={"moves_before": moves})
    assert [each.state for each in board(policy(slug), facts)] == [
        each.state for each in board(policy(slug), again)
    ]


def test_no_priority_inside_the_borough_where_the_risk_would_go_on() -> None:
    local = Facts(home=HomeSafety.SHORT_TIME, evidence=True, safe_in_area=True, moves_before=2)
    assert ruling("nph", OptionKind.TRANSFER, local).open
    assert ruling("nph", OptionKind.COUNCIL, local).open
    assert any("twice before" in each.says for each in ruling("nph", OptionKind.TRANSFER, local).notes)
    at_risk = local.model_copy(update={"safe_in_area": False})
    for kind in (OptionKind.TRANSFER, OptionKind.COUNCIL):
        closed = ruling("nph", kind, at_risk)
        assert closed.state is OptionState.CLOSED
        assert said(closed) == {
            ("A home in our own area would keep them at risk.", "NPH Rehousing Options, para 2")
        }
    assert ruling("nph", OptionKind.OUT_OF_AREA, at_risk).open
    assert ruling("nph", OptionKind.OUT_OF_AREA, at_risk).clauses == ("NPH Emergency move outside, para 1",)


@pytest.mark.clause("NPH-ACCOM-4")
def test_a_management_transfer_needs_a_short_time_of_safety_and_without_it_the_emergency_way_opens() -> None:
    local = Facts(safe_in_area=True)
    for home, state in (
        (HomeSafety.SHORT_TIME, OptionState.OPEN),
        (HomeSafety.NOT_SAFE, OptionState.CLOSED),
        (None, OptionState.ASK),
    ):
        facts = local.model_copy(update={"home": home})
        assert ruling("nph", OptionKind.TRANSFER, facts).state is state
        assert ruling("nph", OptionKind.TEMPORARY, facts).open == (home is HomeSafety.NOT_SAFE)


def test_the_council_is_not_asked_at_northampton_before_both_answers_and_the_evidence_are_there() -> None:
    whole = Facts(home=HomeSafety.NOT_SAFE, evidence=True, safe_in_area=True)
    assert ruling("nph", OptionKind.COUNCIL, whole).open
    for name in ("home", "evidence", "safe_in_area"):
        missing = whole.model_copy(update={name: None})
        assert ruling("nph", OptionKind.COUNCIL, missing).state is OptionState.ASK


def test_whg_rehouses_once_staying_is_answered_and_a_move_is_found_to_help() -> None:
    ready = Facts(risk=Level.MEDIUM, staying_answered=True, move_lessens_risk=True)
    assert ruling("whg", OptionKind.TRANSFER, ready).open
    for change, clause in (
        ({"staying_answered": None}, "whg 2.5"),
        ({"move_lessens_risk": None}, "whg 2.7"),
        ({"move_lessens_risk": False}, "whg 2.7"),
        ({"risk": Level.STANDARD}, "whg 2.7"),
    ):
        found = ruling("whg", OptionKind.TRANSFER, ready.model_copy(update=change))
        assert not found.open
        assert {each.clause for each in found.reasons} == {clause}


def test_havebury_follows_the_wish_and_says_nothing_of_a_transfer() -> None:
    stays, moves = Facts(wish=Wish.STAY), Facts(wish=Wish.MOVE)
    assert ruling("havebury", OptionKind.STAY_SECURED, stays).open
    assert not ruling("havebury", OptionKind.STAY_SECURED, moves).open
    assert ruling("havebury", OptionKind.DIRECT_LET, moves).open
    assert ruling("havebury", OptionKind.TRANSFER, moves).state is OptionState.NOT_STATED


def test_star_backs_a_move_that_the_survivor_decides_on_and_nobody_decides_instead() -> None:
    cannot = Facts(home=HomeSafety.NOT_SAFE)
    assert ruling("star", OptionKind.DIRECT_LET, cannot).state is OptionState.ASK
    for wish, state in ((Wish.MOVE, OptionState.OPEN), (Wish.STAY, OptionState.CLOSED)):
        found = ruling("star", OptionKind.DIRECT_LET, cannot.model_copy(update={"wish": wish}))
        assert found.state is state
        assert found.clauses == ("STAR 3.16",)


def test_a_refuge_that_was_declined_is_closed_and_can_be_wanted_later() -> None:
    declined = UNSAFE.model_copy(update={"agrees_to_temporary": False})
    assert ruling("dales", OptionKind.TEMPORARY, declined).state is OptionState.CLOSED
    later = declined.model_copy(update={"agrees_to_temporary": True})
    assert ruling("dales", OptionKind.TEMPORARY, later).open


def test_another_landlord_is_asked_where_the_groups_own_homes_cannot_serve() -> None:
    for serve, state in ((None, OptionState.ASK), (True, OptionState.CLOSED), (False, OptionState.OPEN)):
        facts = UNSAFE.model_copy(update={"own_homes_serve": serve})
        assert ruling("seven-locks", OptionKind.RECIPROCAL, facts).state is state


def test_whoever_stays_where_it_is_not_safe_is_told_so_plainly() -> None:
    found = ruling("dales", OptionKind.STAY, UNSAFE)
    assert found.open
    assert any("safety plan" in each.says for each in found.notes)


def test_every_condition_has_its_rule() -> None:
    assert set(RULES) == set(Condition)


def test_an_option_cannot_stand_twice_in_a_policy() -> None:
    one = OptionOffered(id=OptionKind.STAY, says="Stay", clause="1")
    with pytest.raises(ValueError, match="more than once") as refused:
        Moving(options=(one, one))
    assert isinstance(refused.value.errors()[0]["ctx"]["error"], UnfitError)  # type: ignore[attr-defined]


def test_law_that_came_after_a_policy_stands_beside_the_term_that_it_touches() -> None:
    nph = {each.key: each for each in terms(pack("nph").policy, pack("nph").law)}
    assert len(nph["local_connection"].law) == 1
    assert "10 July 2025" in nph["local_connection"].law[0]
    whg = {each.key: each for each in terms(pack("whg").policy, pack("whg").law)}
    assert whg["local_connection"].value is None
    assert whg["local_connection"].law == ()
    later = Required[SaidDate](value="2025-08", clause="NPH cover")
    document = pack("nph").policy.document.model_copy(update={"in_force_from": later})
    renewed = pack("nph").policy.model_copy(update={"document": document})
    assert not any(each.law for each in terms(renewed, pack("nph").law))
