"""Another home is considered when risk or home ask for it, and whoever has moved is helped again as anybody."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.domain.events import RiskChanged
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.homes.options.following import CONSIDER
from portal.homes.options.jobs import consider_another_home
from portal.landlords.linter import warnings
from portal.store.outbox import OutboxEvent
from tests.cases.assessments.rounds import assessed, train
from tests.desk import MONDAY, Desk, DeskAt
from tests.homes.test_board import answers
from tests.homes.test_moves import BEFORE, does, prepares
from tests.homes.test_settling import moved_in
from tests.homes.test_tenancy import tasks
from tests.places import LONG_AGO, pack

HIGH, MEDIUM, STANDARD = 15, 11, 2


def considered(desk: Desk, case_id: UUID) -> bool:
    """Whether somebody has to decide about another home."""
    return CONSIDER in {each.source for each in tasks(desk, case_id, TaskKind.HOME_DECISION)}


def found(desk: Desk, yes: int) -> UUID:
    """A case whose risk was assessed with so many answers of yes, and what follows from that."""
    case_id = desk.case()
    assessed(desk, case_id, train(desk, desk.somebody(Role.OFFICER)), yes)
    with desk.place.work() as session:
        rows = session.scalars(select(OutboxEvent.ids).where(OutboxEvent.kind == RiskChanged.__name__)).all()
    for ids in rows:
        with desk.place.work() as session:
            consider_another_home(session, {name: UUID(each) for name, each in ids.items()}, MONDAY)
    return case_id


@pytest.mark.clause("WHG-2.2d")
def test_at_high_risk_whg_has_somebody_decide_about_another_home_and_the_two_thresholds_are_told(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("whg")
    high, low = found(desk, HIGH), found(desk, STANDARD)
    assert considered(desk, high)
    assert not considered(desk, low)
    officer = desk.client(Role.OFFICER)
    prepares(desk, officer, high)
    does(desk, officer, high, "decide", status=422, agreed="no", reason="")
    page = does(desk, officer, high, "decide", agreed="no", reason="They want to stay, with new locks.")
    assert "They want to stay, with new locks." in page.text
    assert not considered(desk, high)
    told = [each.says for each in warnings(pack("whg"), LONG_AGO.date()) if each.code == "said-in-two-ways"]
    assert any(
        '"high risk of further serious harm" (whg 2.2)' in each and "(whg 2.7)" in each for each in told
    )


@pytest.mark.clause("WHG-2.7a")
def test_significant_risk_at_home_is_enough_at_whg_and_stands_in_the_list_until_it_is_decided(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("whg")
    assert considered(desk, found(desk, MEDIUM)), "significant, and not high"
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    answers(desk, officer, case_id, home="not_safe")
    (task,) = [each for each in tasks(desk, case_id, TaskKind.HOME_DECISION) if each.source == CONSIDER]
    assert task.clause == "whg 2.7"
    assert "Still to be done: decide about the home" in officer.get(f"{desk.case_url(case_id)}/close").text


def test_a_policy_that_names_no_level_has_nobody_decide_by_itself(desk_at: DeskAt) -> None:
    desk = desk_at("havebury")
    assert not considered(desk, found(desk, HIGH))


@pytest.mark.clause("WHG-2.8b")
def test_whoever_has_moved_and_did_not_do_as_advised_is_helped_again_as_anybody(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    officer, case_id = desk.client(Role.OFFICER), found(desk, HIGH)
    answers(desk, officer, case_id, staying_answered="yes")
    page = officer.get(f"{desk.case_url(case_id)}/move/prepare")
    assert "Said without blame: whatever they do, help stays open to them." in page.text
    moved_in(desk, officer, case_id, tenure="secure")
    shown = officer.get(f"{desk.case_url(case_id)}/move").text
    assert BEFORE["theirs"] in shown, (
        "what they were told to do is on record, without a mark for whether they did"
    )
    again = desk.case(name="Alex Example")
    page = officer.get(desk.case_url(again))
    assert "not followed" not in page.text.lower()
    answers(desk, officer, again, home="not_safe", staying_answered="yes")
    assert considered(desk, again), "another home is considered again"
