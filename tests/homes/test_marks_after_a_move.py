"""Marks once somebody has moved: each goes with them, stays with a reason or ends, and none is forgotten."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.deadlines.models import Deadline, Reminder
from portal.domain.permissions import Role
from portal.domain.policy.ladder import Hearer
from portal.domain.tasks import TaskKind
from portal.homes.flags.models import Flag
from portal.systems.telling.service import marks
from tests.client import Page, PageClient
from tests.desk import Desk, DeskAt
from tests.homes.at_home import asks, decides, first, orders
from tests.homes.test_board import answers
from tests.homes.test_flags import HOME, flags, puts, visits
from tests.homes.test_settling import moved_in
from tests.homes.test_tenancy import tasks

NEW = "7 Canary Court, Bury BL9 9ZZ"
TOLD = {"told": "The repairs planner."}


def three_marks(desk: Desk, officer: PageClient) -> UUID:
    """One on her, one on him, one on the address; then she moves."""
    case_id = desk.case(name="Wren Example", address=HOME)
    puts(desk, officer, case_id, about="survivor", wording="vulnerable", reason="She is unwell.")
    puts(desk, officer, case_id, about="other")
    puts(desk, officer, case_id)
    answers(desk, officer, case_id, home="safe_for_a_short_time", safe_in_area="yes")
    moved_in(desk, officer, case_id)
    return case_id


def of(desk: Desk, case_id: UUID) -> dict[str, Flag]:
    """The marks that stand, by what they are about."""
    with desk.place.work() as session:
        rows = session.scalars(select(Flag).where(Flag.case_id == case_id, Flag.ended_at.is_(None)))
        return {each.about: each for each in rows}


def keeps_apart(desk: Desk, client: PageClient, case_id: UUID, lines: str = NEW, **said: str) -> Page:
    client.get(f"{desk.case_url(case_id)}/new-home/keep")
    return client.submit({"lines": lines} | said, form="/keep")


def after(desk: Desk, client: PageClient, case_id: UUID, status: int = 200, **said: str) -> Page:
    client.get(f"{flags(desk, case_id)}/after-a-move")
    return client.submit(TOLD | said, form="/after-a-move", status=status)


@pytest.mark.clause("NPH-SHARING-3")
def test_when_she_moves_each_mark_is_decided_on_one_page_and_hers_goes_to_a_home_that_no_page_names(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    officer = desk.client(Role.OFFICER)
    case_id = three_marks(desk, officer)
    keeps_apart(desk, officer, case_id)
    shown = officer.get(flags(desk, case_id))
    assert "What becomes of each mark is not decided yet." in shown.text
    page = officer.get(next(each for each in shown.links if each.endswith("/after-a-move")))
    marks = of(desk, case_id)
    assert 'value="goes" checked' in page.html
    assert "Nobody has written down whether the other person still lives there." in page.html
    refused = officer.submit({"told": "", f"why_{marks['other'].id.hex}": ""}, form="/after-a-move", status=422)
    assert "Write who was told, or why they were not." in refused.text
    assert "Write why." in refused.text
    kept = officer.submit(TOLD | {f"why_{marks['other'].id.hex}": "He stays."}, form="/after-a-move")
    assert "It is kept what becomes of each mark." in kept.text
    assert "What becomes of each mark is not decided yet." not in kept.text
    assert kept.html.count(">Over<") == 1
    assert "at their new home, whose address stands on no page" in kept.text
    for url in (flags(desk, case_id), f"{flags(desk, case_id)}/after-a-move", desk.case_url(case_id)):
        assert "Canary Court" not in officer.get(url).html
    assert "Vulnerable" not in visits(desk, officer, HOME).text
    assert "Two people visit" in visits(desk, officer, HOME).text
    hers = visits(desk, officer, "7 Canary Ct, BL9 9ZZ").text
    assert "At this address: Ask the office before a visit" in hers, "the least telling words, until it may be known"
    assert "Vulnerable" not in hers
    waits = tasks(desk, case_id, TaskKind.FLAG_REVIEW)
    assert {each.source for each in waits} == {"flag-20260302"}, "within four weeks, not in May"
    assert len(waits) == 3


def test_a_mark_waits_for_the_new_address_follows_it_and_is_told_in_full_once_it_may_be_known(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    officer, other = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    case_id = three_marks(desk, officer)
    after(desk, officer, case_id)
    assert of(desk, case_id)["survivor"].place is None
    keeps_apart(desk, officer, case_id)
    assert "Ask the office" in visits(desk, other, NEW).text
    again = "9 Canary Court, Bury BL9 9ZZ"
    keeps_apart(desk, officer, case_id, again, known_from="2026-02-02", words="She says so.")
    assert "Nothing is marked" in visits(desk, other, NEW).text, "of a former one nothing stands"
    assert "At this address: Vulnerable" in visits(desk, other, again).text
    hers = of(desk, case_id)["survivor"]
    other.get(f"{flags(desk, case_id)}/{hers.id}")
    said = {"reason": "Still unwell.", "review_on": "2026-02-20"}
    refused = other.submit(said | {"where": again}, form=f"/{hers.id}", status=422)
    assert "It is found at their new home, which is kept apart: leave this empty." in refused.text
    other.submit(said | {"where": ""}, form=f"/{hers.id}")
    assert "Vulnerable" in visits(desk, other, again).text, "to look at it again loses no place"


def test_whoever_cannot_open_the_new_address_lets_no_mark_be_found_there_and_nobody_writes_it_on_a_mark(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    officer, other = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    case_id = three_marks(desk, officer)
    keeps_apart(desk, officer, case_id)
    refused = after(desk, other, case_id, status=422)
    assert "Only somebody who is named for the new address lets a mark be found there" in refused.text
    assert "You are not named for the new address." in refused.text
    marks = of(desk, case_id)
    his = {f"fate_{marks['other'].id.hex}": "elsewhere", f"why_{marks['other'].id.hex}": "He has moved too."}
    assert "Write where the other person lives now." in after(desk, officer, case_id, status=422, **his).text
    mistaken = his | {f"where_{marks['other'].id.hex}": NEW}
    assert "That address is kept apart." in after(desk, officer, case_id, status=422, **mistaken).text
    assert "This address is kept apart: it stands nowhere else." in puts(desk, officer, case_id, 422, where=NEW).text
    after(desk, officer, case_id, **his | {f"where_{marks['other'].id.hex}": "1 His Road, Bury BL1 2AB"})
    assert "Two people visit" in visits(desk, other, "1 His Road BL1 2AB").text


def test_undecided_marks_climb_to_the_senior_and_two_who_decide_at_once_are_told(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    one, other = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    case_id = three_marks(desk, one)
    with desk.place.work() as session:
        told = session.scalars(
            select(Reminder.recipient)
            .join(Deadline, Deadline.id == Reminder.deadline_id)
            .where(Deadline.case_id == case_id, Deadline.stop_act == TaskKind.FLAG_REVIEW, Deadline.ended_at.is_(None))
        )
        assert {Hearer.SENIOR, Hearer.MANAGER} <= set(told)
    for client in (one, other):
        client.get(f"{flags(desk, case_id)}/after-a-move")
    address = of(desk, case_id)["address"]
    ends = TOLD | {f"fate_{address.id.hex}": "ends"}
    refused = one.submit(ends, form="/after-a-move", status=422)
    assert "This is why something else was proposed: write your own reason." in refused.text
    one.submit(ends | {f"why_{address.id.hex}": "He was never there."}, form="/after-a-move")
    refused = other.submit(TOLD | {f"why_{address.id.hex}": "My own words."}, form="/after-a-move", status=409)
    assert "Somebody changed this meanwhile" in refused.text
    close = one.get(f"{desk.case_url(case_id)}/close").text
    assert "2 marks still stand" in close


def test_another_system_never_hears_of_a_mark_at_a_home_that_is_kept_apart(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    officer = desk.client(Role.OFFICER)
    case_id = three_marks(desk, officer)
    keeps_apart(desk, officer, case_id)
    after(desk, officer, case_id)
    with desk.place.work() as session:
        assert not marks(session, NEW, desk.place.actor(None), desk.clock())
        assert marks(session, HOME, desk.place.actor(None), desk.clock()) == ["Two people visit"]


def test_an_address_that_is_kept_apart_is_taken_by_no_job_and_by_nobody_s_page(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    officer = desk.client(Role.OFFICER)
    case_id = desk.case(name="Wren Example", address=HOME)
    keeps_apart(desk, officer, case_id)
    asks(desk, officer, case_id, "lighting")
    decides(desk, officer, case_id, reasonable="yes", necessary="yes")
    refused = orders(desk, officer, case_id, status=422, where="7, Canary Court, Bury, BL9 9ZZ")
    assert "This address is kept apart, and a job stands in the case" in refused.text
    people = officer.get(f"{desk.case_url(case_id)}/household")
    officer.get(first(people, r"/household/[0-9a-f-]{36}$"))
    refused = officer.submit({"address": NEW}, form="/household", status=422)
    assert "This address is kept apart, under New address: it stands nowhere else." in refused.text
    officer.get(f"{desk.case_url(case_id)}/household/add/other_person")
    refused = officer.submit({"name": "Sam Example", "lives_there": "no", "where": NEW}, form="/household", status=422)
    assert "This address is kept apart" in refused.text


def test_nobody_is_said_to_have_left_where_no_mark_stands(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    page = desk.client(Role.OFFICER).get(f"{flags(desk, desk.case())}/after-a-move")
    assert "No mark stands, so nothing has to be decided." in page.text
    assert "has left" not in page.text
