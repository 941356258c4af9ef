"""A case about somebody who works here: HS-026 1.3 and STAR 1.3 keep it out of the caseworkers' sight."""

import pytest

from portal.domain.permissions import Role
from portal.referrals.service import join_case
from tests.desk import MONDAY, Desk

TOLD = {"name": "Perpetua Quillfeather", "works_here": True, "age": 34}


@pytest.mark.clause("HAV-1.3", "STAR-1.3")
def test_a_case_about_a_colleague_is_there_for_managers_only(desk: Desk) -> None:
    case_id = desk.case(**TOLD)
    page = f"{desk.url}/cases/{case_id}"
    assert "Perpetua Quillfeather" in desk.client(Role.MANAGER).get(page).text
    for role in (Role.OFFICER, Role.SENIOR):
        desk.client(role).get(page, status=404)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SENIOR])
def test_no_list_and_no_search_of_a_caseworker_finds_it(desk: Desk, role: Role) -> None:
    desk.case(**TOLD)
    client = desk.client(role)
    assert "Quillfeather" not in client.get("/desk/").text
    client.get("/desk/search")
    assert "Quillfeather" not in client.submit({"words": "Quillfeather"}).text


def test_a_manager_finds_it(desk: Desk) -> None:
    desk.case(**TOLD)
    client = desk.client(Role.MANAGER)
    client.get("/desk/search")
    assert "Quillfeather" in client.submit({"words": "Quillfeather"}).text


def test_a_case_that_such_a_report_joins_is_closed_to_caseworkers_too(desk: Desk) -> None:
    from_outside = desk.case(name="Perpetua Quillfeather")
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.url}/cases/{from_outside}")
    report_id = desk.report(**TOLD)
    with desk.place.work() as session:
        join_case(session, report_id, from_outside, desk.place.actor(None), MONDAY, newer_contact=False)
    officer.get(f"{desk.url}/cases/{from_outside}", status=404)
