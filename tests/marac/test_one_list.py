"""Whoever works at an agency has shared cases and the conference's in one list, over all landlords."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from portal.marac.actions import service as actions
from portal.marac.actions.service import Agreed
from portal.marac.areas import service as area_service
from portal.marac.papers.service import About
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock
from tests.marac.table import DAY, Conference, a_conference, officer_at
from tests.partners.granting import Shared, a_shared_case

MINE = "/desk/partner/cases"


@pytest.fixture
def both(app: Flask, database: Database, clock: Clock) -> tuple[Conference, Shared, str]:
    """An agency with a shared case at one landlord sits where a case of another is heard, and has an action there."""
    conference = a_conference(app, database, clock)
    shared = a_shared_case(app, database, clock, "star")
    with database.work(conference.agency.scope(conference.coordinator)) as session:
        area_service.seat(session, conference.id, shared.agency.id, conference.by, conference.now)
    desk = conference.desk("nph")
    case_id, referral = conference.referred(desk.place, officer_at(desk)[1])
    conference.listed(desk.place, case_id, referral)
    with database.work(conference.agency.scope(conference.coordinator)) as session:
        agreed = Agreed(shared.agency.id, "Change the lock.", (datetime.now(UTC) + DAY).date(), shown=True)
        actions.agree(session, About(desk.place.id, case_id, referral), agreed, conference.by, datetime.now(UTC))
    return conference, shared, f"/desk/partner/conference/cases/{referral}"


def worker(shared: Shared) -> PageClient:
    return shared.client(shared.worker)


def test_shared_cases_and_the_conferences_stand_in_one_list_with_what_is_to_be_done(
    both: tuple[Conference, Shared, str],
) -> None:
    conference, shared, heard = both
    page = worker(shared).get(MINE)
    assert "Cases 2" in page.text
    assert {heard, shared.url} <= set(page.links)
    assert page.html.index(heard) < page.html.index(shared.url), "what meets in ten days before what ends in twenty"
    assert "Change the lock." in page.text
    coordinator = conference.client(conference.coordinator).get(MINE)
    assert heard in coordinator.links
    assert shared.url not in coordinator.links


@pytest.mark.parametrize(("show", "cases"), [("shared", 1), ("conference", 1), ("nonsense", 2)])
def test_it_is_narrowed_in_place(both: tuple[Conference, Shared, str], show: str, cases: int) -> None:
    _, shared, heard = both
    part = worker(shared).http.get(f"{MINE}?show={show}", headers={"HX-Request": "true"}).get_data(as_text=True)
    assert part.lstrip().startswith('<div id="mine"')
    assert f'Cases <span class="count">{cases}</span>' in part
    assert (heard in part) is (show != "shared")


def test_what_is_over_is_gone_from_the_list_at_once(both: tuple[Conference, Shared, str]) -> None:
    conference, shared, heard = both
    client = worker(shared)
    seat = next(each.id for each in conference.row().seats if each.agency_id == shared.agency.id)
    with conference.database.work(conference.agency.scope(conference.coordinator)) as session:
        area_service.unseat(session, conference.id, seat, datetime.now(UTC))
    page = client.get(MINE)
    assert heard not in page.links
    assert "Change the lock." not in page.text
    assert "Cases 1" in page.text
