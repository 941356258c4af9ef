"""Whoever tells, and whatever they are: the same first steps, the same time, and a page that refuses nobody."""

import re
from dataclasses import fields
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.models import Case
from portal.deadlines.models import Deadline
from portal.domain.intake import Answers, Danger
from portal.domain.lifecycle import CaseStage, ReportState
from portal.domain.permissions import Role
from portal.domain.policy import Clock as PolicyClock
from portal.domain.policy.clocks import OwnTarget
from portal.domain.policy.ladder import Rung
from portal.domain.policy.scope import PersonKind
from portal.landlords.profile import Own
from portal.referrals.models import Report
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import Desk, a_desk
from tests.places import pack
from tests.referrals.conftest import Visitor

FRIDAY = datetime(2026, 6, 12, 14, 0, tzinfo=UTC)
TRAITS = (
    {},
    {"age": 16},
    {"age": 81},
    {"language": "Somali"},
    {"needs": "I use a wheelchair, and I am deaf."},
    {"happening": "I am a man, and so is my husband."},
    {"name": "Oluwaseun", "happening": "My church must not know."},
    {"children": "yes", "children_note": "I am pregnant."},
    {"preferences": ("same_sex:man", "interpreter")},
)
CHARACTERISTICS = re.compile(
    "age|sex|gender|orient|race|ethnic|religi|belief|disab|pregnan|matern|marri|marital|civil|national"
)


def steps(desk: Desk, report_id: UUID) -> tuple[object, ...]:
    """Where a report goes and what follows from it: each clock with its rule, its time and the act that ends it."""
    with desk.place.work() as session:
        route = session.scalar(select(Report.route).where(Report.id == report_id))
        clocks = session.execute(
            select(Deadline.event, Deadline.stop_act, Deadline.due_at, Deadline.clause, Deadline.started_at)
            .where(Deadline.report_id == report_id)
            .order_by(Deadline.event)
        ).all()
    return route, *(tuple(each) for each in clocks)


@pytest.mark.parametrize(
    "like",
    [
        pytest.param("nph", marks=pytest.mark.clause("NPH-VICTIM-1")),
        pytest.param("star", marks=pytest.mark.clause("STAR-10-2")),
        "whg",
    ],
)
def test_no_trait_changes_route_rule_or_time(app: Flask, database: Database, clock: Clock, like: str) -> None:
    desk = a_desk(app, database, clock, like)
    plain, *others = (steps(desk, desk.report(**traits)) for traits in TRAITS)
    assert plain[0] == "ordinary"
    assert len(plain) == 2
    assert all(each == plain for each in others)
    urgent = steps(desk, desk.report(age=81, danger=Danger.LIFE))
    assert urgent != plain, "what is said about danger does count"


@pytest.mark.clause("STAR-10-2")
@pytest.mark.parametrize("model", [PolicyClock, OwnTarget, Rung, Own])
def test_no_rule_has_a_field_for_a_characteristic(model: type) -> None:
    words = {word for name in model.model_fields for word in name.split("_")}
    assert not {word for word in words if CHARACTERISTICS.fullmatch(word)}


@pytest.mark.clause("WHG-4.1a")
def test_gender_is_asked_of_nobody_and_changes_nothing_that_they_read(app: Flask, clock: Clock) -> None:
    clock.at = FRIDAY
    read = set()
    for said in ({}, {"needs": "I am a man."}, {"needs": "I am a woman."}, {"needs": "I am non-binary."}):
        her = Visitor(app, "whg")
        asked: list[str] = []
        her.begin()
        for number in range(1, 13):
            page = her.get(f"/whg/contact/{number}")
            asked += [name for form in page.forms for name in form["fields"]]
            her.answer(
                **({"ways": ["call"], "phone": "07700 900 123"} if her.heading == "How to reach you" else {})
            )
            if number == 12:
                her.get("/whg/contact/12")
                her.answer(**said)
        assert not [name for name in asked if re.search("gender|sex$|title", name)]
        read.add(re.sub(r"\d{4}( \d{4}){3}", "", her.send().text))
    assert len(read) == 1


