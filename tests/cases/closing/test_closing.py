"""Closing: the risk that is left is asked, a second person agrees where it matters, and after-care follows."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.retention.queries import without_end
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from tests.client import PageClient
from tests.desk import ENDED, Desk, DeskAt

SAID = {"reason": "helped", "words": "She has moved near her mother and is well."} | ENDED


def case_of(desk: Desk, case_id: UUID) -> Case:
    with desk.place.work() as session:
        return session.get_one(Case, (desk.place.id, case_id))


def close(client: PageClient, desk: Desk, case_id: UUID, **said: str) -> None:
    client.get(f"{desk.case_url(case_id)}/close")
    client.submit(SAID | said, form="/close")


@pytest.mark.clause("WHG-1.2b")
def test_closing_asks_for_the_risk_that_is_left_and_what_keeps_it_down(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/close")
    page = client.submit({key: SAID[key] for key in ("reason", "words", "told", "despite")}, form="/close", status=422)
    assert "Choose the risk that is left." in page.text
    page = client.submit(SAID | {"mitigation": "New locks; the order runs until June."}, form="/close")
    assert "The risk that is left: standard" in page.text
    assert "New locks; the order runs until June." in page.text


@pytest.mark.invariant(10)
@pytest.mark.clause("WHG-3.1c")
def test_where_nobody_has_said_how_long_a_record_is_kept_it_has_no_end_and_stands_in_the_list_of_those(
    desk: Desk,
) -> None:
    case_id = desk.case()
    close(desk.client(Role.OFFICER), desk, case_id)
    closed = case_of(desk, case_id)
    assert (closed.stage, closed.keep_until) == ("closed", None)
    with desk.place.work() as session:
        assert [each.reference for each in without_end(session)] == [closed.reference]


def test_whoever_is_not_told_has_a_reason_on_record(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/close")
    page = client.submit(SAID | {"told": "not_told"}, form="/close", status=422)
    assert "Write why they were not told." in page.text
    assert "She has moved near her mother" in page.html, "what was typed is kept"
    page = client.submit(SAID | {"told": "not_told", "why_not_told": "No safe way is known."}, form="/close")
    assert "They were not told" in page.text


def test_high_risk_is_not_closed_by_one_person_alone(desk: Desk) -> None:
    officer, senior = desk.somebody(Role.SENIOR), desk.somebody(Role.SENIOR)
    case_id = desk.case()
    asked = desk.client(who=officer)
    close(asked, desk, case_id, residual="high")
    assert case_of(desk, case_id).stage != "closed"
    asked.get(f"{desk.case_url(case_id)}/close/decision")
    page = asked.submit({"decision": "agreed", "words": "Fine."}, form="/decision", status=422)
    assert "somebody else must decide" in page.text
    second = desk.client(who=senior)
    page = second.get(f"{desk.case_url(case_id)}/close/decision")
    assert "She has moved near her mother" in page.text
    second.submit({"decision": "refused", "words": "The order has lapsed: renew it first."}, form="/decision")
    assert case_of(desk, case_id).stage != "closed"
    close(asked, desk, case_id, residual="high")
    second.get(f"{desk.case_url(case_id)}/close/decision")
    second.submit({"decision": "agreed", "words": "The order is renewed."}, form="/decision")
    assert case_of(desk, case_id).stage == "closed"
    second.get(f"{desk.case_url(case_id)}/close/decision", status=404)


def test_a_life_that_was_in_danger_needs_a_second_person_too(desk: Desk) -> None:
    case_id = desk.case(danger="life")
    close(desk.client(Role.OFFICER), desk, case_id, residual="standard")
    assert case_of(desk, case_id).stage != "closed"


@pytest.mark.clause("STAR-3.17a")
def test_after_care_that_was_agreed_is_a_task_of_the_closed_case(desk: Desk) -> None:
    """In three months somebody gets in touch, by the way that is safe, and is reminded of it."""
    case_id = desk.case()
    close(desk.client(Role.OFFICER), desk, case_id, after_care="2026-05-05")
    with desk.place.work() as session:
        task = session.scalars(select(Task).where(Task.case_id == case_id)).one()
        assert task.kind == TaskKind.AFTER_CARE
        clock = session.scalars(select(Deadline).where(Deadline.id == task.deadline_id)).one()
        assert clock.due_at is not None
        assert clock.due_at.date().isoformat() == "2026-05-05"
        assert clock.ended_at is None, "closing ends the other clocks, not this one"
    page = desk.client(Role.OFFICER).get(f"{desk.case_url(case_id)}/tasks")
    assert "Get in touch again, as agreed" in page.text


@pytest.mark.clause("AG013-OBJ-6a")
def test_how_it_was_is_asked_only_of_whoever_agreed_to_it(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    without, agreed = desk.case(), desk.case()
    client = desk.client(Role.OFFICER)
    close(client, desk, without)
    close(client, desk, agreed, may_ask="y")
    with desk.place.work() as session:
        asked = session.execute(select(Task.case_id, Task.id).where(Task.kind == TaskKind.FEEDBACK)).all()
    assert [case_id for case_id, _ in asked] == [agreed]
    assert "Ask how it was" not in client.get(f"{desk.case_url(without)}/tasks").text
    client.get(f"{desk.case_url(agreed)}/tasks/{asked[0].id}/end")
    page = client.submit({"ending": "done", "words": "She said that being believed was all."}, form="/end")
    assert "being believed was all" in page.text


def test_what_speaks_against_closing_is_said_and_answered(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    page = client.get(f"{desk.case_url(case_id)}/close")
    assert "A clock still runs" in page.text
    assert "HS-026 4.3" in page.text
    page = client.submit({key: value for key, value in SAID.items() if key != "despite"}, form="/close", status=422)
    assert "Write why it is closed all the same." in page.text


@pytest.mark.parametrize(("like", "clause"), [("havebury", "HS-026 4.6"), ("nph", "Dealing with cases")])
def test_closing_asks_for_the_plan_that_the_policy_promises_or_the_reason(
    desk_at: DeskAt, like: str, clause: str
) -> None:
    desk = desk_at(like)
    case_id = desk.case()
    page = desk.client(Role.OFFICER).get(f"{desk.case_url(case_id)}/close")
    assert "The action plan has not been agreed." in page.text
    assert clause in page.text
