"""Around an assessment: who may complete one, what calls for a new one, what came from outside, how it all shows."""

import io
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from portal.cases.assessments import queries, service
from portal.cases.assessments.follow_up import BECAUSE
from portal.cases.assessments.training_gate import NotTrainedError
from portal.cases.household import service as household
from portal.cases.incidents.service import record as record_incident
from portal.cases.incidents.told import Told, ToldBy
from portal.cases.models import Case
from portal.cases.orders import service as orders
from portal.cases.safeguarding import service as safeguarding
from portal.cases.safeguarding.service import Feared
from portal.cases.service import assign
from portal.cases.tasks.queries import of_case
from portal.domain.court_orders import Arrest, Served, Term
from portal.domain.happened import Happened, Known
from portal.domain.permissions import Role
from portal.domain.risk import Level
from portal.domain.risk.triggers import Trigger
from portal.domain.safeguarding import Group, Harm
from portal.landlords.assessed_with import keep_instruments, newest
from portal.referrals import service as referrals
from portal.store.audit import PORTAL, Actor, AuditEntry, Fact
from tests.cases.assessments.rounds import assessed, begun, train
from tests.desk import MONDAY, Desk, DeskAt

TOMORROW = MONDAY + timedelta(days=1)


def test_the_untrained_fill_in_and_are_told_who_can_complete(desk: Desk) -> None:
    case_id = desk.case()
    over, able = desk.somebody(Role.OFFICER, trained=False), desk.somebody(Role.OFFICER, name="Tilly Trained")
    actor = train(desk, over, until=date(2026, 1, 31))
    train(desk, able)
    with pytest.raises(NotTrainedError):
        assessed(desk, case_id, actor, yes=3)
    sheet_id = begun(desk, case_id, actor)
    client = desk.client(who=over)
    client.get(f"{desk.case_url(case_id)}/risk/{sheet_id}")
    page = client.post(client.url, {"a_1": "yes", "then": "save"})
    assert "1 of 27 answered" in page.text
    with desk.place.work() as session:
        from_nobody = queries.sheet(session, case_id, sheet_id)
        assert from_nobody.row.state == "draft"
    answers = {f"a_{each.number}": "no" for each in from_nobody.instrument.items}
    page = client.post(client.url, answers | {"r_1": "1", "then": "finish"})
    assert "specialist training may complete this (HS-026 4.16)" in page.text
    assert "Yours held until 31 January 2026" in page.text
    assert "Tilly Trained" in page.text
    assert "Complete the assessment" not in page.text


