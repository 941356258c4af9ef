"""A colleague who is barred from a person is barred from every case in which that person is recognised."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases import assigning
from portal.cases.assigning import Assignment
from portal.cases.confidentiality import service
from portal.cases.confidentiality.queries import circles
from portal.cases.household import service as household
from portal.cases.household.queries import first_of
from portal.cases.models import Case
from portal.domain.contact import Channel, Said, Way
from portal.domain.permissions import Role
from portal.store.audit import PORTAL, Actor
from tests.conftest import Staff
from tests.desk import ALWAYS, MONDAY, Desk

HIM = {"name": "Sam Rowntree", "born": "1988-03-07"}
WHY = "Sam is her brother."


def case_with(desk: Desk, number: str, **him: object) -> tuple[UUID, UUID]:
    """A case of somebody else, in which he is feared; and he."""
    safe = replace(ALWAYS, ways=(Way(Channel.CALL, Said.SAFE, number),))
    case_id = desk.case(name=f"Somebody {number[-3:]}", safe_contact=safe)
    with desk.place.work() as session:
        return case_id, household.add(session, case_id, "other_person", HIM | him, PORTAL, MONDAY)


def barred_from_him(desk: Desk, case_id: UUID, person_id: UUID) -> Staff:
    """An officer whom a manager has barred from him on the page."""
    manager, officer = desk.somebody(Role.MANAGER), desk.somebody(Role.OFFICER)
    client, url = desk.client(who=manager), f"{desk.case_url(case_id)}/confidentiality"
    client.get(url)
    sent = {"bar-account_id": str(officer.account_id), "bar-person": str(person_id), "bar-words": WHY}
    assert "Every case of Sam Rowntree" in client.post(f"{url}/bar", sent).text
    return officer


@pytest.mark.clause("NPH-EMPLOY-3")
def test_the_cases_that_there_are_and_those_to_come_are_gone_for_them_and_for_nobody_else(desk: Desk) -> None:
    one, he = case_with(desk, "01632 960701")
    two, _ = case_with(desk, "01632 960702")
    officer = barred_from_him(desk, one, he)
    later, _ = case_with(desk, "01632 960703", name="ROWNTREE, Sam")
    another, _ = case_with(desk, "01632 960704", born="1990-01-01")
    client = desk.client(who=officer)
    for case_id in (one, two, later):
        client.get(desk.case_url(case_id), status=404)
        desk.client(Role.OFFICER).get(desk.case_url(case_id))
    client.get(desk.case_url(another))
    with desk.place.work() as session:
        known = circles(session, [one, two, later, another])
        assert [officer.account_id in known[each].barred for each in (one, two, later, another)] == [1, 1, 1, 0]


def test_the_page_of_another_case_says_who_is_barred_and_not_why(desk: Desk) -> None:
    one, he = case_with(desk, "01632 960705")
    two, _ = case_with(desk, "01632 960706")
    barred_from_him(desk, one, he)
    page = desk.client(Role.MANAGER).get(f"{desk.case_url(two)}/confidentiality")
    assert "barred from somebody who is recognised here" in page.text
    assert WHY not in page.text


def test_what_they_have_of_his_other_cases_is_taken_from_them_now_and_when_he_is_recognised(desk: Desk) -> None:
    one, he = case_with(desk, "01632 960707")
    two, _ = case_with(desk, "01632 960708")
    three, unknown = case_with(desk, "01632 960709", name="Somebody", born=None)
    manager, officer = desk.somebody(Role.MANAGER), desk.somebody(Role.OFFICER)
    with desk.place.work() as session:
        for case_id in (two, three):
            assigning.assign(session, case_id, Assignment(officer.account_id), PORTAL, MONDAY)
    actor = Actor(manager.account_id, manager.name)
    with desk.place.work() as session:
        service.bar(session, one, officer.account_id, WHY, actor, MONDAY, person_id=he)
    client, url = desk.client(who=officer), f"{desk.case_url(three)}/household/{unknown}"
    with desk.place.work() as session:
        assert session.scalars(select(Case.assigned_to).where(Case.id == two)).one() is None
        assert session.scalars(select(Case.assigned_to).where(Case.id == three)).one() == officer.account_id
    client.get(url)
    client.submit(HIM, form="/household/", status=303, follow=False)
    client.get(desk.case_url(three), status=404)
    with desk.place.work() as session:
        assert session.scalars(select(Case.assigned_to).where(Case.id == three)).one() is None


def test_taking_the_bar_back_opens_all_of_them_again(desk: Desk) -> None:
    one, he = case_with(desk, "01632 960710")
    two, _ = case_with(desk, "01632 960711")
    officer = barred_from_him(desk, one, he)
    manager = desk.client(Role.MANAGER)
    url = f"{desk.case_url(one)}/confidentiality"
    page = manager.get(url)
    bar_id = page.html.split("/bars/")[1][:36]
    manager.post(f"{url}/bars/{bar_id}/end", {f"{bar_id}-words": "It was somebody else."})
    desk.client(who=officer).get(desk.case_url(two))


def test_anybody_can_step_back_from_a_person_and_only_from_one_of_the_case(desk: Desk) -> None:
    one, _ = case_with(desk, "01632 960712")
    two, he_there = case_with(desk, "01632 960713")
    with desk.place.work() as session:
        he = first_of(session, one, "other_person")
    officer = desk.somebody(Role.OFFICER)
    client, url = desk.client(who=officer), f"{desk.case_url(one)}/confidentiality"
    client.get(url)
    sent = {"related-sure": "y", "related-words": "My brother.", "related-person": str(he_there)}
    assert "choose again" in client.post(f"{url}/related", sent, status=422).text
    client.post(f"{url}/related", sent | {"related-person": str(he)})
    client.get(desk.case_url(two), status=404)
