"""Once a year everybody says that they keep what they learn in confidence, and whoever has not is listed."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.domain.permissions import Role
from portal.store.database import Database
from tests.conftest import Clock
from tests.desk import MONDAY, Desk, a_desk


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "nph")


def listed(desk: Desk, name: str) -> str:
    """How somebody stands in the list of whoever leads the team."""
    page = desk.client(Role.MANAGER).get(f"{desk.url}/confidence").html
    row = page.partition(f'<th scope="row">{name}</th>')[2].partition("</tr>")[0]
    return next(says for says in ("Not yet", "More than a year ago", "Said") if says in row)


@pytest.mark.clause("NPH-CONFID-1")
def test_whoever_has_not_said_so_within_the_year_is_listed(desk: Desk) -> None:
    robin = desk.somebody(Role.OFFICER, name="Robin Reader")
    wren = desk.somebody(Role.FRONT_DESK, name="Wren Counter")
    assert listed(desk, "Robin Reader") == listed(desk, "Wren Counter") == "Not yet"
    client = desk.client(who=robin)
    page = client.get(f"{desk.url}/confidence")
    assert "Everything told is confidential NPH Dealing with cases, para 4" in " ".join(page.text.split())
    assert "Wren Counter" not in page.text, "who has not said so is for those who lead the team"
    page = client.submit(form="/confidence")
    assert "You said so" in page.text
    assert (listed(desk, "Robin Reader"), listed(desk, "Wren Counter")) == ("Said", "Not yet")
    desk.clock.at = MONDAY + timedelta(days=364)
    assert listed(desk, "Robin Reader") == "Said"
    desk.clock.at = MONDAY + timedelta(days=365)
    assert listed(desk, "Robin Reader") == "More than a year ago"
    desk.client(who=wren).get("/desk/me")


@pytest.mark.clause("NPH-CONFID-1")
def test_an_employee_without_a_role_finds_nothing_and_each_reading_is_on_record(
    desk: Desk, app: Flask, database: Database, clock: Clock
) -> None:
    case_id = desk.case()
    elsewhere = a_desk(app, database, clock, "whg")
    stranger = elsewhere.client(Role.OFFICER)
    missing = stranger.get(f"{desk.url}/cases/{desk.place.id}", status=404).text
    assert stranger.get(desk.case_url(case_id), status=404).text == missing
    robin = desk.somebody(Role.OFFICER, name="Robin Reader")
    desk.client(who=robin).get(desk.case_url(case_id))
    looked = desk.client(Role.MANAGER).get(f"{desk.case_url(case_id)}/looked").text
    assert "Robin Reader" in looked
