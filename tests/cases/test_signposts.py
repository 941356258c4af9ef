"""Whoever works for a landlord can point somebody to help; in a case it stands with its date, and gaps are told."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.signposts.models import Signpost
from portal.domain.for_whom import IN_ADDRESSES
from portal.domain.permissions import Role
from portal.landlords.face import face_of
from portal.store.database import Database
from portal.store.scope import PlatformScope
from portal.store.tenancy import Landlord
from tests.client import PageClient
from tests.conftest import Clock, StaffMaker
from tests.desk import Desk, DeskAt, a_desk
from tests.places import LANDLORDS, pack

TOLD = {"way": "spoken", "answer": "taken"}


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    """A desk at a landlord like STAR, with its list of services."""
    found = a_desk(app, database, clock, "star")
    with database.work(PlatformScope("test")) as session:
        row = session.get(Landlord, found.place.id)
        assert row
        row.face = face_of(pack("star"))
    app.extensions["landlords"]._read_at = -1e9
    return found


@pytest.mark.clause("STAR-3.2c")
def test_the_front_desk_points_somebody_to_help_and_sees_no_case(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.FRONT_DESK)
    assert f"{desk.url}/services" in client.page.links
    page = client.get(f"{desk.url}/services")
    assert "Galop" in page.text
    assert "West Mercia Police" in page.text
    client.submit({"service": "galop"}, status=422)
    page = client.submit({"service": "galop"} | TOLD)
    assert "Named 1 time in the last month" in page.text
    with desk.place.work() as session:
        kept = session.scalars(select(Signpost)).one()
        assert (kept.service, kept.case_id, kept.way) == ("galop", None, "spoken")
    for hidden in (desk.case_url(case_id), f"{desk.case_url(case_id)}/services", f"{desk.url}/reports"):
        client.get(hidden, status=404 if str(case_id) in hidden else 403)
    for role in set(Role) - {Role.BOARD, Role.SUPPORT}:  # a board meets nobody
        desk.client(role).get(f"{desk.url}/services")


@pytest.mark.clause("STAR-3.5a")
def test_what_somebody_chooses_narrows_the_list_and_nothing_is_inferred(desk: Desk) -> None:
    public = PageClient(desk.app)
    page = public.get(f"/{desk.place.slug}/numbers")
    for says, tag, shown, hidden in (
        ("For: LGBT people", "lgbt", "Galop", "Hourglass"),
        ("For: older people", "older", "Hourglass", "Galop"),
    ):
        assert says in page.text
        narrowed = public.get(f"/{desk.place.slug}/numbers?list={IN_ADDRESSES[tag]}")
        assert shown in narrowed.text
        assert hidden not in narrowed.text
        staff = desk.client(Role.OFFICER).get(f"{desk.url}/services?for={tag}")
        table = staff.html.partition("<table")[2].partition("</table>")[0]
        assert shown in table
        assert hidden not in table
    case_id = desk.case(happening="I am a gay man of 81, and I am deaf.")
    assert "Still to be offered" not in desk.client(Role.OFFICER).get(f"{desk.case_url(case_id)}/services").text


@pytest.mark.clause("STAR-3.5c", "STAR-3.7", "NPH-CIA-21")
@pytest.mark.parametrize(
    ("said", "says", "other", "fits"),
    [
        ({"preferences": ("same_orientation",)}, "LGBT people", "hourglass", "galop"),
        ({"preferences": ("disability_support",), "needs": "A loop."}, "disabled people", "galop", "signhealth"),
        ({"age": 80}, "older people", "galop", "hourglass"),
    ],
)
def test_what_they_asked_for_stays_open_until_a_service_for_it_is_recorded(
    desk: Desk, said: dict[str, object], says: str, other: str, fits: str
) -> None:
    case_id = desk.case(**said)
    client = desk.client(Role.OFFICER)
    still = f"Still to be offered: a service for {says}."
    assert still in client.get(desk.case_url(case_id)).text
    contact = client.get(f"{desk.case_url(case_id)}/contact").text
    assert str(said.get("needs", "")) in contact, "the adjustment is shown where contact is made"
    for service, gone in ((other, False), (fits, True)):
        client.get(f"{desk.case_url(case_id)}/services")
        page = client.submit({"service": service, "words": "Rang together."} | TOLD, form="/services")
        assert (still not in page.text) is gone
    assert "2 February 2026, 10:00, Robin Example" in page.text
    assert "Said while talking with them. They want to use it." in page.text
    overview = client.get(desk.case_url(case_id)).text
    assert still not in overview
    assert "Told of a service" in overview
    assert "Rang together." in overview


@pytest.mark.clause("WHG-1.7c")
def test_national_and_local_help_is_listed_for_all_from_one_source(app: Flask, staff: StaffMaker) -> None:
    public = PageClient(app)
    lists = pack("whg").directory.services
    page = public.get("/whg/numbers")
    client = PageClient(app)
    client.sign_in(staff(whg=[Role.OFFICER]))
    inside = client.get("/desk/whg/services")
    assert {bool(each.clause) for each in lists} == {True, False}, "near and national"
    for each in lists:
        assert each.name in page.text
        assert each.name in inside.text
    assert page.text.count("Not yet checked by us.") == len(lists)
    assert inside.html.count("Not yet checked<") == len(lists)
    assert (LANDLORDS / "national.toml").exists()


@pytest.mark.clause("AG013-OBJ-5")
def test_the_council_and_a_place_of_safety_stand_in_the_record_each_with_its_kind_and_date(
    with_face: DeskAt,
) -> None:
    desk = with_face("dales")
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    for service in ("council", "womens-aid"):
        client.get(f"{desk.case_url(case_id)}/services")
        client.submit({"service": service} | TOLD, form="/services")
    told = " ".join(client.get(f"{desk.case_url(case_id)}/services").text.split())
    for name, kind in (("The local council", "Statutory body"), ("Women's Aid", "Voluntary body")):
        assert f"{name} Monday 2 February 2026, 10:00, Robin Example {kind}. Said while talking with them." in told
