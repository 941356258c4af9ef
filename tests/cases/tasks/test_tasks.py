"""A task is given, moved with a reason, ended with what shows it, and taken back; nobody's falls out of sight."""

from collections.abc import Callable

import pytest

from portal.domain.permissions import Role
from tests.client import Page, PageClient
from tests.desk import Desk

Tasks = Callable[..., Page]


@pytest.fixture
def url(desk: Desk) -> str:
    return f"{desk.case_url(desk.case())}/tasks"


def added(client: PageClient, url: str, **said: str) -> Page:
    client.get(url)
    return client.submit({"words": "Ring the school.", "day": "2026-02-06"} | said, form="/tasks")


def led_to(page: Page, ending: str) -> str:
    return next(link for link in page.links if link.endswith(ending))


def test_a_task_given_to_a_colleague_stands_in_her_work_though_the_case_is_another_officers(
    desk: Desk, url: str
) -> None:
    kim = desk.somebody(Role.OFFICER, name="Kim Colleague")
    added(desk.client(Role.OFFICER), url, owner=str(kim.account_id))
    hers = desk.client(who=kim).get("/desk/")
    assert "Given to you" in hers.text
    assert "Ring the school." in hers.text
    assert "Ring the school." not in desk.client(Role.OFFICER).get("/desk/").text


def test_a_date_is_moved_with_a_reason_and_not_without(desk: Desk, url: str) -> None:
    client = desk.client(Role.OFFICER)
    client.get(led_to(added(client, url), "/change"))
    page = client.submit({"day": "2026-02-13"}, form="/change", status=422)
    assert "Say why the date moves." in page.text
    page = client.submit({"why": "The school is closed."}, form="/change")
    assert "13 February" in page.text
    timeline = client.get(url.removesuffix("/tasks")).text
    assert "The school is closed." in timeline


def test_a_task_that_is_not_done_says_why(desk: Desk, url: str) -> None:
    client = desk.client(Role.OFFICER)
    client.get(led_to(added(client, url), "/end"))
    for ending in ("unable", "not_needed"):
        page = client.submit({"ending": ending}, form="/end", status=422)
        assert "Write why." in page.text
    page = client.submit({"ending": "done", "words": "Spoke with the head."}, form="/end")
    assert "Spoke with the head." in page.text


def test_what_was_ended_by_mistake_is_taken_back_with_its_date(desk: Desk, url: str) -> None:
    client = desk.client(Role.OFFICER)
    client.get(led_to(added(client, url), "/end"))
    page = client.submit({"ending": "done"}, form="/end")
    assert "Friday 6 February" not in page.text.partition("Ended")[0]
    page = client.submit({}, form="/take-back")
    assert "6 February" in page.text.partition("Ended")[0]
    assert "The task is open again." in page.text