def test_where_the_policy_asks_for_no_training_none_is_needed(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    officer = desk.somebody(Role.OFFICER)
    actor = desk.place.actor(officer.account_id)
    assert assessed(desk, desk.case(), actor, yes=3).level is Level.STANDARD


def test_each_change_becomes_a_task_that_a_new_assessment_ends(desk: Desk) -> None:
    actor, case_id = train(desk, desk.somebody(Role.OFFICER)), desk.case()
    with desk.place.work() as session:
        for kind in Trigger:
            service.trigger(session, case_id, kind, date(2026, 2, 1), "Her sister said so", actor, MONDAY)
        tasks = of_case(session, case_id)
        assert len({each.words for each in tasks}) == len(Trigger)
        assert {each.due_at for each in tasks} == {MONDAY.replace(day=3, hour=17)}
    assessed(desk, case_id, actor, yes=3, now=TOMORROW)
    with desk.place.work() as session:
        assert not [
            each for each in of_case(session, case_id) if each.words.startswith("Assess the risk again:")
        ]
        assert queries.overview(session, case_id, TOMORROW).since == ()


def test_what_is_recorded_elsewhere_in_the_case_asks_for_a_new_assessment_by_itself(desk: Desk) -> None:
    """An order, a child expected, the other person moving out: nobody has to think of saying it a second time."""
    by, case_id = Actor(None, "Robin Example"), desk.case()
    with desk.place.work() as session:
        made = orders.Order("non-molestation", Term(date(2026, 2, 1), None, None, Served.YES), Arrest.UNKNOWN)
        order_id = orders.record(session, case_id, made, by, MONDAY)
        early = replace(made, term=replace(made.term, ended_on=date(2026, 2, 2)))
        orders.change(session, case_id, order_id, 1, early, orders.Change("ended", "A letter."), by, MONDAY)
        safeguarding.note(session, case_id, Feared(Group.UNBORN, (Harm.DOMESTIC_ABUSE,), "Due in May."), by, MONDAY)
        him = household.add(session, case_id, "other_person", {"name": "Sam", "lives_there": "yes"}, by, MONDAY)
        household.change(session, case_id, him, 1, {"name": "Sam", "lives_there": "no"}, by, MONDAY)
        asked = {each.words for each in of_case(session, case_id)}
    for why in ("order", "order_ended", "unborn", "left"):
        assert BECAUSE[why] in asked


def test_the_page_takes_a_change_and_shows_it_until_the_next_assessment(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/risk")
    assert "Choose what has changed" in client.submit({"words": "At court"}, form="changed", status=422).text
    assert "At court" in client.page.html
    page = client.submit({"kind": "court", "on": "2026-02-20", "words": "At court"}, form="changed")
    assert "A court date, Friday 20 February 2026: At court" in page.text


def test_three_incidents_in_a_year_go_to_the_conference_whatever_the_count(desk: Desk) -> None:
    actor, case_id = train(desk, desk.somebody(Role.OFFICER)), desk.case()
    with desk.place.work() as session:
        for days in (1, 100, 300, 400):
            on = Happened(Known.DAY, MONDAY.date() - timedelta(days=days))
            told = Told(on, MONDAY, ToldBy.SURVIVOR, "He shouted at her")
            record_incident(session, case_id, told, actor, MONDAY)
    found = assessed(desk, case_id, actor, yes=2)
    assert (found.incidents, found.criteria) == (3, ("escalation",))
    with desk.place.work() as session:
        tasks = {each.what: each for each in of_case(session, case_id)}
        assert "Refer to the conference" in tasks
        assert "Look at the risk again" not in tasks


def test_what_came_from_outside_stays_as_it_came_and_changes_no_level(desk: Desk) -> None:
    actor, case_id = train(desk, desk.somebody(Role.OFFICER)), desk.case()
    assessed(desk, case_id, actor, yes=3)
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/risk/received")
    came = {
        "kind": "dara",
        "source": "PC 0000, response",
        "made_on": "2026-01-30",
        "result": "HIGH",
        "words": "Verbatim",
    }
    page = client.submit(came, form="received")
    for words in (
        "DARA: HIGH",
        "PC 0000, response",
        "Friday 30 January 2026",
        "Verbatim",
        "not counted with ours",
    ):
        assert words in page.text
    with desk.place.work() as session:
        assert session.get_one(Case, (desk.place.id, case_id)).risk_level == "standard"
        assert "Look at our own assessment again" in of_case(session, case_id)[0].words
    client.get(f"{desk.case_url(case_id)}/risk/received")
    page = client.submit(came | {"made_on": "2026-02-03"}, form="received", status=422)
    assert "still to come" in page.text


def test_its_file_is_looked_into_first_and_kept_among_the_documents(desk: Desk) -> None:
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    url = f"{desk.case_url(case_id)}/risk/received"
    came = {"kind": "dash_police", "source": "Response", "made_on": "2026-01-30", "result": "16"}
    client.get(url)
    page = client.submit(came | {"file": (io.BytesIO(b"MZ\x90\x00"), "dash.exe")}, form="received", status=422)
    assert 'value="16"' in page.html, "what was typed is kept"
    client.get(url)
    page = client.submit(came | {"file": (io.BytesIO(b"16 of 27: yes"), "dash.txt")}, form="received")
    assert "Dash, police version: 16" in page.text
    page = client.get(next(each for each in page.links if "/documents/" in each))
    assert "Dash, police version, from Response" in page.text
    made = client.http.get(next(each for each in page.links if each.endswith("/file")))
    assert made.data == b"16 of 27: yes"


def test_another_report_that_joins_the_case_asks_for_a_new_look_at_the_risk(desk: Desk) -> None:
    actor, case_id = train(desk, desk.somebody(Role.OFFICER)), desk.case()
    assessed(desk, case_id, actor, yes=3)
    report_id = desk.report()
    with desk.place.work() as session:
        referrals.join_case(session, report_id, case_id, actor, MONDAY, newer_contact=False)
        session.flush()
        asked = [each.words for each in of_case(session, case_id)]
    assert "Assess the risk again: somebody has told us more in another report" in asked


@pytest.mark.clause("NPH-DEALING-4")
def test_a_case_without_assessment_stands_in_the_list_and_so_does_one_that_declined(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    quiet, declined, done = (desk.case(name=name) for name in ("Quiet", "Declined", "Done"))
    assessed(desk, done, train(desk, desk.somebody(Role.OFFICER)), yes=1)
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(declined)}/risk")
    officer.submit({"declined_words": "Not yet, she says"}, form="declined")
    page = desk.client(Role.SENIOR).get(f"{desk.url}/risk")
    assert "NPH Dealing with cases, para 2" in page.text
    assert "Quiet" in page.text
    assert "Not assessed, declined" in page.text
    assert "Done" not in page.text
    assert "Not yet, she says" in officer.get(desk.case_url(declined)).text
    assert str(quiet) in page.html


@pytest.mark.clause("HAV-4.7a")
def test_a_suspected_case_without_a_dash_stands_in_the_list_under_its_clause(desk: Desk) -> None:
    desk.case(name="Suspected only")
    page = desk.client(Role.SENIOR).get(f"{desk.url}/risk")
    assert "Suspected only" in page.text
    assert "HS-026 4.7" in page.text


def test_the_level_stands_in_every_list_and_not_assessed_does_too(desk: Desk) -> None:
    officer = desk.somebody(Role.OFFICER)
    actor = train(desk, officer)
    high, none = desk.case(name="High one"), desk.case(name="None yet")
    assessed(desk, high, actor, yes=15)
    with desk.place.work() as session:
        for case_id in (high, none):
            assign(session, case_id, officer.account_id, officer.name, PORTAL, MONDAY, "")
    for url in ("/desk/", f"{desk.url}/team"):
        page = desk.client(Role.SENIOR, who=None if "team" in url else officer).get(url)
        assert "High risk" in page.text, url
        assert "Not assessed" in page.text, url
    assert "High risk" in desk.client(Role.OFFICER).get(f"{desk.case_url(high)}/contact").text


def test_the_history_is_drawn_and_says_the_same_in_a_table(desk: Desk) -> None:
    actor, case_id = train(desk, desk.somebody(Role.OFFICER)), desk.case()
    assessed(desk, case_id, actor, yes=3)
    with desk.place.work() as session:
        service.raise_by_judgement(
            session, case_id, Level.MEDIUM, "Gut", None, actor, MONDAY + timedelta(days=9)
        )
    desk.clock.at = MONDAY + timedelta(days=20)
    page = desk.client(Role.OFFICER).get(f"{desk.case_url(case_id)}/risk")
    assert page.html.count('class="risk-chart__mark"') == 2 + 2
    assert "Raised by judgement" in page.text
    assert "found 11 days ago" in page.text
    assert "style=" not in page.html.split("risk-chart", 1)[1].split("</table>")[0]


def test_an_assessment_renders_with_the_version_that_it_was_made_with(desk: Desk) -> None:
    actor, case_id = train(desk, desk.somebody(Role.OFFICER)), desk.case()
    assessed(desk, case_id, actor, yes=1)
    with desk.place.work() as session:
        old = next(each for each in newest(session).values() if each.code == "dash")
        licensed = old.worded({"1": "As the licence words it"}, "A letter of March").model_copy(update={"version": "2"})
        keep_instruments(session, [licensed], TOMORROW)
    client = desk.client(Role.OFFICER)
    page = client.get(f"{desk.case_url(case_id)}/risk")
    read = client.get(next(link for link in page.links if "/risk/" in link and "raise" not in link
                           and "received" not in link and "form" not in link))  # fmt: skip
    assert "version 1" in read.text
    assert old.item("1").label in read.text
    assert "As the licence words it" not in read.text
    client.get(f"{desk.case_url(case_id)}/risk")
    sheet = client.submit({"instrument": "dash"}, form="start").text
    assert "As the licence words it" in sheet
    assert "by licence: A letter of March. The rest: short labels of our own" in sheet


def test_each_step_is_written_into_the_audit(desk: Desk) -> None:
    actor, case_id = train(desk, desk.somebody(Role.OFFICER)), desk.case()
    assessed(desk, case_id, actor, yes=1)
    with desk.place.work() as session:
        facts = [row.fact for row in session.query(AuditEntry).where(AuditEntry.subject_id == case_id)]
    assert {Fact.RISK_STARTED, Fact.RISK_ANSWERED, Fact.RISK_COMPLETED} <= set(facts)


def test_an_assessment_of_another_case_is_not_found(desk: Desk) -> None:
    actor = train(desk, desk.somebody(Role.OFFICER))
    one, other = desk.case(), desk.case()
    sheet_id: UUID = begun(desk, one, actor)
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(one)}/risk/{sheet_id}")
    client.get(f"{desk.case_url(other)}/risk/{sheet_id}", status=404)
