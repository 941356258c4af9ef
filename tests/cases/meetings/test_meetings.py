"""Meeting somebody: at any open office, at an agreed safe place, at home only where that is safe, and in time."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.meetings.models import Meeting
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline, Reminder
from portal.domain.contact import Channel, SafeContact, SafeTimes, Said, Times, Way
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from tests.client import PageClient
from tests.desk import MONDAY, SAFE, Desk, DeskAt, london
from tests.places import pack
from tests.referrals.conftest import REACHED, Visitor

AT_AN_OFFICE = {
    "purpose": "interview",
    "venue": "office",
    "office": "main",
    "agreed": "themselves",
    "day": "2026-02-03",
    "time": "10:30",
}
AT_HOME = AT_AN_OFFICE | {"venue": "home", "safe_for_them": "yes", "safe_for_staff": "yes"}
VISITS_ARE_SAFE = SafeContact(
    ways=(Way(Channel.VISIT, Said.SAFE, "The house with the blue gate"),), times=SafeTimes(Times.ANY_TIME)
)


@pytest.fixture
def desk(with_face: DeskAt) -> Desk:
    return with_face("whg")


def book(desk: Desk, client: PageClient, case_id: UUID, *, status: int = 200, **said: str) -> str:
    """Fill in the form; with a reason even where the page asks for none."""
    page = f"{desk.case_url(case_id)}/meetings/book"
    client.get(page)
    if "why" in said:
        return client.post(page, AT_AN_OFFICE | said, status=status).text
    return client.submit(AT_AN_OFFICE | said, form="/meetings/book", status=status).text


def kept(desk: Desk, case_id: UUID) -> list[Meeting]:
    with desk.place.work() as session:
        return list(session.scalars(select(Meeting).where(Meeting.case_id == case_id).order_by(Meeting.booked_at)))


def task_of(desk: Desk, case_id: UUID) -> list[tuple[datetime | None, str | None]]:
    """The tasks of keeping a meeting: when, and how it ended."""
    with desk.place.work() as session:
        found = session.execute(
            select(Deadline.due_at, Task.ending)
            .join(Deadline, Deadline.id == Task.deadline_id)
            .where(Task.case_id == case_id, Task.kind == TaskKind.MEETING)
            .order_by(Task.made_at, Deadline.due_at)
        )
        return [tuple(each) for each in found]


def do(client: PageClient, desk: Desk, case_id: UUID, what: str, *, status: int = 200, **said: str) -> str:
    """Move the newest meeting, or say what came of it."""
    address = f"{desk.case_url(case_id)}/meetings/{kept(desk, case_id)[-1].id}/{what}"
    client.get(address)
    return client.submit(said, form=f"/{what}", status=status).text


@pytest.mark.clause("WHG-2.1d")
def test_any_open_office_can_be_chosen_and_a_closed_one_is_not_offered(desk: Desk) -> None:
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    page = client.get(f"{desk.case_url(case_id)}/meetings/book").text
    offices = {each.id: each.open_to_customers for each in pack("whg").landlord.offices}
    assert {"main", "north", "south"} <= {each for each, open_ in offices.items() if open_}
    for each in pack("whg").landlord.offices:
        assert (each.name in page) is each.open_to_customers
    for number, office in enumerate(("main", "north", "south"), 1):
        assert "The meeting is booked." in book(desk, client, case_id, office=office)
        assert len(kept(desk, case_id)) == number
    assert not offices["depot"]
    for wrong in ("depot", "", "nowhere"):
        assert "open to customers" in book(desk, client, case_id, office=wrong, status=422)
    assert len(kept(desk, case_id)) == len(("main", "north", "south"))


@pytest.mark.clause("WHG-2.1c")
def test_a_visit_takes_a_yes_for_them_and_for_staff_and_the_diary_says_nothing(desk: Desk) -> None:
    case_id, client = desk.case(safe_contact=VISITS_ARE_SAFE), desk.client(Role.SENIOR)
    for answer in ("no", "unknown", ""):
        told = book(desk, client, case_id, **AT_HOME | {"safe_for_them": answer}, why="It is urgent.", status=422)
        assert "They have not said that it is safe to come to their home" in told
        told = book(desk, client, case_id, **AT_HOME | {"safe_for_staff": answer}, why="It is urgent.", status=422)
        assert "not known to be safe for whoever goes" in told
    assert kept(desk, case_id) == []
    page = book(desk, client, case_id, **AT_HOME)
    reference = client.get(desk.case_url(case_id)).h1s[0].removeprefix("Case ")
    assert f"For a diary Appointment {reference} Nothing else" in " ".join(page.split())


@pytest.mark.clause("WHG-2.1c")
@pytest.mark.parametrize("said", [Said.UNSAFE, Said.UNKNOWN])
def test_no_visit_and_no_override_against_what_the_record_says(desk: Desk, said: Said) -> None:
    safe = SafeContact(ways=(Way(Channel.VISIT, said, "12 Canary Row"),), times=SafeTimes(Times.ANY_TIME))
    case_id, client = desk.case(safe_contact=safe), desk.client(Role.SENIOR)
    told = book(desk, client, case_id, **AT_HOME, why="I know the street.", status=422)
    assert "visiting is not safe" in told or "not said that visiting is safe" in told
    assert "never booked against what they said" in told
    assert kept(desk, case_id) == []


@pytest.mark.clause("HAV-4.5a")
def test_without_an_agreed_place_nothing_is_booked(with_face: DeskAt) -> None:
    desk = with_face("havebury")
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    assert "nobody has agreed to cannot be booked" in book(desk, client, case_id, agreed="not_yet", status=422)
    assert "Choose who agreed to it." in book(desk, client, case_id, agreed="", status=422)
    told = book(desk, client, case_id, venue="agreed_place", where="", status=422)
    assert "Write which place they have agreed to." in told
    assert kept(desk, case_id) == []
    said = {"venue": "agreed_place", "where": "The library, upstairs", "note": "She comes by the back door."}
    page = book(desk, client, case_id, agreed="somebody_trusted", **said)
    for shown in ("The library, upstairs", "Somebody whom they trust agreed for them", "She comes by the back door."):
        assert shown in page
    (row,) = kept(desk, case_id)
    assert b"library" not in row.sealed


@pytest.mark.clause("HAV-4.5a")
def test_the_public_pages_of_havebury_state_the_choice(app: Flask) -> None:
    her = Visitor(app, "havebury")
    choice = "You can meet us in private at an office, or at another safe place that we agree on."
    assert choice in her.get("/havebury/").text
    her.tell(**REACHED)
    assert choice in her.send().text


def test_an_unsafe_hour_is_refused_like_any_contact_and_only_a_seniors_reason_goes_past_it(desk: Desk) -> None:
    case_id = desk.case(safe_contact=SAFE)
    officer, senior = desk.client(Role.OFFICER), desk.client(Role.SENIOR)
    told = book(desk, officer, case_id, time="14:00", why="She asked.", status=422)
    assert "outside the hours that they said are safe" in told
    assert "ask a senior officer" in told
    assert kept(desk, case_id) == []
    assert "write why below" in book(desk, senior, case_id, time="14:00", status=422)
    senior.submit(AT_AN_OFFICE | {"time": "14:00", "why": "She asked for it herself."}, form="/meetings/book")
    (row,) = kept(desk, case_id)
    assert row.verdict == "overridden"
    story = senior.get(desk.case_url(case_id)).text
    assert "Went ahead though it was not safe" in story
    assert "She asked for it herself." in story
    book(desk, officer, case_id, time="11:59")
    assert sorted(each.verdict for each in kept(desk, case_id)) == ["overridden", "safe"]


def test_a_place_on_the_list_of_what_never_to_use_is_refused(desk: Desk) -> None:
    safe = SafeContact(
        ways=(Way(Channel.CALL, Said.SAFE, "01632 960123"),),
        times=SafeTimes(Times.ANY_TIME),
        never=("Market Street library",),
    )
    case_id, client = desk.case(safe_contact=safe), desk.client(Role.OFFICER)
    said = {"venue": "agreed_place", "where": "market street library"}
    assert "never to use" in book(desk, client, case_id, **said, status=422)
    book(desk, client, case_id, **said | {"where": "Town hall"})
    assert len(kept(desk, case_id)) == 1


def test_it_stands_in_the_head_of_every_page_on_my_work_when_due_and_in_reminders_without_content(
    desk: Desk,
) -> None:
    case_id = desk.case()
    officer = desk.somebody(Role.OFFICER)
    client = desk.client(who=officer)
    book(desk, client, case_id, officer=str(officer.account_id))
    line = "Meeting Tuesday 3 February 2026, 10:30, at an office."
    for page in ("", "/tasks", "/orders", "/meetings"):
        assert line in " ".join(client.get(desk.case_url(case_id) + page).text.split()), page
    assert "Keep an appointment" in client.get("/desk/").text
    assert task_of(desk, case_id) == [(london(3, 10, 30), None)]
    with desk.place.work() as session:
        waiting = (
            select(Reminder.id)
            .join(Deadline, Deadline.id == Reminder.deadline_id)
            .where(Deadline.case_id == case_id, Deadline.stop_act == TaskKind.MEETING, Reminder.stopped_at.is_(None))
        )
        assert session.scalars(waiting).all()


def test_what_came_of_it_ends_the_task_and_no_clock(desk: Desk) -> None:
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    book(desk, client, case_id)
    assert "This moment has not come yet" in do(client, desk, case_id, "outcome", came="held", status=422)
    desk.clock.at = london(3, 11)
    client = desk.client(Role.OFFICER)
    page = do(client, desk, case_id, "outcome", came="held", words="She came with her sister.")
    assert "Now record the contact: that is what can end a clock." in page
    assert "She came with her sister." in page
    assert [ending for _, ending in task_of(desk, case_id)] == ["done"]
    with desk.place.work() as session:
        running = session.scalars(
            select(Deadline.event).where(Deadline.case_id == case_id, Deadline.ended_at.is_(None))
        ).all()
    assert running == ["disclosure"]
    assert "Meeting of Tuesday 3 February 2026, 10:30: held" in client.get(desk.case_url(case_id)).text


@pytest.mark.parametrize(("came", "ending"), [("did_not_come", "unable"), ("called_off", "not_needed")])
def test_not_coming_is_one_thing_and_calling_off_another(desk: Desk, came: str, ending: str) -> None:
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    book(desk, client, case_id)
    desk.clock.at = london(3, 11)
    client = desk.client(Role.OFFICER)
    do(client, desk, case_id, "outcome", came=came)
    assert [each for _, each in task_of(desk, case_id)] == [ending]
    assert "No meeting is booked." in client.get(f"{desk.case_url(case_id)}/meetings").text


def test_moving_asks_the_guard_again_and_the_first_time_stays_on_record(desk: Desk) -> None:
    case_id, client = desk.case(safe_contact=SAFE), desk.client(Role.OFFICER)
    book(desk, client, case_id)
    told = do(client, desk, case_id, "move", day="2026-02-04", time="15:00", status=422)
    assert "outside the hours that they said are safe" in told
    page = do(client, desk, case_id, "move", day="2026-02-04", time="09:30")
    assert "Moved to another time" in page
    assert {each.starts_at: each.state for each in kept(desk, case_id)} == {
        london(3, 10, 30): "moved",
        london(4, 9, 30): "booked",
    }
    assert sorted(task_of(desk, case_id)) == [
        (london(3, 10, 30), "not_needed"),
        (london(4, 9, 30), None),
    ]
    head = " ".join(client.get(desk.case_url(case_id)).text.split())
    assert "Meeting Wednesday 4 February 2026, 09:30, at an office." in head


def test_nothing_is_booked_for_yesterday(desk: Desk) -> None:
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    told = book(desk, client, case_id, day=(MONDAY - timedelta(days=1)).date().isoformat(), status=422)
    assert "This moment has passed." in told
    assert kept(desk, case_id) == []


def test_two_who_end_it_at_once_are_told(desk: Desk) -> None:
    case_id, first, second = desk.case(), desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    book(desk, first, case_id)
    address = f"{desk.case_url(case_id)}/meetings/{kept(desk, case_id)[-1].id}/outcome"
    second.get(address)
    do(first, desk, case_id, "outcome", came="called_off")
    page = second.submit({"came": "called_off", "words": "She rang."}, form="/outcome", status=409)
    assert "Somebody changed this meanwhile" in page.text
    assert "called off" in page.text
    assert "She rang." in page.html