@pytest.mark.clause("STAR-1.2a")
def test_a_threat_alone_makes_a_case_with_a_clock_and_a_first_task(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk = a_desk(app, database, clock, "star")
    report_id = desk.report(types=("threatening",), happening="He said that he would.")
    officer = desk.somebody(Role.OFFICER)
    client = desk.client(who=officer)
    assert "Tuesday 3 February 2026, 10:00, STAR 5.1" in client.get("/desk/").text
    client.get(f"{desk.url}/reports/{report_id}")
    client.submit({"account_id": str(officer.account_id)}, form="/open")
    told = client.get("/desk/").text
    assert "Do next 1" in told
    assert "Make contact" in told
    assert "Tuesday 3 February 2026, 10:00, STAR 5.1" in told


def sees(client: PageClient, desk: Desk, name: str) -> tuple[bool, bool]:
    """Whether somebody finds a report in the list of work and in the list of reports."""
    return name in client.get("/desk/").text, name in client.get(f"{desk.url}/reports").text


@pytest.mark.clause("STAR-1.3", "NPH-CIA-5")
@pytest.mark.parametrize("like", ["star", "nph"])
def test_a_colleagues_report_goes_past_the_caseworkers(
    app: Flask, database: Database, clock: Clock, like: str
) -> None:
    desk = a_desk(app, database, clock, like)
    desk.report(name="Wren Tenant")
    officer, senior, manager = (desk.client(role) for role in (Role.OFFICER, Role.SENIOR, Role.MANAGER))
    before = {each: each.get("/desk/").text for each in (officer, senior)}
    theirs = desk.report(name="Rook Colleague", works_here=True)
    for each in (officer, senior):
        assert each.get("/desk/").text == before[each], "neither a row nor a count gives it away"
        assert sees(each, desk, "Rook") == (False, False)
        each.get(f"{desk.url}/reports/{theirs}", status=404)
    assert sees(manager, desk, "Rook") == (True, True)
    assert "somebody who works here" in manager.get(f"{desk.url}/reports/{theirs}").text
    as_tenant = desk.report(name="Robin Both", works_here=False)
    assert sees(officer, desk, "Robin Both") == (True, True)
    officer.get(f"{desk.url}/reports/{as_tenant}")


@pytest.mark.clause("NPH-CIA-3")
def test_an_occupant_has_a_case_and_the_clock_of_a_tenant(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk = a_desk(app, database, clock, "nph")
    case_id = desk.case(relation="household")
    page = desk.client(Role.OFFICER).get(desk.case_url(case_id))
    assert "Tuesday 3 February 2026, 17:00" in page.text
    assert "NPH Dealing with cases, para 2" in page.text
    (assessment,) = pack("nph").policy.impact_assessments
    assert PersonKind.HOUSEHOLD in assessment.affected.value


@pytest.mark.clause("NPH-DEALING-1")
def test_only_the_team_is_given_a_case_and_fear_alone_is_enough(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk = a_desk(app, database, clock, "nph")
    case_id = desk.case(happening="I am afraid of going home.")
    outside = [desk.somebody(role) for role in (Role.AUDITOR, Role.ADMINISTRATOR)]
    inside = desk.somebody(Role.OFFICER)
    client = desk.client(Role.SENIOR)
    for who, status in ((outside[0], 422), (outside[1], 422), (inside, 200)):
        client.get(f"{desk.case_url(case_id)}/assign")
        client.submit({"account_id": str(who.account_id)}, status=status)
    with desk.place.work() as session:
        assert session.scalar(select(Case.assigned_to).where(Case.id == case_id)) == inside.account_id


@pytest.mark.clause("STAR-2-END-2")
def test_without_any_proof_a_case_is_opened_and_reached_and_no_state_doubts_it(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk = a_desk(app, database, clock, "star")
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/contact")
    page = client.submit({"channel": "call", "outcome": "reached", "was_act": "y"})
    assert "This met the clock" in page.text
    doubting = re.compile("prove|proof|found|credib|alleg|doubt|substantiat|evidence")
    named = [*ReportState, *CaseStage, *(each.name for each in fields(Answers))]
    assert not [each for each in named if doubting.search(each)]
