"""The list of help: who looks after each entry, when somebody last made sure of it, and what pages then say."""

from contextlib import nullcontext

import pytest
from click.testing import CliRunner
from flask import Flask

from portal.domain.permissions import Role
from portal.landlords.face import face_of
from portal.landlords.helplines_cli import helplines
from portal.settings import Settings
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import PlatformScope
from portal.store.tenancy import Landlord
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import Desk, a_desk
from tests.places import pack

RUNG = {"on": "2026-02-02", "how": "rang", "number": "01904 555 0100", "hours": "Weekdays 9 to 5"}


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    """A desk at a landlord like Dales, with its list of services."""
    found = a_desk(app, database, clock, "dales")
    with database.work(PlatformScope("test")) as session:
        row = session.get(Landlord, found.place.id)
        assert row
        face = face_of(pack("dales"))
        lines = (face["national"][0] | {"id": f"line-{found.place.slug}"}, *face["national"][1:])
        row.face = face | {"national": lines}
    app.extensions["landlords"]._read_at = -1e9
    return found


def public(desk: Desk, page: str = "numbers") -> str:
    return PageClient(desk.app).get(f"/{desk.place.slug}/{page}").text


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR])
def test_whoever_rang_a_number_says_so_and_the_public_sees_the_date(desk: Desk, role: Role) -> None:
    near = public(desk).partition("Near us")[2]
    assert "Women's Aid Advice and a place of safety. No number yet. You can ask us for it. Not yet checked" in near
    client = desk.client(role)
    page = client.get(f"{desk.url}/services/checks")
    assert "Women's Aid Near us No number yet Not yet checked" in page.text
    client.get(f"{desk.url}/services/checks/add?service=womens-aid")
    client.submit({**RUNG, "on": "2026-02-03"}, form="/checks/add", status=422)
    assert "That day is still to come." in client.page.text
    client.submit({**RUNG, "number": "ring us"}, form="/checks/add", status=422)
    assert "Write the number in digits" in client.page.text
    assert "Weekdays 9 to 5" in client.page.html, "what was typed is kept"
    page = client.submit(RUNG, form="/checks/add")
    assert "Checked on 2 February 2026 I rang it and spoke with them: Robin Example Robin Example" in page.text
    near = public(desk).partition("Near us")[2]
    assert "01904 555 0100 Weekdays 9 to 5 Last checked on 2 February 2026." in near
    inside = desk.client(Role.FRONT_DESK).get(f"{desk.url}/services").text
    assert "01904 555 0100 Weekdays 9 to 5 Last checked on 2 February 2026" in inside


def test_after_half_a_year_it_counts_no_longer_and_a_new_check_counts_again(desk: Desk, clock: Clock) -> None:
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.url}/services/checks/add?service=womens-aid")
    client.submit(RUNG, form="/checks/add")
    clock.at = clock.at.replace(month=8, day=3)
    assert "Last checked on 2 February 2026: it may have changed." in public(desk)
    client = desk.client(Role.OFFICER)
    assert "Checked on 2 February 2026: check it again" in client.get(f"{desk.url}/services/checks").text
    client.get(f"{desk.url}/services/checks/add?service=womens-aid")
    assert client.page.forms[-2]["fields"].get("number") or "01904 555 0100" in client.page.html
    client.submit({"on": "2026-08-03", "how": "looked_up"}, form="/checks/add")
    assert "01904 555 0100 Weekdays 9 to 5 Last checked on 3 August 2026." in public(desk)


def test_a_national_line_is_not_for_a_landlord_to_check(desk: Desk) -> None:
    client = desk.client(Role.OFFICER)
    page = client.get(f"{desk.url}/services/checks")
    assert "National Domestic Abuse Helpline National line" in page.text
    assert not [link for link in page.links if f"line-{desk.place.slug}" in link]
    client.get(f"{desk.url}/services/checks/add?service=line-{desk.place.slug}", status=404)
    client.get(f"{desk.url}/services/checks/add?service=nothing", status=404)
    client.get(f"{desk.url}/services/checks/add?service=womens-aid")
    national = {**RUNG, "service": f"line-{desk.place.slug}", "owner": str(new_id())}
    client.post(f"{desk.url}/services/checks/add", national, status=404)
    desk.client(Role.FRONT_DESK).get(f"{desk.url}/services/checks", status=403)


def test_whoever_runs_the_portal_checks_a_national_line_once_for_everybody(
    desk: Desk, settings: Settings
) -> None:
    said = "Not yet checked by us. Last seen in print: Housing Ombudsman, December 2025."
    assert said in public(desk)
    assert said in public(desk, "")
    run = CliRunner()
    asked = {"obj": lambda: nullcontext(settings), "catch_exceptions": False}
    told = run.invoke(helplines, ["checked", "nobody", "--how", "rang", "--by", "Robin"], **asked)
    assert told.exit_code == 1
    assert "There is no line nobody. There are: childline" in told.output
    late = ["checked", "samaritans", "--how", "rang", "--by", "Robin", "--on", "2999-01-01"]
    assert "still to come" in run.invoke(helplines, late, **asked).output
    fine = ["checked", f"line-{desk.place.slug}", "--how", "rang", "--by", "Robin", "--on", "2026-02-01"]
    assert run.invoke(helplines, fine, **asked).exit_code == 0
    assert "rang 2026-02-01 by Robin" in run.invoke(helplines, ["list"], **asked).output
    for path in ("", "numbers"):
        told_here = public(desk, path)
        assert "0808 2000 247 24 hours, every day Last checked on 1 February 2026." in told_here
        assert "Robin" not in told_here
