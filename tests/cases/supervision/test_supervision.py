"""Supervision: somebody else reviews, what is found becomes work, and a leaver leaves nothing without an officer."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases import service as cases
from portal.cases.handover.service import Handover, NobodyToTakeError, hand_over
from portal.cases.meetings import service as meetings
from portal.cases.meetings.queries import of_case
from portal.cases.meetings.service import Booking, Moment
from portal.cases.models import Case
from portal.cases.reviews.models import CaseworkReview
from portal.cases.reviews.service import draw
from portal.cases.tasks.models import Task
from portal.cases.tasks.service import Proposal, propose
from portal.domain.casework_review import Item
from portal.domain.duties import DutyKind
from portal.domain.meetings import Agreed, Place, Purpose, Venue
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.duties.models import Duty
from portal.duties.service import Opening, open_duty
from portal.store.audit import Actor
from tests.conftest import Staff
from tests.desk import MONDAY, Desk

ME = Actor(None, "Robin Example")
LOOKED = {f"{item.value}-mark": "met" for item in Item} | {"words": "Sound and kind work."}


def given_to(desk: Desk, who: Staff, **said: object) -> UUID:
    case_id = desk.case(**said)
    with desk.place.work() as session:
        cases.assign(session, case_id, who.account_id, who.name, ME, MONDAY, "")
    return case_id


def officer_of(desk: Desk, case_id: UUID) -> UUID | None:
    with desk.place.work() as session:
        return session.get_one(Case, (desk.place.id, case_id)).assigned_to


def drawn(desk: Desk, case_id: UUID) -> UUID:
    with desk.place.work() as session:
        draw(session, 20, ME, MONDAY)
        session.flush()
        return session.scalars(select(CaseworkReview.id).where(CaseworkReview.case_id == case_id)).one()


@pytest.mark.clause("WHG-3.4")
def test_nobody_reviews_a_case_of_their_own_and_what_is_found_becomes_a_task(desk: Desk) -> None:
    own, other = desk.somebody(Role.SENIOR), desk.somebody(Role.SENIOR)
    case_id = given_to(desk, own)
    review_id = drawn(desk, case_id)
    url = f"{desk.case_url(case_id)}/reviews/{review_id}"
    mine = desk.client(who=own)
    assert "You have this case" in mine.get(f"{desk.url}/reviews").text
    mine.get(url)
    assert "somebody else must review it" in mine.submit(LOOKED, form="/reviews/", status=422).text
    theirs = desk.client(who=other)
    page = theirs.get(url)
    assert "No advice is written down on this case." in page.text, "whg 2.2"
    unfinished = {key: value for key, value in LOOKED.items() if not key.startswith("risk")}
    page = theirs.submit(unfinished, form="/reviews/", status=422)
    assert "Choose how far it is met." in page.text
    theirs.get(url)
    theirs.submit(
        LOOKED | {"risk-mark": "not_met", "plan-mark": "partly", "actions": "Assess the risk again."}, form="/reviews/"
    )
    page = desk.client(Role.OFFICER).get(f"{desk.case_url(case_id)}/reviews")
    assert "85%" in page.text
    assert "Sound and kind work." in page.text
    with desk.place.work() as session:
        task = session.scalars(select(Task).where(Task.case_id == case_id)).one()
        assert task.kind == TaskKind.REVIEW_FINDING
    theirs.get(url, status=404)


def test_a_sample_holds_no_case_of_the_drawers_own_nor_one_reviewed_lately(desk: Desk) -> None:
    drawer = desk.somebody(Role.SENIOR)
    own, others = given_to(desk, drawer), {desk.case() for _ in range(4)}
    who = Actor(drawer.account_id, drawer.name)
    with desk.place.work() as session:
        first = draw(session, 3, who, MONDAY)
        session.flush()
        second = draw(session, 3, who, MONDAY)
    assert len(first) == 3
    assert len(second) == 1
    assert {*first, *second} == others
    assert own not in {*first, *second}


def test_all_work_of_a_leaver_goes_to_others_in_turn(desk: Desk) -> None:
    leaver, one, other = (desk.somebody(Role.OFFICER) for _ in range(3))
    given = [given_to(desk, leaver) for _ in range(4)]
    elsewhere = given_to(desk, one)
    with desk.place.work() as session:
        asked = Proposal(TaskKind.OWN, "Ring the school", owner=leaver.account_id)
        propose(session, elsewhere, asked, ME, MONDAY)
    client = desk.client(Role.SENIOR)
    client.get(f"{desk.url}/team/handover")
    page = client.submit(
        {"giver": str(leaver.account_id), "takers": [str(one.account_id), str(other.account_id)], "why": "Leaves us."},
        form="/handover",
    )
    assert "Handed over: 4 cases, 1 task, 0 meetings." in page.text
    now_with = [officer_of(desk, case_id) for case_id in given]
    assert sorted(map(str, now_with)) == sorted([str(one.account_id), str(other.account_id)] * 2)
    with desk.place.work() as session:
        assert session.scalars(select(Task.owner).where(Task.case_id == elsewhere)).one() is None


def test_whoever_leaves_without_a_case_can_still_hand_over_what_else_rests_on_them(desk: Desk) -> None:
    leaver, one = desk.somebody(Role.OFFICER, name="Lee Leaver"), desk.somebody(Role.OFFICER)
    elsewhere = given_to(desk, one)
    with desk.place.work() as session:
        propose(session, elsewhere, Proposal(TaskKind.OWN, "Ring the school", owner=leaver.account_id), ME, MONDAY)
        duty = open_duty(session, Opening(DutyKind.OTHER_FORM, "Send it.", "x", owner=leaver.account_id), ME, MONDAY)
    client = desk.client(Role.SENIOR)
    assert "Lee Leaver (no case)" in client.get(f"{desk.url}/team/handover").text
    handed = {"giver": str(leaver.account_id), "takers": [str(one.account_id)], "why": "Leaves us."}
    page = client.submit(handed, form="/handover")
    assert "Handed over: 0 cases, 1 task, 0 meetings, 1 other duty." in page.text
    assert "Lee Leaver (no case)" not in page.text
    with desk.place.work() as session:
        assert session.get_one(Duty, (desk.place.id, duty)).owner is None


def test_whoever_has_the_case_meets_them_once_a_colleague_has_left(desk: Desk) -> None:
    leaver, taker = desk.somebody(Role.OFFICER), desk.somebody(Role.OFFICER)
    case_id = given_to(desk, leaver)
    place = Place(Venue.AGREED_PLACE, Agreed.THEMSELVES, where="The library")
    with desk.place.work() as session:
        at = Moment(MONDAY + timedelta(days=1))
        meetings.book(session, case_id, Booking(Purpose.TALK, place, at, leaver.account_id), ME, MONDAY)
    client = desk.client(Role.SENIOR)
    client.get(f"{desk.url}/team/handover")
    handed = {"giver": str(leaver.account_id), "takers": [str(taker.account_id)], "why": "Leaves us."}
    assert "1 meeting." in client.submit(handed, form="/handover").text
    with desk.place.work() as session:
        (row,) = of_case(session, case_id)
        assert row.officer_id is None
    assert "Who meets them The officer of the case" in " ".join(
        client.get(f"{desk.case_url(case_id)}/meetings").text.split()
    )


def test_a_case_that_the_taker_may_not_be_given_is_named_and_stays(desk: Desk) -> None:
    """A case about a colleague goes to nobody who may not know of it."""
    manager, officer = desk.somebody(Role.MANAGER), desk.somebody(Role.OFFICER)
    ordinary, about_staff = given_to(desk, manager), given_to(desk, manager)
    with desk.place.work() as session:
        session.get_one(Case, (desk.place.id, about_staff)).route = "staff"
    with desk.place.work() as session:
        handed = hand_over(
            session, Handover(manager.account_id, (officer.account_id,), "On leave.", manages=True), ME, MONDAY
        )
    assert (handed.cases, handed.left) == (1, (about_staff,))
    assert officer_of(desk, ordinary) == officer.account_id
    assert officer_of(desk, about_staff) == manager.account_id


def test_work_is_not_handed_to_the_one_who_gives_it_up(desk: Desk) -> None:
    leaver = desk.somebody(Role.OFFICER)
    with desk.place.work() as session, pytest.raises(NobodyToTakeError):
        hand_over(session, Handover(leaver.account_id, (leaver.account_id,), "Leaves."), ME, MONDAY)


def test_closings_that_wait_stand_on_the_page_of_the_team(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(case_id)}/close")
    officer.submit(
        {"reason": "helped", "words": "Well.", "residual": "high", "told": "spoken", "despite": "Asked to."},
        form="/close",
    )
    page = desk.client(Role.SENIOR).get(f"{desk.url}/team")
    assert "Closings that wait for a second person" in page.text
