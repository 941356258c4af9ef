"""Seniors see every open case that lacks what its policy asks for, with the clause, until it is there."""

from datetime import timedelta

import pytest

from portal.cases.plans import lacking
from portal.domain.permissions import Role
from tests.cases.assessments.rounds import assessed, train
from tests.cases.confidentiality.test_restricted import manager_of, restricted
from tests.cases.plans.test_plans import AGREED, FORTNIGHT, JUNE, Plans
from tests.desk import Desk, DeskAt


def shown(desk: Desk) -> str:
    return desk.client(Role.SENIOR).get(f"{desk.url}/plans").text


@pytest.mark.clause("HAV-4.6a", "HAV-6.3a")
def test_a_case_without_plan_and_review_stands_in_the_list_with_both_clauses_until_they_are_agreed(desk: Desk) -> None:
    plans = Plans(desk)
    page = shown(desk)
    assert "Safety plan: not begun, no day for its review" in page
    assert "HS-026 4.7, HS-026 4.6" in page, "both clauses"
    assert "Action plan: not begun, no day for its review" in page
    for kind in ("safety", "action"):
        plans.write(kind, **({"part_home": "Lock."} if kind == "safety" else {"part_aim": "Stay."}))
        assert "plan: a draft, not agreed" in shown(desk)
        assert "Draft" in plans.client.get(f"{plans.url}/{kind}").text
        plans.agree(kind, FORTNIGHT)
    assert "Every open case has the plans" in shown(desk)
    desk.clock.at = JUNE + timedelta(days=30)
    page = shown(desk)
    assert "Safety plan: review was due Monday 15 June 2026" in page


@pytest.mark.clause("NPH-DEALING-3")
def test_nph_lists_each_case_without_an_agreed_plan_and_closing_asks_for_it_or_the_reason(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    plans = Plans(desk)
    page = shown(desk)
    assert "Action plan: not begun" in page
    assert "NPH Dealing with cases, para 2" in page
    assert "Safety plan:" not in page, "NPH asks for none"
    closing = plans.client.get(f"{desk.case_url(plans.case_id)}/close")
    assert "The action plan has not been agreed." in closing.text
    plans.write("action", part_aim="To be left alone.")
    plans.agree("action", AGREED)
    assert "Every open case has the plans" in shown(desk)
    closing = plans.client.get(f"{desk.case_url(plans.case_id)}/close")
    assert "The action plan has not been agreed." not in closing.text


@pytest.mark.clause("HAV-4.7b")
def test_an_assessment_without_a_safety_plan_shows_what_is_missing(desk: Desk) -> None:
    plans = Plans(desk)
    who = desk.somebody(Role.OFFICER)
    assessed(desk, plans.case_id, train(desk, who), 6, JUNE)
    page = plans.client.get(plans.url)
    assert "has not been agreed" in page.text
    assert "HS-026 4.7" in page.text
    assert "Safety plan: not begun" in shown(desk)
    plans.write("safety", part_home="Lock.", not_to_send="y")
    plans.agree("safety", FORTNIGHT)
    plans.client.get(f"{plans.url}/safety")
    assert "marked as not to be printed or sent" in plans.client.post(f"{plans.url}/safety/print", {}, status=422).text
    plans.client.get(f"{plans.url}/safety/give")
    for by in ("letter", "email", "by_hand"):
        plans.client.submit({"by": by}, form="/give", status=422)


def test_a_policy_that_asks_for_no_plan_lists_none_and_says_so(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    plans = Plans(desk)
    page = shown(desk)
    assert "The policy asks for no plan." in page
    assert "Every open case has the plans" in page
    plans.write("action", part_aim="Stay.")
    plans.agree("action", FORTNIGHT)
    desk.clock.at = JUNE + timedelta(days=30)
    assert "Action plan: review was due" in shown(desk), "what was agreed with them is kept to"


def test_the_list_goes_page_by_page_and_leaves_closed_and_hidden_cases_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lacking, "PAGE", 2)
    for _ in range(3):
        desk.case()
    restricted(desk, manager_of(desk))
    client = desk.client(Role.SENIOR)
    page = client.get(f"{desk.url}/plans")
    assert page.text.count("Action plan: not begun") == 2
    page = client.get(next(each for each in page.links if "after=" in each))
    assert page.text.count("Action plan: not begun") == 1
