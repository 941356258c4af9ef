"""Why this time? One click from every list that shows a due time: rule, clause, policy version, who set it."""

import re
from uuid import UUID

import pytest

from portal.cases.models import Case
from portal.domain.permissions import Role
from portal.messaging.words import Kind
from portal.work.notices import Notice, desk_of, leave
from tests.client import Page, PageClient
from tests.desk import MONDAY, Desk, DeskAt

RULE = "Rule", "Clause", "HS-026 4.3", "Policy", "HS-026", "Starts with"


def whys(page: Page) -> list[str]:
    return re.findall(r'<a class="why-link" href="([^"]+)"', page.html)


def in_one_click(client: PageClient, page: Page, subject: UUID) -> None:
    """A link beside the time leads to a page on which the reasons lie open."""
    link = next(each for each in whys(page) if str(subject) in each)
    found = client.get(link)
    assert found.h1s == ["Why this time?"]
    for says in RULE:
        assert says in found.text, says
    assert '<details class="why"' not in found.html, "nothing has to be opened first"


def test_from_my_work_reports_team_and_search(desk: Desk) -> None:
    officer = desk.somebody(Role.OFFICER)
    report_id, case_id = desk.report(), desk.case(name="Catherine Ashworth")
    with desk.place.work() as session:
        session.get_one(Case, (desk.place.id, case_id)).assigned_to = officer.account_id
    client = desk.client(who=officer)
    for path, subject in (("/desk/", report_id), ("/desk/", case_id), (f"{desk.url}/reports", report_id)):
        in_one_click(client, client.get(path), subject)
    client.get("/desk/search")
    in_one_click(client, client.submit({"words": "Ashworth"}), case_id)
    senior = desk.client(Role.SENIOR)
    in_one_click(senior, senior.get(f"{desk.url}/team"), case_id)


def test_from_tasks_and_what_was_given_to_somebody(desk: Desk) -> None:
    officer, case_id = desk.somebody(Role.OFFICER, name="Maren Example"), desk.case()
    client = desk.client(who=officer)
    client.get(f"{desk.case_url(case_id)}/tasks")
    task = {"words": "Ring the school.", "day": "2026-02-03", "owner": str(officer.account_id)}
    page = client.submit(task, form="/tasks")
    in_one_click(client, page, case_id)
    assert "The day that Maren Example chose." in client.page.text
    in_one_click(client, client.get("/desk/"), case_id)


def test_from_a_message_about_something_that_is_due(desk: Desk) -> None:
    officer, case_id = desk.somebody(Role.OFFICER), desk.case()
    with desk.place.work() as session:
        link = f"{desk_of(session)}/cases/{case_id}"
        leave(session, [Notice(officer.account_id, case_id, Kind.DUE_SOON, link)], MONDAY)
        leave(session, [Notice(officer.account_id, case_id, Kind.DIGEST, f"{desk_of(session)}/")], MONDAY)
    client = desk.client(who=officer)
    page = client.get(f"{desk.url}/mailbox")
    assert len(whys(page)) == 1
    in_one_click(client, page, case_id)


@pytest.mark.parametrize("path", ["cases/{case}/why", "reports/{report}/why"])
def test_another_landlords_and_a_restricted_one_answer_as_missing(desk: Desk, desk_at: DeskAt, path: str) -> None:
    elsewhere = desk_at("star")
    there = path.format(case=elsewhere.case(), report=elsewhere.report())
    desk.client(Role.OFFICER).get(f"{desk.url}/{there}", status=404)
    restricted = path.format(case=desk.case(works_here=True), report=desk.report(works_here=True))
    desk.client(Role.OFFICER).get(f"{desk.url}/{restricted}", status=404)


def test_where_they_set_the_time_themselves_it_stands_who_wrote_it_down(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id = desk.case()
    client = desk.client(who=desk.somebody(Role.OFFICER, name="Maren Example"))
    page = client.get(desk.case_url(case_id))
    time = next(link for link in page.links if link.endswith("/time"))
    client.get(time)
    wish = {"day": "2026-02-05", "time": "11:00", "asked": "y", "words": "After school."}
    case = client.submit(wish)
    recorded = "recorded by Maren Example"
    assert recorded in case.text
    assert recorded in client.get(f"{desk.case_url(case_id)}/why").text
    assert recorded in client.get(time).text
