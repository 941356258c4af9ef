"""No report leaves the list without somebody's decision, and each decision leaves its reason."""

from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.models import Case
from portal.deadlines.models import Deadline
from portal.domain.contact import Channel, Said, Way
from portal.domain.intake import Danger, OtherPerson
from portal.domain.lifecycle import ReportState, Source
from portal.domain.permissions import Role
from portal.referrals.models import Report
from portal.referrals.triage_forms import CAME_BY
from portal.store.audit import AuditEntry, Fact
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import ALWAYS, NUMBER, THEIR_WORD, Desk, DeskAt, a_desk, london


@pytest.fixture
def desk_at(app: Flask, database: Database, clock: Clock) -> DeskAt:
    """A desk under one of the six policies."""
    return lambda like: a_desk(app, database, clock, like)


@pytest.fixture
def desk(desk_at: DeskAt) -> Desk:
    """A desk under HS-026."""
    return desk_at("havebury")


def opened(desk: Desk, report_id: UUID, *roles: Role) -> PageClient:
    client = desk.client(*(roles or (Role.OFFICER,)))
    client.get(f"{desk.url}/reports/{report_id}")
    return client


def state(desk: Desk, report_id: UUID) -> str:
    with desk.place.work() as session:
        return session.scalar(select(Report.state).where(Report.id == report_id))


def test_a_report_is_read_whole_and_the_reading_is_written_down(desk: Desk) -> None:
    report_id = desk.report(name="Marigold", happening="He took my keys.", danger=Danger.LIFE)
    page = opened(desk, report_id).page
    for words in ("Marigold", "He took my keys.", "Threat to life.", "HS-026 6.1", "Why this time?"):
        assert words in page.text
    assert NUMBER not in page.html
    with desk.place.work() as session:
        facts = session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == report_id)).all()
    assert facts.count(Fact.REPORT_READ) == 1


def test_a_case_is_opened_and_given_in_one_go(desk: Desk) -> None:
    report_id = desk.report()
    who = desk.somebody(Role.OFFICER, name="Hollis Example")
    page = opened(desk, report_id).submit({"account_id": str(who.account_id)}, form="/open")
    assert "A case has been opened." in page.text
    assert "Officer Hollis Example" in page.text
    assert state(desk, report_id) == ReportState.OPENED


