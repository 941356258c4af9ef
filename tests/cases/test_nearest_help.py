"""Who is near: an independent advocate by area, agencies of the borough, and a reason wherever none was named."""

from typing import Any

import pytest
from flask import Flask

from portal.domain.permissions import Role
from portal.landlords.face import face_of
from portal.store.database import Database
from portal.store.scope import PlatformScope
from portal.store.tenancy import Landlord
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import Desk, a_desk
from tests.places import pack

TOLD = {"way": "spoken", "answer": "later"}
WHY = {"way": "spoken", "result": "declined"}


def desk_with(app: Flask, database: Database, clock: Clock, like: str, *services: dict[str, Any]) -> Desk:
    """A desk whose landlord's own list has these services beside its pack's."""
    found = a_desk(app, database, clock, like)
    with database.work(PlatformScope("test")) as session:
        row = session.get(Landlord, found.place.id)
        assert row
        face = face_of(pack(like))
        first = face["local"][0]
        row.face = face | {"local": [*face["local"], *(first | each for each in services)]}
    app.extensions["landlords"]._read_at = -1e9
    return found


def lacking(desk: Desk, case_id: object) -> str:
    page = desk.client(Role.SENIOR).get(f"{desk.url}/lacking")
    return next((each for each in page.html.split("<tr>") if str(case_id) in each), "")


def told(officer: PageClient, desk: Desk, case_id: object, service: str) -> None:
    officer.get(f"{desk.case_url(case_id)}/services")  # type: ignore[arg-type]
    officer.submit({"service": service} | TOLD, form="/services")


@pytest.mark.clause("WHG-1.8")
def test_the_nearest_advocates_are_shown_by_area_and_a_case_without_an_answer_about_one_is_listed(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk = desk_with(
        app, database, clock, "whg",
        {"id": "idva-walsall", "name": "Walsall advocates", "areas": ["Walsall"]},
        {"id": "idva-dudley", "name": "Dudley advocates", "areas": ["Dudley"]},
    )  # fmt: skip
    offered, unfit, silent = desk.case(), desk.case(), desk.case()
    officer = desk.client(Role.OFFICER)
    page = officer.get(f"{desk.case_url(offered)}/services")
    walsall = next(each for each in page.links if each.endswith("in=2"))
    near = officer.get(walsall).html.partition('id="list"')[2]
    assert "Walsall advocates" in near
    assert "Dudley advocates" not in near
    assert "Works in Walsall" in near
    for each in (offered, unfit, silent):
        assert "no independent advocate offered" in lacking(desk, each).lower()
    told(officer, desk, offered, "idva-walsall")
    officer.get(f"{desk.case_url(unfit)}/advice")
    refused = officer.submit({"topic": "no_advocate"} | WHY, form="/advice", status=422)
    assert "Write what was said." in refused.text, "not fitting has a reason"
    officer.submit({"topic": "no_advocate", "words": "She has one from the police."} | WHY, form="/advice")
    for each in (offered, unfit):
        assert "independent advocate" not in lacking(desk, each)
    assert "whg 1.8" in lacking(desk, silent)
    assert "No advice" in lacking(desk, unfit), "why none fits is no advice"


@pytest.mark.clause("NPH-DEALING-2")
def test_an_agency_of_the_borough_is_named_or_a_reason_and_what_lies_outside_is_marked(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk = desk_with(
        app, database, clock, "nph",
        {"id": "leicester-help", "name": "Leicester help", "areas": ["Leicester"], "outside": True},
    )  # fmt: skip
    named, unfit = desk.case(), desk.case()
    officer = desk.client(Role.OFFICER)
    page = officer.get(f"{desk.case_url(named)}/services")
    row = page.html.partition('id="list"')[2].partition("Leicester help")[2].partition("</tr>")[0]
    assert "Outside our area" in row
    assert page.html.count("Outside our area") == 1, "the Sunflower Centre is inside"
    for each in (named, unfit):
        assert "NPH Dealing with cases, para 1" in lacking(desk, each)
    told(officer, desk, named, "sunflower-centre")
    assert "The Sunflower Centre Monday 2 February 2026" in officer.page.text
    officer.get(f"{desk.case_url(unfit)}/advice")
    assert "Write what was said." in officer.submit({"topic": "no_service"} | WHY, form="/advice", status=422).text
    officer.submit({"topic": "no_service", "words": "She wants nobody else to know."} | WHY, form="/advice")
    for each in (named, unfit):
        assert "no service named" not in lacking(desk, each).lower()
