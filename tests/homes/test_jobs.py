"""Jobs for contractors: what they see, for how long, and what none of it ever says."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.deadlines.models import Deadline
from portal.domain.contact.bland import not_bland
from portal.domain.permissions import Role
from portal.homes.securing.models import WorkOrder
from portal.store.audit import AuditEntry, Fact
from tests.client import PageClient
from tests.desk import MONDAY, Desk, DeskAt
from tests.homes.at_home import VISIT, asks, breaks, decides, first, home, orders

NAMES = {"name": "Maryam Example", "address": "3 Example Close"}


def linked(client: PageClient) -> str:
    """The path of the link that the open page of a job hands out."""
    page = client.submit(form="/link")
    found = re.search(r"http://[^/]+(/[^/]+/job/[\w-]+)", page.html)
    assert found
    return found[1]


def a_job(desk: Desk, case_id: UUID, client: PageClient) -> None:
    asks(desk, client, case_id, "other")
    decides(desk, client, case_id)
    orders(desk, client, case_id)


@pytest.mark.clause("NPH-SECURITY-1")
def test_each_measure_can_be_ordered_and_no_order_says_why_or_for_whom(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id = desk.case(**NAMES)
    officer = desk.client(Role.OFFICER)
    for measure in ("door-locks", "window-locks", "lighting", "sanctuary-room"):
        asks(desk, officer, case_id, measure)
        locks = {"right": "nobody", "permitted_by": "The tenant"} if measure == "door-locks" else {}
        decides(desk, officer, case_id, reasonable="yes", necessary="yes", **locks)
        orders(desk, officer, case_id)
        shown = PageClient(desk.app).get(linked(officer))
        assert "Fit two new locks" in shown.text
        assert not_bland(shown.text, ["Maryam", "Sunflower", "domestic"]) == ()


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("what", "New locks after domestic abuse."),
        ("what", "Fit a lock for Maryam."),
        ("access", "Ask for Example; the police come too."),
        ("access", "Say bluebell at the door."),
    ],
)
def test_words_that_tell_are_refused_beside_the_field_and_kept_for_mending(
    desk: Desk, where: str, words: str
) -> None:
    case_id = desk.case(**NAMES)
    officer = desk.client(Role.OFFICER)
    asks(desk, officer, case_id, "other")
    decides(desk, officer, case_id)
    page = orders(desk, officer, case_id, status=422, **{where: words})
    assert "The contractor reads this: write the work alone." in page.text
    assert words in page.html


def test_the_link_shows_the_job_and_nothing_else_and_leads_nowhere(desk: Desk) -> None:
    case_id = desk.case(**NAMES)
    officer = desk.client(Role.OFFICER)
    a_job(desk, case_id, officer)
    link = linked(officer)
    shown = PageClient(desk.app).get(link)
    for says in (
        "Fit two new locks",
        "3 Example Close",
        "Knock twice.",
        "Do not ring, send a message or leave a card.",
    ):
        assert says in shown.text
    for hidden in (
        "Maryam",
        "Example Joinery",
        "By call, on Monday",
        str(case_id),
        "Exit this page",
        "numbers",
    ):
        assert hidden not in shown.html, hidden
    assert shown.links == [], "no menu and no other page"
    assert shown.forms == []


def test_a_link_ends_two_days_after_the_visit_when_the_job_is_done_and_when_a_new_one_is_made(
    desk: Desk,
) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    a_job(desk, case_id, officer)
    first_link = linked(officer)
    contractor = PageClient(desk.app)
    second = linked(officer)
    gone = contractor.get(first_link, status=404).html
    assert contractor.get(second).text.startswith("Job J-")
    desk.clock.at = MONDAY + timedelta(days=3, hours=1)
    contractor.get(second)
    desk.clock.at = MONDAY + timedelta(days=3, hours=3)
    assert without_nonce(contractor.get(second, status=404).html) == without_nonce(gone)
    late = desk.client(Role.OFFICER)
    page = late.get(home(desk, case_id))
    late.get(first(page, "/jobs/"))
    third = linked(late)
    contractor.get(third)
    closed = late.submit(form="/link/close")
    assert "The link is closed: it opens nothing any more." in closed.text
    assert "None is open" in closed.text
    assert without_nonce(contractor.get(third, status=404).html) == without_nonce(gone)
    third = linked(late)
    contractor.get(third)
    late.submit({"done": "yes", "day": "2026-02-03", "time": "10:00"}, form="/end")
    assert without_nonce(contractor.get(third, status=404).html) == without_nonce(gone)
    never = contractor.get(f"/{desk.place.slug}/job/never-was", status=404).html
    assert without_nonce(never) == without_nonce(gone), "one that never was answers alike"


def without_nonce(html: str) -> str:
    return re.sub(r'nonce="[^"]+"', "", html)


def test_a_link_opens_nothing_at_another_landlord(desk: Desk, desk_at: DeskAt) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    a_job(desk, case_id, officer)
    secret = linked(officer).rpartition("/")[2]
    other = desk_at("star")
    PageClient(desk.app).get(f"/{other.place.slug}/job/{secret}", status=404)


def test_the_secret_is_kept_as_a_hash_and_each_opening_is_written_down_and_shown_to_the_officer(
    desk: Desk,
) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    a_job(desk, case_id, officer)
    url = officer.url.partition("?")[0]
    link = linked(officer)
    for _ in range(2):
        PageClient(desk.app).get(link)
    with desk.place.work() as session:
        row = session.scalars(select(WorkOrder).where(WorkOrder.case_id == case_id)).one()
        shown = session.scalars(select(AuditEntry).where(AuditEntry.fact == Fact.JOB_SHOWN)).all()
    assert link.rpartition("/")[2].encode() not in (row.link or b"")
    assert b"locks" not in row.sealed
    assert [each.subject_id for each in shown] == [case_id, case_id]
    assert "opened 2 times" in officer.get(url).text


def test_nobody_else_in_the_home_is_told_of_a_job(desk: Desk) -> None:
    case_id = desk.case(**NAMES)
    officer = desk.client(Role.OFFICER)
    asks(desk, officer, case_id, "other")
    decides(desk, officer, case_id)
    page = officer.get(first(officer.get(home(desk, case_id)), "/job$"))
    assert "No card, letter or message goes to anybody in the home." in page.text
    assert "By call and text" in page.text or "call" in page.text.casefold()


@pytest.mark.clause("NPH-SECURITY-3", "STAR-5.2a")
@pytest.mark.parametrize(("slug", "due"), [("star", MONDAY + timedelta(hours=24)), ("nph", None)])
def test_damage_that_leaves_somebody_unsafe_starts_the_clock_and_only_the_repair_ends_it(
    desk_at: DeskAt, slug: str, due: object
) -> None:
    desk = desk_at(slug)
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    breaks(desk, officer, case_id, unsafe="no")
    assert clocks(desk, case_id) == []
    breaks(desk, officer, case_id)
    found = clocks(desk, case_id)
    assert [(each.due_at, each.stated, each.ended_at) for each in found] == [(due, due is not None, None)]
    breaks(desk, officer, case_id)
    assert len(clocks(desk, case_id)) == 1, "one clock, however much is broken"
    for day in ("2026-02-02", "2026-02-02"):
        page = orders(desk, officer, case_id, urgency="emergency")
        assert clocks(desk, case_id)[0].ended_at is None, "a job that is ordered has mended nothing"
        assert "Emergency" in page.text
        officer.submit({"done": "yes", "day": day, "time": "10:00"}, form="/end")
    left = officer.get(home(desk, case_id)).text
    assert left.count("Repaired") >= 2


def test_one_door_mended_does_not_end_the_clock_while_another_stands_open(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    for _ in range(2):
        breaks(desk, officer, case_id)
    for ended in (False, True):
        orders(desk, officer, case_id)
        officer.submit({"done": "yes", "day": "2026-02-02", "time": "10:00"}, form="/end")
        assert (clocks(desk, case_id)[0].met_at is not None) == ended


def test_a_visit_that_cannot_be_is_not_ordered(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    breaks(desk, officer, case_id)
    for wrong in ({"until": "09:00"}, {"day": "2026-01-03"}):
        page = orders(desk, officer, case_id, status=422, **wrong)
        assert "The visit ends before it begins, or is over." in page.text
        assert VISIT["what"] in page.html


def test_what_was_not_agreed_to_is_not_ordered(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    page = asks(desk, officer, case_id, "other")
    officer.get(f"{first(page, r'/measures/[0-9a-f-]{36}$')}/job")
    refused = officer.submit(VISIT, form="/job", status=422)
    assert "This is not agreed to, or is ordered already." in refused.text


def clocks(desk: Desk, case_id: UUID) -> list[Deadline]:
    with desk.place.work() as session:
        return list(
            session.scalars(
                select(Deadline).where(Deadline.case_id == case_id, Deadline.event == "unsafe-damage")
            )
        )
