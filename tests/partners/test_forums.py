"""The part that a landlord takes outside: forums, initiatives and regular contact, each with its day and its year."""

from datetime import date, timedelta

import pytest
from flask import Flask

from portal.domain.permissions import Role
from portal.governance.calendar.entries import Entry, Kind, Stand
from portal.governance.calendar.jobs import remind_of_calendar
from portal.governance.calendar.queries import calendar
from portal.messaging.words import Kind as Told
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import MONDAY, Desk, DeskAt, a_desk

SAID = {
    "kind": "forum",
    "partner": "council",
    "name": "Dales forum on violence",
    "people": "The partnership officer",
    "goes": "Housing manager",
    "every_months": "",
    "next_on": "",
}


@pytest.fixture
def whg(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "whg")


def added(client: PageClient, desk: Desk, **said: str) -> str:
    client.get(f"{desk.url}/forums/new")
    client.submit(SAID | said, form="/forums/new")
    assert client.url.startswith(f"{desk.url}/forums/")
    return client.url.partition("?")[0]


def held(client: PageClient, one: str, on: date, role: str = "Housing manager", status: int = 200) -> str:
    client.get(one)
    taken = {"held_on": on.isoformat(), "role": role, "took": "A second drop-in opens."}
    return client.submit(taken, form=one, status=status).text


def of_the_year(client: PageClient, desk: Desk) -> str:
    return client.get(f"{desk.url}/evidence?quarter=2026-1").text.partition("Part in forums")[2]


@pytest.mark.clause("AG013-OP9b")
def test_a_forum_of_one_member_stands_in_its_year_with_day_and_role_and_none_shows_zero(desk_at: DeskAt) -> None:
    desk, other = desk_at("dales"), desk_at("seven-locks")
    client = desk.client(Role.MANAGER)
    assert "0 in this year" in of_the_year(client, desk)
    one = added(client, desk)
    held(client, one, MONDAY.date() - timedelta(days=5))
    year = client.get(f"{desk.url}/forums").text.partition("The year 2026")[2]
    day = "28 January 2026"
    assert "Local forums: times that somebody took part 1" in " ".join(year.split())
    for page in (year, of_the_year(client, desk)):
        assert day in page
        assert "Dales forum on violence" in page
        assert "Housing manager" in page
    there = other.client(Role.MANAGER)
    assert "0 in this year" in of_the_year(there, other)
    assert "Dales forum" not in there.get(f"{other.url}/forums").text


@pytest.mark.clause("WHG-2.11b")
def test_an_initiative_of_may_stands_in_the_report_of_its_year_with_kind_of_partner_and_day(whg: Desk) -> None:
    whg.clock.at = MONDAY + timedelta(days=200)
    client = whg.client(Role.MANAGER)
    one = added(client, whg, kind="initiative", partner="charity", name="Safe at school")
    held(client, one, date(2026, 5, 12), "Community officer")
    for page in (client.get(f"{whg.url}/forums?year=2026").text, of_the_year(client, whg)):
        assert "12 May 2026" in page
        assert "Local charity" in page
        assert "Community officer" in page
    assert "1 in 2026" in of_the_year(whg.client(Role.BOARD), whg)


@pytest.mark.clause("WHG-2.11c")
def test_a_contact_that_is_older_than_its_rhythm_reminds_whoever_sees_to_it_and_no_rhythm_is_a_warning(
    whg: Desk,
) -> None:
    owner = whg.somebody(Role.MANAGER, name="Mo Manager")
    client = whg.client(who=owner)
    missing = client.get(f"{whg.url}/forums").text.partition("No regular contact is set up with:")[2]
    assert "NHS" in missing.partition("What goes on")[0]
    one = added(client, whg, kind="contact", partner="nhs", name="Health visitors", every_months="2")
    held(client, one, MONDAY.date() - timedelta(days=80))
    added(client, whg, kind="contact", partner="police", name="Neighbourhood police")
    found = {each.what: each for each in due(whg)}
    assert found["Health visitors"].stand(MONDAY.date()) is Stand.OVERDUE
    assert found["Neighbourhood police: no rhythm is set"].gap
    page = client.get(f"{whg.url}/calendar").text
    assert "Forum or contact: Health visitors" in page
    assert "Forum or contact: Neighbourhood police: no rhythm is set" in page
    remind_of_calendar(whg.place.work, MONDAY)
    late = [each for each in whg.place.messages() if each.kind == Told.OVERDUE.value]
    assert owner.account_id in {each.account_id for each in late}
    held(client, one, MONDAY.date())
    (again,) = [each for each in due(whg) if each.what == "Health visitors"]
    assert again.due_on is not None
    assert again.due_on > MONDAY.date() + timedelta(days=50)
    assert "NHS" not in client.get(f"{whg.url}/forums").text.partition("No regular contact")[2].partition(".")[0]


def due(desk: Desk) -> list[Entry]:
    with desk.place.work() as session:
        return [each for each in calendar(session, MONDAY) if each.kind is Kind.FORUM]


def test_an_empty_register_is_a_gap_only_where_the_policy_promises_it(whg: Desk, desk_at: DeskAt) -> None:
    assert [(each.gap, each.clause) for each in due(whg)] == [(True, "whg 2.11")]
    assert due(desk_at("star")) == []


def test_what_is_to_come_cannot_be_recorded_and_what_two_change_at_once_is_shown(whg: Desk) -> None:
    client, other = whg.client(Role.MANAGER), whg.client(Role.ADMINISTRATOR)
    one = added(client, whg)
    told = held(client, one, MONDAY.date() + timedelta(days=1), status=422)
    assert "what is to come is the next day" in told
    assert client.page
    assert "A second drop-in opens." in client.page.html, "what was typed stays"
    client.get(f"{one}/change")
    held(other, one, MONDAY.date())
    assert "How it stands now" in client.submit({"name": "Another name"}, form="/change", status=409).text
    assert "Another name" in client.submit(form="/change").text
    goes_on, _, year = client.submit(form="/end").text.partition("The year")
    assert "Another name" not in goes_on
    assert "Another name" in year, "what was taken from it stays"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.BOARD, Role.FRONT_DESK, Role.AUDITOR])
def test_only_managers_and_administrators_open_the_register(whg: Desk, role: Role) -> None:
    assert whg.client(role).http.get(f"{whg.url}/forums").status_code == 403