def test_an_unmet_wish_opens_no_case_before_its_reason(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    report_id = desk.report(preferences=("same_sex:woman",))
    who = desk.somebody(Role.OFFICER, offers=("man",))
    client = opened(desk, report_id)
    page = client.submit({"account_id": str(who.account_id)}, form="/open", status=422)
    assert "Say why it is not met" in page.text
    with desk.place.work() as session:
        assert session.scalar(select(Case.id)) is None
    client.submit({"account_id": str(who.account_id), "why": "Nobody else is here."}, form="/open")
    assert state(desk, report_id) == ReportState.OPENED


@pytest.mark.clause("STAR-3.12a")
def test_the_same_person_is_recognised_and_both_reports_stay_readable(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    told = {"name": "Catherine Ashworth", "address": "12 Mill Lane, Stowmere XE10 4TH"}
    case_id = desk.case(happening="The first time.", **told)
    newer = replace(ALWAYS, ways=(Way(Channel.EMAIL, Said.SAFE, "safe@mail.example"),))
    again = desk.report(london(2, 9), happening="The second time.", safe_contact=newer, **told)
    client = opened(desk, again)
    assert "Perhaps told before" in client.page.text
    assert "Shares the same name, the same address." in client.page.text
    page = client.submit({"case_id": str(case_id), "newer_contact": "y"}, form="/join", status=422)
    assert "This makes possible: emailing." in page.text, "a report can have been made by whoever does harm"
    assert state(desk, again) == ReportState.NEW
    page = client.submit(THEIR_WORD, form="/join")
    assert "Last made wider on the word of They themselves" in page.text
    assert "The first time." in page.text
    assert "The second time." in page.text
    assert "Email: safe now" in page.text
    assert state(desk, again) == ReportState.JOINED
    with desk.place.work() as session:
        assert set(session.scalars(select(Deadline.case_id))) == {case_id}


@pytest.mark.parametrize(
    ("theirs", "ours", "why"),
    [
        ({"safe_contact": ALWAYS, "name": "A"}, {"safe_contact": ALWAYS, "name": "B"}, "the same telephone number"),
        ({"name": "Katharine Ashworth"}, {"name": "Catherine Ashwurth"}, "a name that sounds alike"),
        ({"name": "Anna"}, {"name": "Anna"}, ""),
        ({"name": "A", "address": "12 Mill Lane, Town"}, {"name": "B", "address": "14 Mill Lane, Town"}, ""),
        (
            {"name": "A", "address": "12 Mill Lane XE10 4TH"},
            {"name": "B", "address": "12, Mill Ln, XE104TH"},
            "the same address",
        ),
    ],
)
def test_what_two_reports_share(
    desk: Desk, theirs: dict[str, object], ours: dict[str, object], why: str
) -> None:
    nothing = {"safe_contact": replace(ALWAYS, ways=())}
    desk.report(**nothing | theirs)
    page = opened(desk, desk.report(**nothing | ours)).page
    assert ("Another report" in page.text) is bool(why)
    assert why in page.text


@pytest.mark.parametrize("taken_up", [True, False])
def test_a_match_says_whose_name_it_is(desk: Desk, *, taken_up: bool) -> None:
    """Somebody who is the one who does harm elsewhere is not taken for the same survivor."""
    nothing = {"safe_contact": replace(ALWAYS, ways=())}
    harms = OtherPerson(name="Bartholomew Grimes")
    (desk.case if taken_up else desk.report)(name="Catherine Ashworth", other_person=harms, **nothing)
    same = opened(desk, desk.report(name="Catherine Ashworth", **nothing)).page.text
    assert "Shares the same name." in same
    crossed = opened(desk, desk.report(name="Bartholomew Grimes", **nothing)).page.text
    assert "Shares the same name (the person here, the person who does harm there)." in crossed
    again = opened(desk, desk.report(name="Ines Example", other_person=harms, **nothing)).page.text
    assert "(the person who does harm here, the person who does harm there)" in again


@pytest.mark.clause("HAV-3.2a-2", "HAV-4.1b")
def test_only_a_senior_sets_a_report_aside_and_only_with_a_reason(desk: Desk) -> None:
    report_id = desk.report()
    officer = opened(desk, report_id)
    assert "A senior officer decides this." in officer.page.text
    officer.post(f"{desk.url}/reports/{report_id}/set-aside", {"reason": "Nothing in it."}, status=404)
    senior = opened(desk, report_id, Role.SENIOR)
    page = senior.submit({"reason": "  "}, form="/set-aside", status=422)
    assert "Write what was looked into." in page.text
    page = senior.submit({"reason": "Rang back: it was about a parcel."}, form="/set-aside")
    assert "it was about a parcel" in page.text
    assert state(desk, report_id) == ReportState.SET_ASIDE
    listed = senior.get(f"{desk.url}/reports", query_string={"state": "set_aside"})
    assert "River Canary" in listed.text
    senior.get(f"{desk.url}/reports/{report_id}")
    senior.submit({}, form="/open")
    assert state(desk, report_id) == ReportState.OPENED


@pytest.mark.clause("NPH-CIA-4")
def test_a_leaseholder_is_helped_to_the_council_and_never_refused(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    report_id = desk.report(relation="leaseholder")
    client = opened(desk, report_id)
    assert "help them to reach the council as well" in client.page.text
    client.submit({"whom": "council", "words": "Rang housing options with her."}, form="send-on")
    assert "Sent on to the council" in client.page.text
    client.submit({}, form="/open")
    assert state(desk, report_id) == ReportState.OPENED


def test_two_who_decide_at_once_are_told(desk: Desk) -> None:
    report_id = desk.report()
    first, second = opened(desk, report_id), opened(desk, report_id)
    first.submit({}, form="/open")
    page = second.submit({}, form="/open", status=409)
    assert "Somebody decided about this report meanwhile" in page.text
    with desk.place.work() as session:
        assert len(session.scalars(select(Case.id)).all()) == 1


def written_down(desk: Desk, **said: object) -> Report:
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.url}/reports/new")
    page = client.submit(said)
    assert "The report is written down, and its clock runs." in page.text
    with desk.place.work() as session:
        return session.scalars(select(Report).order_by(Report.recorded_at.desc())).first()


@pytest.mark.clause("AG013-OP1b")
def test_a_referral_that_is_typed_in_later_has_the_clock_of_when_it_came(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    desk.clock.at = london(9, 8)  # Monday; the mail came on Saturday
    report = written_down(
        desk, who="other", came_by="partner", day="2026-02-07", time="10:00", teller_organisation="Police"
    )
    assert report.source == Source.SOMEONE_ELSE
    assert report.received_at == london(7, 10)
    assert report.next_due_at == london(9, 17)
    page = desk.client(Role.OFFICER).get(f"{desk.url}/reports/{report.id}")
    for words in ("Police", "another organisation", "written down Monday 9 February 2026, 08:00"):
        assert words in page.text


@pytest.mark.clause("HAV-4.1a")
@pytest.mark.parametrize("came_by", ["call", "visit", "letter", "email"])
def test_every_way_in_leads_to_one_list_with_its_clock(desk: Desk, came_by: str) -> None:
    report = written_down(
        desk, came_by=came_by, name="Marigold", phone=NUMBER, call_safe="yes", happening="As she told it."
    )
    client = desk.client(Role.OFFICER)
    page = client.get("/desk/")
    assert "Marigold" in page.text
    assert "HS-026 4.3" in page.text
    assert report.source == Source.STAFF_ENTRY
    assert report.next_due_at == london(3, 17)
    assert f"by {CAME_BY[came_by].lower()}" in client.get(f"{desk.url}/reports/{report.id}").text


def test_a_report_cannot_be_dated_forward(desk: Desk) -> None:
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.url}/reports/new")
    page = client.submit({"day": "2026-02-03", "happening": "Kept."}, status=422)
    assert "A report can be dated back, never forward." in page.text
    assert "Kept." in page.html
    assert "Write the whole number" in client.submit({"phone": "12"}, status=422).text


def test_a_report_needs_the_role(desk: Desk) -> None:
    report_id = desk.report()
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        desk.client(role).get(f"{desk.url}/reports/{report_id}", status=404)
