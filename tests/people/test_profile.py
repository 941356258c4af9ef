"""Officers state of themselves what they choose, so that somebody's wish for an officer like them can be met."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.domain.permissions import Role
from portal.people.models import Membership
from portal.people.staff import give_roles
from portal.store.audit import PORTAL, AuditEntry, Fact
from portal.store.database import Database
from tests.conftest import Clock, Staff
from tests.desk import MONDAY, Desk, a_desk


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "star")


def offers(desk: Desk, who: Staff) -> list[str]:
    with desk.place.work() as session:
        return list(session.scalars(select(Membership.offers).where(Membership.account_id == who.account_id)).one())


def test_an_officer_states_and_takes_back_and_what_others_keep_stays(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER, name="Maren Example", offers=("specialist_officer",))
    client = desk.client(who=who)
    page = client.get(f"{desk.url}/profile")
    assert "You choose whether to state anything of yourself" in page.text
    page = client.submit({"who": "woman", "cultures": "Kurdish\n Somali \n", "languages": "Sorani", "orientation": "y"})
    assert "What you state of yourself is kept." in page.text
    stated = ["woman", "culture:Kurdish", "culture:Somali", "speaks:Sorani", "same_orientation", "specialist_officer"]
    assert offers(desk, who) == stated
    client.get(f"{desk.url}/profile")
    client.submit({"who": "", "cultures": "", "languages": "", "orientation": []})
    assert offers(desk, who) == ["specialist_officer"]
    with desk.place.work() as session:
        rows = session.execute(select(AuditEntry.detail).where(AuditEntry.fact == Fact.PROFILE_STATED)).all()
    assert [tuple(each) for each in rows] == [(None,), (None,)], "that it was changed, and not to what"


@pytest.mark.clause("STAR-5.1b")
def test_what_is_stated_meets_a_wish_where_cases_are_given(desk: Desk) -> None:
    case_id, who = desk.case(preferences=("same_sex:woman",)), desk.somebody(Role.OFFICER, name="Maren Example")
    senior = desk.client(Role.SENIOR)
    assert "Not known to meet: somebody of the same sex (woman)" in senior.get(f"{desk.case_url(case_id)}/assign").text
    client = desk.client(who=who)
    client.get(f"{desk.url}/profile")
    client.submit({"who": "woman"})
    senior.get(f"{desk.case_url(case_id)}/assign")
    page = senior.submit({"account_id": str(who.account_id)})
    assert "Given to Maren Example" in page.text


def test_a_change_of_roles_takes_nothing_back(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER, offers=("woman",))
    with desk.place.work() as session:
        give_roles(session, who.account_id, [Role.SENIOR], PORTAL, MONDAY)
    assert offers(desk, who) == ["woman"]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.FRONT_DESK])
def test_whoever_works_no_cases_is_not_asked(desk: Desk, role: Role) -> None:
    client = desk.client(role)
    client.get(f"{desk.url}/profile", status=403)
    assert "Whom I can be for somebody" not in client.get("/desk/me").text
