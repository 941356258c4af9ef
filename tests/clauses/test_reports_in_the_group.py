"""What somebody tells Dales or Seven Locks: whoever lives there, whoever harms them, however small it seems."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.deadlines.models import Deadline
from portal.domain.intake import OtherPerson, YesNo
from portal.domain.permissions import Role
from portal.referrals.models import Report
from portal.store.audit import AuditEntry, Fact
from portal.store.database import Database
from portal.work.heartbeats import SILENCE, Beat, Kind
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import Desk, DeskAt, a_desk, london
from tests.referrals.conftest import REACHED, Scoped, Visitor

HELD = {
    "channel": "call", "outcome": "reached", "was_act": "y", "same_sex": "declined", "culture": "declined",
    "assured": "y", "options_now": "A new lock.",
}  # fmt: skip
HOUR = timedelta(hours=1)


@pytest.fixture
def desk_at(app: Flask, database: Database, clock: Clock) -> DeskAt:
    return lambda like: a_desk(app, database, clock, like)


def clocks(desk: Desk, report_id: UUID) -> list[tuple[str, datetime | None, str]]:
    with desk.place.work() as session:
        found = session.execute(
            select(Deadline.event, Deadline.due_at, Deadline.stop_act).where(Deadline.report_id == report_id)
        )
        return [tuple(row) for row in found]


def interview(desk: Desk, client: PageClient, case: str, at: datetime) -> str:
    desk.clock.at = at
    client.get(f"{case}/contact")
    return client.submit(HELD).text


@pytest.mark.clause("AG013-CTX-4")
@pytest.mark.parametrize(
    ("age", "route", "notice"),
    [
        (15, "child_safeguarding", "refer to children's services today"),
        (17, "ordinary", "The Act applies."),
        (18, "ordinary", ""),
    ],
)
def test_every_age_makes_a_record_and_the_officer_reads_which_rule_holds(
    app: Flask, desk_at: DeskAt, scoped: Scoped, age: int, route: str, notice: str
) -> None:
    desk = desk_at("dales")
    her = Visitor(app, "dales")
    her.tell(**REACHED, **{"About you": {"age": str(age)}})
    assert "We have your message" in her.send().text
    with scoped("dales") as session:
        newest = session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()
    assert newest.route == route
    report_id = desk.report(age=age)
    client = desk.client(Role.OFFICER)
    told = client.get(f"{desk.url}/reports/{report_id}").text
    assert ("The Act applies." in told) is (age == 17)
    assert ("children's services" in told) is (age == 15)
    assert notice in told
    assert client.submit({}, form="/open").h1s[0].startswith("Case")


@pytest.mark.clause("AG013-OBJ-1a")
def test_a_daughter_has_the_clock_of_a_tenant_and_the_time_until_the_interview_is_shown(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("seven-locks")
    tenant, daughter = desk.report(relation="tenant"), desk.report(relation="household", name="Marigold")
    assert clocks(desk, daughter) == clocks(desk, tenant) == [("disclosure", london(3, 17), "interviewed")]
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.url}/reports/{daughter}")
    client.submit({}, form="/open")
    told = interview(desk, client, client.url.partition("?")[0], london(2, 10, 25))
    assert "Met" in told
    assert "25 min after it began" in told
    report = " ".join(client.get(f"{desk.url}/reports/{daughter}").text.split())
    assert "Monday 2 February 2026, 10:25, 25 min after it began" in report


@pytest.mark.clause("AG013-OBJ-1b")
def test_harm_from_somebody_who_lives_elsewhere_opens_a_case_without_a_step_on_a_tenancy(
    app: Flask, desk_at: DeskAt, scoped: Scoped
) -> None:
    elsewhere = "Not available: they neither live here nor hold the tenancy"
    desk = desk_at("dales")
    her = Visitor(app, "dales")
    said = {"person": "Rook", "tie": "former partner", "lives_there": "no", "joint_tenant": "no"}
    her.tell(**REACHED, **{"The other person": said})
    assert "before the end of the next working day" in her.send().text
    client = desk.client(Role.OFFICER)
    for lives, joint, shown in (
        (YesNo.NO, YesNo.NO, True),
        (YesNo.YES, YesNo.NO, False),
        (YesNo.NO, YesNo.YES, False),
    ):
        other = OtherPerson("Rook", "former partner", lives, joint)
        report_id = desk.report(other_person=other)
        assert clocks(desk, report_id) == [("disclosure", london(3, 17), "interviewed")]
        client.get(f"{desk.url}/reports/{report_id}")
        page = client.submit({}, form="/open")
        assert (elsewhere in page.text) is shown
    with scoped("dales") as session:
        newest = session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()
        assert newest.route == "ordinary"


@pytest.mark.clause("AG013-OBJ-3")
def test_a_small_thing_opens_a_case_and_a_second_one_asks_for_a_fresh_look_at_it(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    officer = desk.somebody(Role.OFFICER)
    client = desk.client(who=officer)
    client.get(f"{desk.url}/reports/{desk.report(happening='He shouted once.', name='Marigold')}")
    client.submit({"account_id": str(officer.account_id)}, form="/open")
    case = client.url.partition("?")[0]
    interview(desk, client, case, london(2, 10, 15))
    assert "Nothing is due under the policy." in client.get(case).text
    second = desk.report(london(2, 10, 20), happening="He shouted again.", name="Marigold")
    desk.clock.at = london(2, 10, 25)
    assert "Perhaps told before" in client.get(f"{desk.url}/reports/{second}").text
    told = client.submit({"case_id": case.rpartition("/")[2]}, form="/join").text
    story = told.partition("Timeline")[2]
    assert "A report came in 2 Feb 10:20" in story
    assert "A report came in 2 Feb 10:00" in story
    assert "He shouted again." in story
    assert "He shouted once." in story
    assert "Interview: a report by the person" in told.partition("Next due")[2].partition("What they want")[0]
    assert "Marigold" in client.get("/desk/").text.partition("Do next 1")[2]


@pytest.mark.clause("AG013-OP3b")
def test_a_case_of_dales_is_missing_for_who_may_not_see_it_and_every_reading_leaves_a_row(
    desk_at: DeskAt,
) -> None:
    desk, sister = desk_at("dales"), desk_at("seven-locks")
    case_id = desk.case()
    for who in (
        desk.somebody(Role.AUDITOR),
        desk.somebody(Role.ADMINISTRATOR),
        sister.somebody(Role.MANAGER),
    ):
        desk.client(who=who).get(desk.case_url(case_id), status=404)
    client = desk.client(Role.OFFICER)
    for _ in range(3):
        client.get(desk.case_url(case_id))
    with desk.place.work() as session:
        read = session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == case_id)).all()
    assert read.count(Fact.CASE_READ) == 3


@pytest.mark.clause("AG013-EIA-5")
def test_with_a_silent_worker_an_alarm_shows_and_what_is_overdue_still_does(
    app: Flask, desk_at: DeskAt, database: Database
) -> None:
    desk = desk_at("seven-locks")
    desk.case(name="Marigold")
    desk.clock.at = london(3, 17) + HOUR
    for kind in Kind:
        Beat(database, kind, 15, desk.clock.at).give(desk.clock.at)
    manager = desk.client(Role.MANAGER)
    assert "Reminders are not going out." not in manager.get(f"{desk.url}/health").text
    desk.clock.at += SILENCE + timedelta(seconds=1)
    page = manager.get(f"{desk.url}/health")
    assert "Reminders are not going out." in page.text
    assert "Silent for more than two minutes" in page.text
    assert "Tuesday 3 February 2026, 18:00" in page.text, "the last sign of life"
    told = manager.get("/desk/").text
    assert "Marigold" in told
    assert "overdue by 1 h" in told
