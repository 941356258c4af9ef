"""A report about somebody who works here: the database itself keeps it from all who may not know of it.

Sources: HS-026 1.3; STAR 1.3; NPH Employees.
"""

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from portal.domain.permissions import Role
from portal.messaging.words import Kind
from portal.referrals.jobs import alert_for_child, tell_of_report
from portal.referrals.models import Report
from portal.store.database import Database
from portal.store.outbox import OutboxEvent
from portal.store.scope import LandlordScope
from portal.work.models import Message
from tests.conftest import Clock
from tests.desk import MONDAY, Desk, a_desk
from tests.referrals.conftest import REACHED, Visitor

TOLD = {"name": "Perpetua Quillfeather", "works_here": True}


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "nph")


def test_no_query_of_a_caseworkers_scope_can_reach_it(desk: Desk) -> None:
    report_id, plain = desk.report(**TOLD), desk.report(name="Somebody Else")
    for staff_cases, seen in ((True, {report_id, plain}), (False, {plain})):
        with desk.database.work(LandlordScope(desk.place.id, staff_cases)) as session:
            assert set(session.scalars(select(Report.id))) == seen
            assert session.scalar(select(func.count()).select_from(Report)) == len(seen)
    with desk.database.work(LandlordScope(desk.place.id, staff_cases=False)) as session:
        session.execute(update(Report).values(threat_to_life=True))
    with desk.place.work() as session:
        assert session.scalar(select(Report.threat_to_life).where(Report.id == report_id)) is False


@pytest.mark.parametrize(("role", "status"), [(Role.OFFICER, 404), (Role.SENIOR, 404), (Role.MANAGER, 200)])
def test_every_way_to_it_is_there_for_managers_only(desk: Desk, role: Role, status: int) -> None:
    report_id, twin = desk.report(**TOLD), desk.report(name=TOLD["name"])
    client, knows = desk.client(role), status == 200
    client.get(f"{desk.url}/reports/{report_id}", status=status)
    client.get("/desk/search")
    assert (str(report_id) in "".join(client.submit({"words": "Quillfeather"}).links)) is knows
    for page in ("/desk/", f"{desk.url}/reports", f"{desk.url}/reports/{twin}"):
        assert (str(report_id) in "".join(client.get(page).links)) is knows


def test_what_an_officer_writes_down_about_a_colleague_goes_to_the_managers(desk: Desk) -> None:
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.url}/reports/new")
    page = officer.submit({"relation": "employee", "name": "Perpetua Quillfeather"})
    assert page.h1s == ["Reports"]
    assert "only managers see it" in page.text
    assert "Quillfeather" not in page.text
    assert "Quillfeather" in desk.client(Role.MANAGER).get(f"{desk.url}/reports").text


def test_a_child_who_works_here_is_restricted_and_goes_to_child_safeguarding_at_once(desk: Desk) -> None:
    """An apprentice of 15: neither rule may push the other out of the way."""
    report_id, manager = desk.report(**TOLD | {"age": 15}), desk.somebody(Role.MANAGER)
    for role in (Role.OFFICER, Role.SENIOR):
        desk.client(role).get(f"{desk.url}/reports/{report_id}", status=404)
    page = desk.client(who=manager).get(f"{desk.url}/reports").text
    assert "About somebody who works here" in page
    assert "Under 16: child safeguarding" in page
    page = desk.client(who=manager).get(f"{desk.url}/reports/{report_id}").text
    assert "Under 16: refer to children's services today." in page
    assert "it is kept out of the caseworkers' list" in page
    with desk.place.work() as session:
        ids = {"report_id": report_id}
        tell_of_report(session, ids, MONDAY)
        of_work = Message.kind != Kind.SIGN_IN.value
        assert session.scalars(select(Message.kind).where(of_work)).all() == [], "an alert comes at once, and not twice"
        alert_for_child(session, ids, MONDAY)
        told = session.execute(select(Message.kind, Message.account_id).where(of_work)).all()
    assert [tuple(each) for each in told] == [(Kind.LIFE.value, manager.account_id)], "only who may open it hears of it"
    with desk.place.work() as session:
        assert "ChildReported" in session.scalars(select(OutboxEvent.kind)).all()


@pytest.mark.parametrize(("age", "status"), [(15, 404), (16, 404)])
def test_its_case_stays_restricted_whatever_the_age(desk: Desk, age: int, status: int) -> None:
    case_id = desk.case(**TOLD | {"age": age})
    desk.client(Role.OFFICER).get(desk.case_url(case_id), status=status)
    desk.client(Role.MANAGER).get(desk.case_url(case_id))


def test_an_employee_tells_us_herself_and_can_decline_the_number(app: Flask, desk: Desk) -> None:
    her = Visitor(app, "nph")
    her.tell(**REACHED, **{"About you": {"works_here": ["yes"]}})
    her.send()
    her.submit({"action": "decline"})
    with desk.database.work(LandlordScope(app.extensions["landlords"].get("nph").id)) as session:
        newest = session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()
    assert (newest.route, newest.receipt_hash) == ("staff", None)
    assert newest.next_event
