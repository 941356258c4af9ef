"""The register of orders: in the head of the case, looked at before the end, and each breach is written down."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.incidents.models import Incident
from portal.cases.orders.models import OrderEntry
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline, Reminder
from portal.domain.calendar import in_london
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.store.record_keys import box_of
from tests.client import PageClient
from tests.desk import MONDAY, Desk, DeskAt, london

MADE = {
    "kind": "non-molestation",
    "court": "Family Court at Ipswich",
    "reference": "IP26F00123",
    "made_on": "2026-02-02",
    "ends_on": "2026-08-03",
    "terms": "Must not come within 100 metres of the home.",
    "arrest": "unknown",
    "served": "yes",
}


def written(desk: Desk, client: PageClient, case_id: UUID, **changed: str) -> str:
    client.get(f"{desk.case_url(case_id)}/orders/add")
    return client.submit(MADE | changed, form="/orders").text


def reminders(desk: Desk, case_id: UUID) -> list[date]:
    """The days on which somebody has to look at an order of this case."""
    with desk.place.work() as session:
        due = session.scalars(
            select(Deadline.due_at)
            .join(Task, Task.deadline_id == Deadline.id)
            .where(Task.case_id == case_id, Task.kind == TaskKind.ORDER_ENDS, Task.ended_at.is_(None))
            .order_by(Deadline.due_at)
        )
        return [in_london(each).date() for each in due]


def test_an_order_stands_in_the_head_of_every_page_while_it_holds(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    assert "Must not come within 100 metres" in written(desk, officer, case_id)
    line = "Order in force: Non-molestation order until 3 August 2026."
    for page in ("", "/household", "/safeguarding", "/tasks"):
        assert line in " ".join(officer.get(desk.case_url(case_id) + page).text.split()), page
    desk.clock.at = MONDAY + timedelta(days=190)
    late = desk.client(Role.OFFICER)
    assert "Order in force" not in late.get(desk.case_url(case_id)).text
    assert "Expired" in late.get(f"{desk.case_url(case_id)}/orders").text


def test_one_that_is_not_served_says_so_wherever_it_stands(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    page = written(desk, officer, case_id, served="no")
    assert "Made, not known to be served" in page
    assert "until 3 August 2026, not known to be served" in officer.get(desk.case_url(case_id)).text


@pytest.mark.clause("NPH-JOINT-3")
def test_somebody_is_reminded_four_weeks_and_one_week_before_the_last_day(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    written(desk, officer, case_id, kind="occupation")
    assert reminders(desk, case_id) == [date(2026, 7, 6), date(2026, 7, 27)]
    with desk.place.work() as session:
        rungs = session.scalars(select(Reminder.due_at).join(Deadline, Reminder.deadline_id == Deadline.id).where(
            Deadline.stop_act == TaskKind.ORDER_ENDS))  # fmt: skip
        assert min(rungs) < london(28, 23) + timedelta(days=150), "it climbs the ladder like any clock"
    tasks = officer.get(f"{desk.case_url(case_id)}/tasks").text
    assert "Time set by the portal: the policy gives none." in tasks


def test_an_extended_order_is_looked_at_later_and_its_former_end_stays_readable(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    page = written(desk, officer, case_id)
    assert page
    officer.get(order_url(desk, case_id))
    shown = officer.submit(
        {"change": "extended", "why": "Her solicitor wrote.", "ends_on": "2027-02-03"}, form="/orders"
    )
    assert "3 February 2027" in shown.text
    assert "Before: last day 3 August 2026" in shown.text
    assert reminders(desk, case_id) == [date(2027, 1, 6), date(2027, 1, 27)]


def test_an_order_that_ended_early_reminds_nobody(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    written(desk, officer, case_id)
    officer.get(order_url(desk, case_id))
    officer.submit({"change": "ended", "why": "Discharged."}, form="/orders", status=422)
    officer.submit({"change": "ended", "why": "Discharged.", "ended_on": "2026-02-02"}, form="/orders")
    assert reminders(desk, case_id) == []


def test_one_written_down_in_its_last_week_is_looked_at_today(desk: Desk) -> None:
    case_id = desk.case()
    written(desk, desk.client(Role.OFFICER), case_id, ends_on="2026-02-05")
    assert reminders(desk, case_id) == [date(2026, 2, 2)]


def test_each_breach_is_written_down_with_what_the_police_know(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    written(desk, officer, case_id)
    url = f"{order_url(desk, case_id)}/breach"
    officer.get(url)
    officer.submit(
        {"words": "Sat in his car outside.", "police": "", "told_by": "survivor"}, status=422, form="/orders"
    )
    page = officer.submit(
        {"words": "Sat in his car outside.", "police": "no", "told_by": "survivor"}, form="/breach"
    )
    for words in (
        "1 breach",
        "Sat in his car outside.",
        "The police do not know yet",
        "A crime (section 42A)",
    ):
        assert words in page.text
    assert "Order broken: non-molestation order" in officer.get(desk.case_url(case_id)).text
    with desk.place.work() as session:
        entry = session.scalars(select(OrderEntry).where(OrderEntry.kind == "breach")).one()
        assert b"car" not in entry.sealed
    assert "Sat in his car outside." in officer.get(f"{desk.case_url(case_id)}/incidents").text, (
        "an incident too"
    )


@pytest.mark.parametrize("wrong", [{"ends_on": "2026-01-01"}, {"made_on": "2026-02-03"}, {"kind": "made-up"}])
def test_what_cannot_be_is_not_written_and_what_was_typed_is_kept(desk: Desk, wrong: dict[str, str]) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(case_id)}/orders/add")
    page = officer.submit(MADE | wrong, status=422, form="/orders")
    assert "Must not come within 100 metres" in page.html


def test_two_who_change_an_order_are_told(desk: Desk) -> None:
    case_id = desk.case()
    first, second = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    written(desk, first, case_id)
    url = order_url(desk, case_id)
    first.get(url)
    second.get(url)
    first.submit({"change": "varied", "why": "Heard today.", "terms": "And not the school."}, form="/orders")
    page = second.submit({"change": "served", "why": "The police rang."}, form="/orders", status=409)
    assert "And not the school." in page.text
    assert "The police rang." in page.html


def order_url(desk: Desk, case_id: UUID) -> str:
    with desk.place.work() as session:
        order = session.scalars(select(OrderEntry.order_id).where(OrderEntry.case_id == case_id)).first()
    return f"{desk.case_url(case_id)}/orders/{order}"


@pytest.mark.clause("STAR-3.11b")
def test_at_star_an_order_is_brought_to_mind_before_it_ends_and_a_breach_names_its_incident(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    written(desk, officer, case_id, ends_on="2026-09-30")
    assert reminders(desk, case_id) == [date(2026, 9, 2), date(2026, 9, 23)]
    page = officer.get(f"{desk.case_url(case_id)}/orders")
    assert "Family Court at Ipswich" in page.text
    officer.get(f"{order_url(desk, case_id)}/breach")
    officer.submit({"words": "Rang at night.", "police": "yes", "told_by": "survivor"}, form="/breach")
    with desk.place.work() as session:
        entry = session.scalars(
            select(OrderEntry).where(OrderEntry.case_id == case_id, OrderEntry.kind == "breach")
        ).one()
        said = box_of(session, case_id).open_json("order_entry", entry.id, entry.sealed)
        incidents = session.scalars(select(Incident.id).where(Incident.case_id == case_id)).all()
    assert [said["incident"]] == [str(each) for each in incidents]
