"""Marks: neutral words for whoever is at a door, a reason that stays with the case, and an end when somebody moves."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.household import service as household
from portal.domain.events import HarmerLeft
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.homes.flags.jobs import look_at_flags
from portal.homes.flags.models import Flag
from portal.store.outbox import OutboxEvent
from tests.client import Page, PageClient
from tests.desk import Desk, DeskAt
from tests.homes.at_home import asks, decides, orders
from tests.homes.test_settling import moved_in
from tests.homes.test_tenancy import tasks

HOME = "3 Example Close, Bury"
MARK = {
    "about": "address",
    "wording": "two",
    "where": HOME,
    "reason": "He waits behind the bins.",
    "evidence": "Log 311 of the police.",
    "told": "The repairs planner.",
    "review_on": "2026-05-04",
}


def flags(desk: Desk, case_id: UUID) -> str:
    return f"{desk.case_url(case_id)}/flags"


def puts(desk: Desk, client: PageClient, case_id: UUID, status: int = 200, **said: str) -> Page:
    client.get(f"{flags(desk, case_id)}/put")
    return client.submit(MARK | said, form="/put", status=status)


def visits(desk: Desk, client: PageClient, address: str, alone: str = "yes") -> Page:
    client.get(f"{desk.url}/before-a-visit")
    return client.submit({"address": address, "alone": alone}, form="/before-a-visit")


@pytest.mark.clause("STAR-5.3b")
def test_a_survivor_is_marked_as_vulnerable_and_ordinary_staff_see_that_word_and_no_reason(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("star")
    case_id, officer = desk.case(name="Wren Canary"), desk.client(Role.OFFICER)
    said = {
        "about": "survivor",
        "wording": "vulnerable",
        "evidence": "",
        "reason": "She is in fear of her life.",
    }
    refused = puts(desk, officer, case_id, status=422, **said, review_on="")
    assert "Enter a day to come on which it is looked at again. (STAR 5.3)" in refused.text
    puts(desk, officer, case_id, **said)
    front = desk.client(Role.FRONT_DESK)
    page = visits(desk, front, "3 example close bury")
    assert "At this address: Vulnerable" in page.text
    for told in ("fear", "Canary", str(case_id), "Log 311"):
        assert told not in page.html
    assert front.http.get(flags(desk, case_id)).status_code in {403, 404}


@pytest.mark.clause("STAR-5.3c")
def test_a_risk_mark_needs_evidence_and_a_day_and_warns_whoever_goes_alone(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    said = {"about": "other", "wording": "two"}
    assert (
        "no mark stands on hearsay. (STAR 5.3)"
        in puts(desk, officer, case_id, status=422, **said, evidence="").text
    )
    assert (
        "Enter a day to come" in puts(desk, officer, case_id, status=422, **said, review_on="2026-02-02").text
    )
    assert "Write who was told" in puts(desk, officer, case_id, status=422, **said, told="").text
    puts(desk, officer, case_id, **said)
    assert "Do not go alone." in visits(desk, officer, HOME).text
    assert "Do not go alone." not in visits(desk, officer, HOME, alone="no").text
    assert "Nothing is marked at this address." in visits(desk, officer, "4 Example Close, Bury").text
    public = PageClient(desk.app)
    for url in (f"/{desk.place.slug}/", f"/{desk.place.slug}/return"):
        shown = public.http.get(url).get_data(as_text=True)
        assert "Two people" not in shown
    with desk.place.work() as session:
        row = session.scalars(select(Flag).where(Flag.case_id == case_id)).one()
    assert b"bins" not in row.sealed
    assert b"Example" not in (row.place or b"")


@pytest.mark.clause("NPH-SHARING-3")
def test_when_the_person_who_harms_leaves_the_address_its_mark_is_looked_at_again(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    page = puts(desk, officer, case_id)
    assert (
        "A warning flag, where fitting, on the address where the perpetrator remains (NPH Information Sharing)"
        in page.text
    )
    assert len(tasks(desk, case_id, TaskKind.FLAG_REVIEW)) == 1
    with desk.place.work() as session:
        who, at = desk.place.actor(None), datetime(2026, 2, 2, 11, tzinfo=UTC)
        here = {"name": "Sam Example", "lives_there": "yes"}
        other = household.add(session, case_id, "other_person", here, who, at)
        household.change(session, case_id, other, 1, here | {"lives_there": "no"}, who, at)
        wanted = select(OutboxEvent.ids).where(OutboxEvent.kind == HarmerLeft.__name__)
        (ids,) = session.scalars(wanted).all()
    with desk.place.work() as session:
        look_at_flags(session, {name: UUID(each) for name, each in ids.items()}, at)
    (_review, left) = sorted(tasks(desk, case_id, TaskKind.FLAG_REVIEW), key=lambda each: each.source or "")
    assert left.clause == "NPH Information Sharing"
    page = officer.get(flags(desk, case_id))
    officer.get(next(each for each in page.links if each.endswith("/end")))
    page = officer.submit({"words": "He has left; the planner was told."}, form="/end")
    assert "He has left; the planner was told." in page.text
    assert not tasks(desk, case_id, TaskKind.FLAG_REVIEW)
    assert "Nothing is marked" in visits(desk, officer, HOME).text


def test_the_mark_of_an_old_home_is_looked_at_again_once_they_have_moved(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    puts(desk, officer, case_id)
    officer.get(f"{desk.case_url(case_id)}/options/answers")
    officer.submit({"home": "safe_for_a_short_time", "safe_in_area": "yes"}, form="/answers")
    moved_in(desk, officer, case_id)
    assert {each.source for each in tasks(desk, case_id, TaskKind.FLAG_REVIEW)} == {
        "flag-20260504",
        "flag-moved-1",
    }


def test_a_mark_is_found_by_number_and_postcode_however_the_rest_of_the_address_is_typed(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    puts(desk, officer, case_id, where="Flat 2, 3 Example Close, Northampton NN1 4AB")
    for typed in ("Flat 2, 3 Example Cl., NN14AB", "2/3 Example Close nn1 4ab", "flat 2 at 3 Example Close, NN1 4AB"):
        assert "Do not go alone." in visits(desk, officer, typed).text
    for other in ("Flat 3, 2 Example Close, NN1 4AB", "Flat 2, 3 Example Close, NN1 4AD", "3 Example Close, NN1 4AB"):
        page = visits(desk, officer, other).text
        assert "Nothing is marked" in page
        assert "You wrote no postcode." not in page
    unsure = visits(desk, officer, "Flat 2, 3 Example Close").text
    assert "You wrote no postcode. A mark on this home may be written in other words" in unsure


def test_a_contractor_learns_that_two_are_to_come_and_nothing_else_of_a_mark(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    puts(desk, officer, case_id)
    asks(desk, officer, case_id, "lighting")
    decides(desk, officer, case_id)
    orders(desk, officer, case_id)
    page = officer.submit({}, form="/link")
    link = page.html.partition("/job/")[2].partition("<")[0].partition('"')[0]
    sheet = re.search(r"<dl class=.*?</dl>", page.html, re.DOTALL)
    shown = PageClient(desk.app).get(f"/{desk.place.slug}/job/{link}")
    assert "Who comes Two people" in shown.text
    assert sheet
    assert sheet[0] in shown.html, "what the officer was shown before is what the contractor sees, to the letter"
    for told in ("bins", "Log 311", "mark", "planner"):
        assert told not in shown.text.lower()
