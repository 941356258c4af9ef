"""Staying and settling: a plan that is safe, rent set to nil after a duty, arrears after a move, the first weeks."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.assessments.follow_up import BECAUSE
from portal.deadlines.models import Deadline
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.store.audit import Fact
from tests.client import Page, PageClient
from tests.desk import Desk, DeskAt, london
from tests.homes.at_home import manager
from tests.homes.test_board import answers
from tests.homes.test_board import does as steps
from tests.homes.test_moves import agrees as agrees_to_move
from tests.homes.test_moves import answered, offers, prepares
from tests.homes.test_moves import does as moves
from tests.homes.test_tenancy import facts_of, tasks

PLAN = {
    "risks": "He has come to the door at night.",
    "measures": "New locks, a light, a neighbour who looks by.",
    "safe": "yes",
    "agreed": "yes",
    "review_on": "2026-03-02",
    "force": "yes",
}
DIVIDE = {"divided": "yes", "shares": "He bears 600 pounds, she 300.", "reason": "He kept the rent back."}


def settling(desk: Desk, case_id: UUID) -> str:
    return f"{desk.case_url(case_id)}/settling"


def does(desk: Desk, client: PageClient, case_id: UUID, page: str, status: int = 200, **said: str) -> Page:
    client.get(f"{settling(desk, case_id)}/{page}")
    return client.submit(said, form=f"/{page}", status=status)


def moved_in(desk: Desk, client: PageClient, case_id: UUID, **home: str) -> Page:
    """A move that is over."""
    prepares(desk, client, case_id)
    agrees_to_move(desk, client, case_id)
    answered(client, offers(desk, client, case_id, **home), "accepted")
    return moves(desk, client, case_id, "moved", moved_on="2026-02-02")


@pytest.mark.clause("NPH-ACCOM-2")
def test_a_plan_to_stay_that_is_not_safe_never_comes_into_force_and_a_safe_one_is_looked_at_again(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    refused = does(desk, officer, case_id, "stay", status=422, **(PLAN | {"safe": "no"}))
    assert "it does not come into force" in refused.text
    assert "NPH Accommodation and Rehousing" in refused.text
    refused = does(desk, officer, case_id, "stay", status=422, **(PLAN | {"review_on": ""}))
    assert "Enter a day to come on which it is looked at again." in refused.text
    page = does(desk, officer, case_id, "stay", **(PLAN | {"force": "no", "safe": "no", "agreed": ""}))
    assert "The plan to stay A draft" in page.text
    assert not tasks(desk, case_id, TaskKind.STAY_REVIEW)
    page = does(desk, officer, case_id, "stay", **PLAN)
    assert "The plan to stay In force" in page.text
    assert "New locks, a light, a neighbour who looks by." in page.text
    assert len(tasks(desk, case_id, TaskKind.STAY_REVIEW)) == 1


@pytest.mark.clause("HAV-4.13a")
def test_at_havebury_added_security_is_spoken_of_before_a_plan_to_stay_comes_into_force(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("havebury")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    answers(desk, officer, case_id, wish="stay")
    refused = does(desk, officer, case_id, "stay", status=422, **PLAN)
    assert "Added security is explored first" in refused.text
    assert "(HS-026 4.13)" in refused.text
    answers(desk, officer, case_id, wish="stay", asks_for_security="no")
    assert "In force" in does(desk, officer, case_id, "stay", **PLAN).text


@pytest.mark.clause("AG013-OP8g")
def test_the_group_leaves_arrears_until_the_move_is_over_and_then_to_a_manager(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    boss = desk.somebody(Role.MANAGER)
    client = desk.client(who=boss)
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    answers(desk, officer, case_id, home="not_safe", arrears="900")
    early = does(desk, client, case_id, "arrears", status=422, **DIVIDE)
    assert "once the move is over, not before. (AG/013 Operational Principle 8)" in early.text
    moved_in(desk, officer, case_id)
    (task,) = tasks(desk, case_id, TaskKind.ARREARS)
    assert (task.owner, task.clause) == (boss.account_id, "AG/013 Operational Principle 8")
    refused = does(desk, officer, case_id, "arrears", status=422, **DIVIDE)
    assert "A manager decides this. (AG/013 Operational Principle 8)" in refused.text
    assert (
        "Write below who bears"
        in does(desk, client, case_id, "arrears", status=422, **(DIVIDE | {"shares": ""})).text
    )
    assert (
        "Write why." in does(desk, client, case_id, "arrears", status=422, **(DIVIDE | {"reason": ""})).text
    )
    page = does(desk, client, case_id, "arrears", **DIVIDE)
    assert "He bears 600 pounds, she 300." in page.text
    assert not tasks(desk, case_id, TaskKind.ARREARS)
    assert ("arrears yes", "home.decide") in facts_of(desk, case_id, Fact.SETTLING)


@pytest.mark.clause("NPH-EMERG-6")
def test_nil_rent_is_a_task_once_a_council_has_agreed_a_duty_and_is_not_there_before(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    said = {
        "kind": "nil",
        "answer": "accepted",
        "starts_on": "2026-02-02",
        "ends_on": "2026-05-04",
        "words": "By call.",
    }
    early = does(desk, officer, case_id, "rent", status=422, **said)
    assert (
        "No council has agreed a duty to rehouse them yet. (NPH Emergency move outside, para 4)" in early.text
    )
    answers(desk, officer, case_id, council_accepted_duty="yes")
    (task,) = tasks(desk, case_id, TaskKind.HOME_DECISION)
    assert task.clause == "NPH Emergency move outside, para 4"
    assert "Still to be done: decide about the home" in officer.get(f"{desk.case_url(case_id)}/close").text
    page = does(desk, officer, case_id, "rent", **said)
    assert (
        "From Monday 2 February 2026 until Monday 4 May 2026." in page.text or "until 4 May 2026" in page.text
    )
    assert not tasks(desk, case_id, TaskKind.HOME_DECISION)


@pytest.mark.clause("NPH-EMERG-5")
def test_benefits_on_both_homes_have_an_end_that_is_brought_to_mind_and_no_address(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    said = {"kind": "both", "answer": "accepted", "words": "The council’s benefits team agreed."}
    assert "Enter below from when until when" in does(desk, officer, case_id, "rent", status=422, **said).text
    page = does(desk, officer, case_id, "rent", **said, starts_on="2026-02-02", ends_on="2026-03-30")
    assert "Advice to claim benefits on both homes" in page.text
    (task,) = tasks(desk, case_id, TaskKind.RENT_ENDS)
    with desk.place.work() as session:
        due_at = session.scalars(select(Deadline.due_at).where(Deadline.id == task.deadline_id)).one()
    assert london(2, 10) < due_at < datetime(2026, 3, 30, tzinfo=UTC), "before it ends"
    new = f"{desk.case_url(case_id)}/new-home"
    officer.get(f"{new}/keep")
    officer.submit({"lines": "7 Canary Court"}, form="/keep")
    assert "7 Canary Court" not in officer.get(settling(desk, case_id)).html
    other = desk.client(Role.OFFICER)
    assert "You are not named for it." in other.get(new).text


@pytest.mark.clause("NPH-EMERG-3")
def test_a_referral_for_emergency_housing_keeps_its_jigsaw_reference_or_the_reason(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    answers(desk, officer, case_id, home="not_safe", agrees_to_temporary="yes")
    asked = {"body": "West Northamptonshire Council", "reference": "", "words": ""}
    refused = steps(desk, officer, case_id, "temporary", "asked", status=422, **asked)
    assert (
        "Write the reference of Jigsaw, or why there is none. (NPH Emergency move outside, para 2)"
        in refused.text
    )
    assert tasks(desk, case_id, TaskKind.HOME_DECISION), "the task stays until then"
    page = steps(desk, officer, case_id, "temporary", "asked", **(asked | {"reference": "JIG-4711"}))
    assert "JIG-4711" in page.text
    assert "Robin Example" in page.text
    assert not tasks(desk, case_id, TaskKind.HOME_DECISION)


@pytest.mark.clause("NPH-REHOUSE-2")
def test_northampton_stays_alongside_until_they_have_settled_unless_they_decline(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    answers(desk, officer, case_id, home="safe_for_a_short_time", safe_in_area="yes")
    moved_in(desk, officer, case_id)
    assert len(tasks(desk, case_id, TaskKind.RISK_AGAIN)) == 1, "a move changes the risk: it is assessed anew"
    assert BECAUSE["moved"] in officer.get(f"{desk.case_url(case_id)}/tasks").text
    first, second = tasks(desk, case_id, TaskKind.RESETTLE)
    assert first.clause == second.clause == "NPH Rehousing Options, para 1"
    close = f"{desk.case_url(case_id)}/close"
    said = {
        "reason": "helped",
        "words": "Moved.",
        "residual": "standard",
        "told": "spoken",
        "despite": "Keys are handed over.",
    }
    officer.get(close)
    refused = officer.submit(said, form="/close", status=422)
    assert "They have not settled yet" in refused.text
    for task in (first, second):
        officer.get(f"{desk.case_url(case_id)}/tasks")
        ended = {"task_id": str(task.id), "ending": "not_needed", "words": "They want no more help."}
        officer.post(f"{desk.case_url(case_id)}/tasks/{task.id}/end", ended)
    officer.get(close)
    assert "They have not settled yet" not in officer.page.text
    officer.submit(said, form="/close")


def test_two_who_change_a_plan_at_once_are_told(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id = desk.case()
    one, other = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    for client in (one, other):
        client.get(f"{settling(desk, case_id)}/stay")
    one.submit(PLAN, form="/stay")
    told = other.submit(PLAN | {"measures": "A dog."}, form="/stay", status=409)
    assert "Somebody changed this meanwhile" in told.text
    assert "A dog." in told.html


def test_a_manager_is_needed_for_arrears_even_where_the_policy_is_silent(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    case_id = desk.case()
    refused = does(desk, manager(desk), case_id, "arrears", status=422, **DIVIDE)
    assert "once the move is over" in refused.text
