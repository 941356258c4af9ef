"""Making the home safer: who asks, what is weighed, who decides, and what is told."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.homes.securing.models import HomeMeasure
from portal.store.audit import AuditEntry, Fact
from tests.desk import Desk, DeskAt
from tests.homes.at_home import asks, decides, first, home, manager, orders
from tests.homes.test_tenancy import holds


def open_tasks(desk: Desk, kind: TaskKind) -> int:
    with desk.place.work() as session:
        return len(session.scalars(select(Task.id).where(Task.kind == kind, Task.ended_at.is_(None))).all())


@pytest.mark.clause("NPH-SECURITY-2")
def test_anybodys_request_is_written_down_and_the_police_need_not_be_the_ones_to_ask(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    for measure, source in (("door-locks", "survivor"), ("lighting", "police"), ("sanctuary-room", "agency")):
        page = asks(desk, officer, case_id, measure, source)
    for says in ("They asked for it themselves", "The police", "Another service"):
        assert says in page.text
    with desk.place.work() as session:
        by_source = session.scalars(select(HomeMeasure.source).where(HomeMeasure.case_id == case_id)).all()
    assert sorted(by_source) == ["agency", "police", "survivor"], "counted by source without opening a word"


@pytest.mark.clause("NPH-SECURITY-5")
def test_a_refusal_is_not_kept_without_reason_and_both_tests_and_is_told_to_them(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    asks(desk, officer, case_id, "lighting")
    bare = {"agreed": "no", "reason": ""}
    page = decides(desk, officer, case_id, status=422, **bare)
    for says in ("Say whether it is reasonable.", "Say whether it is necessary.", "A refusal says why."):
        assert says in page.text
    assert "NPH Security Measures, para 3" in page.text
    page = decides(
        desk,
        officer,
        case_id,
        agreed="no",
        reason="The lamp post was mended.",
        reasonable="yes",
        necessary="no",
    )
    assert "Refused by Robin Example" in page.text
    assert "The lamp post was mended." in page.text
    assert "Reasonable; not necessary" in page.text
    assert open_tasks(desk, TaskKind.TELL_THEM) == 1
    assert open_tasks(desk, TaskKind.HOME_DECISION) == 0


@pytest.mark.clause("NPH-SECURITY-6")
def test_another_agency_that_is_asked_is_asked_again_on_the_day_set(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    asks(desk, officer, case_id, "sanctuary-room")
    said = {"reasonable": "yes", "necessary": "yes", "outside": "The fire service"}
    page = decides(desk, officer, case_id, status=422, **said)
    assert "Enter the day on which to ask again." in page.text
    page = decides(desk, officer, case_id, **said, chase_on="2026-02-16")
    assert "The fire service" in page.text
    with desk.place.work() as session:
        due = session.scalars(
            select(Deadline.due_at)
            .join(Task, Task.deadline_id == Deadline.id)
            .where(Task.case_id == case_id, Task.kind == TaskKind.REPLY)
        ).one()
    assert due == datetime(2026, 2, 16, 9, tzinfo=UTC)


@pytest.mark.clause("AG013-OP8d")
def test_the_group_names_who_leads_with_which_partner_and_refuses_with_a_reason_only(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    asks(desk, officer, case_id, "other")
    assert "A refusal says why." in decides(desk, officer, case_id, status=422, agreed="no", reason="").text
    assert "Name who leads for the landlord." in decides(desk, officer, case_id, status=422).text
    page = decides(desk, officer, case_id, lead="Repairs manager", partner="The fire service")
    assert "Repairs manager; partner: The fire service" in page.text
    with desk.place.work() as session:
        clock = session.scalars(select(Deadline).where(Deadline.event == "security")).one()
    assert (clock.stated, clock.due_at, clock.ended_at) == (False, None, None)


@pytest.mark.clause("STAR-5.2b")
def test_locks_are_not_changed_against_a_joint_tenant_without_an_order(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    asks(desk, officer, case_id, "locks")
    for right in ("somebody", "unknown"):
        page = decides(desk, officer, case_id, status=422, right=right, permitted_by="The tenant")
        assert "(STAR 5.2)" in page.text
    page = decides(desk, officer, case_id, status=422, right="nobody")
    assert "Say who permits it." in page.text
    holds(desk, officer, case_id, held="joint", tenure="assured")
    page = decides(desk, officer, case_id, status=422, right="nobody", permitted_by="The tenant")
    assert "The tenancy is written down as joint" in page.text
    holds(desk, officer, case_id, held="survivor", tenure="assured")
    page = decides(desk, officer, case_id, right="nobody", permitted_by="The sole tenant")
    assert "Nobody else has a right to live here. Permitted by: The sole tenant" in page.text


def test_a_lock_at_star_is_paid_from_its_own_budget(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    asks(desk, officer, case_id, "locks")
    page = decides(desk, officer, case_id, right="nobody", permitted_by="The sole tenant", cost="120")
    assert "£120.00, STAR’s own budget (STAR 3.15)" in page.text
    assert "Agreed so far: £120.00." in page.text
    decide = officer.get(home(desk, case_id)).html
    assert "survivor" not in decide.partition("Cost</dt>")[2].partition("</dd>")[0], "nobody else is offered"


@pytest.mark.clause("STAR-3.15c")
def test_a_panic_alarm_is_signposted_and_never_ordered(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    page = asks(desk, officer, case_id, "alarm")
    assert "Signposted" in page.text
    assert "Given by West Mercia Police (STAR 3.15)" in page.text
    assert not [each for each in page.links if "/measures/" in each and not each.endswith("/ask")]
    assert open_tasks(desk, TaskKind.HOME_DECISION) == 0


def test_what_the_police_identified_is_refused_by_a_manager_with_a_reason_and_otherwise_waits(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    asks(desk, officer, case_id, "police-works", "police")
    page = decides(desk, officer, case_id, status=422, agreed="no")
    assert "What the police identified, only a manager refuses. (STAR 3.9)" in page.text
    assert open_tasks(desk, TaskKind.HOME_DECISION) == 1
    page = decides(desk, manager(desk), case_id, agreed="no", reason="The home is not one that STAR manages.")
    assert "Refused by" in page.text


@pytest.mark.clause("WHG-2.6b")
def test_whg_orders_a_window_alarm_that_names_no_case_and_keeps_that_it_is_done(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    asked = officer.get(f"{home(desk, case_id)}/measures/ask").text
    for measure in ("Extra locks", "CCTV", "Window alarms", "Other changes to the home"):
        assert measure in asked
    asks(desk, officer, case_id, "window-alarms")
    decides(desk, officer, case_id, needs="none")
    job = orders(desk, officer, case_id, what="Fit an alarm to the kitchen window.")
    reference = job.text.partition("Reaching")[0]
    sheet = job.html.partition("What the contractor sees")[2].partition("</section>")[0]
    assert "XXX" not in sheet
    assert reference
    page = officer.submit({"done": "yes", "time": "10:00"}, form="/end")
    assert "Done" in page.text


@pytest.mark.clause("WHG-4.1c")
def test_needs_are_asked_before_any_measure_is_agreed_at_whg(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    asks(desk, officer, case_id, "cctv")
    assert "(whg 4.1)" in decides(desk, officer, case_id, status=422).text
    assert "Needs considered none" in decides(desk, officer, case_id, needs="none").text


def test_what_they_do_not_want_waits_for_nobody_and_can_be_asked_for_again(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    page = asks(desk, officer, case_id, "locks")
    officer.get(first(page, "/decline"))
    officer.submit({"words": ""}, form="/decline", status=422)
    page = officer.submit({"words": "Not while his mother is ill."}, form="/decline")
    assert "They do not want it" in page.text
    assert open_tasks(desk, TaskKind.HOME_DECISION) == 0
    assert "To be decided" in asks(desk, officer, case_id, "locks").text


def test_two_who_decide_at_once_are_told_and_nothing_typed_is_lost(desk: Desk) -> None:
    case_id = desk.case()
    one, other = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    page = asks(desk, one, case_id, "other")
    link = first(page, r"/measures/[0-9a-f-]{36}$")
    for client in (one, other):
        client.get(link)
    one.submit({"agreed": "yes", "reason": "Yes."}, form="/measures/")
    late = other.submit({"agreed": "no", "reason": "We have done it before."}, form="/measures/", status=409)
    assert "Somebody changed this meanwhile" in late.text
    assert "We have done it before." in late.html
    assert "How it stands now: Agreed" in late.text


def test_no_word_about_a_measure_stands_in_plain_in_the_database_and_each_step_is_audited(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    asks(desk, officer, case_id, "other")
    decides(desk, officer, case_id)
    with desk.place.work() as session:
        row = session.scalars(select(HomeMeasure).where(HomeMeasure.case_id == case_id)).one()
        facts = session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == case_id)).all()
    assert b"window" not in row.sealed
    assert b"tried the door" not in row.sealed
    assert {Fact.MEASURE_ASKED, Fact.MEASURE_DECIDED} <= set(facts)
    story = officer.get(desk.case_url(case_id)).text
    assert "Making the home safer: other added security, agreed to" in story
