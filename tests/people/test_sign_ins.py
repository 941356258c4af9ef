"""Those who lead can see where a colleague is signed in and end all of it; nothing tells where else somebody works."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.domain.permissions import Role
from portal.people.staff import give_roles
from portal.store.audit import PORTAL, AuditEntry, Fact
from portal.store.database import Database
from tests.conftest import Clock
from tests.desk import MONDAY, Desk, a_desk

DeskAt = Callable[[str], Desk]


@pytest.fixture
def desk_at(app: Flask, database: Database, clock: Clock) -> DeskAt:
    return lambda like: a_desk(app, database, clock, like)


@pytest.fixture
def desk(desk_at: DeskAt) -> Desk:
    return desk_at("havebury")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_a_lost_telephone_is_signed_out_by_those_who_lead(desk: Desk, role: Role) -> None:
    who = desk.somebody(Role.OFFICER, name="Maren Example")
    officer, lead = desk.client(who=who), desk.client(role)
    officer.get("/desk/me")
    page = lead.get(f"{desk.url}/people")
    assert "Maren Example" in page.text
    page = lead.get(next(link for link in page.links if str(who.account_id) in link))
    assert "Last used" in page.text
    assert who.email not in page.html
    page = lead.submit(form="/end-all")
    assert "All sign-ins have ended." in page.text
    assert "Not signed in anywhere at the moment." in page.text
    assert officer.get("/desk/me").h1s == ["Sign in"]
    with desk.place.work() as session:
        rows = select(AuditEntry.fact).where(AuditEntry.subject_id == who.account_id, AuditEntry.fact.like("sign_ins%"))
        facts = session.scalars(rows.order_by(AuditEntry.position)).all()
    assert facts == [Fact.SIGN_INS_READ, Fact.SIGN_INS_ENDED, Fact.SIGN_INS_READ]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SENIOR, Role.AUDITOR, Role.FRONT_DESK])
def test_nobody_else_sees_or_ends_them(desk: Desk, role: Role) -> None:
    who = desk.somebody(Role.OFFICER)
    client = desk.client(role)
    client.get(f"{desk.url}/people", status=403)
    client.get(f"{desk.url}/people/{who.account_id}", status=404)
    client.get("/desk/me")
    client.post(f"{desk.url}/people/{who.account_id}/end-all", status=404)
    desk.client(who=who).get("/desk/me")


def test_whoever_works_at_two_landlords_is_shown_without_a_word_of_the_other(desk: Desk, desk_at: DeskAt) -> None:
    who, elsewhere = desk.somebody(Role.OFFICER, name="Niamh Example"), desk_at("star")
    with elsewhere.place.work() as session:
        give_roles(session, who.account_id, [Role.SENIOR], PORTAL, MONDAY, post="Relief Officer")
    client = desk.client(who=who)
    client.get(f"{elsewhere.url}/team")
    manager = desk.client(Role.MANAGER)
    for path in ("people", f"people/{who.account_id}"):
        page = manager.get(f"{desk.url}/{path}")
        assert "Niamh Example" in page.text
        for word in (elsewhere.place.slug, "Relief Officer", "Senior officer"):
            assert word not in page.html


def test_a_colleague_of_another_landlord_answers_as_nobody(desk: Desk, desk_at: DeskAt) -> None:
    stranger = desk_at("star").somebody(Role.OFFICER)
    signed_in = desk.client(who=stranger)
    manager = desk.client(Role.MANAGER)
    manager.get(f"{desk.url}/people/{stranger.account_id}", status=404)
    manager.get(f"{desk.url}/people")
    manager.post(f"{desk.url}/people/{stranger.account_id}/end-all", status=404)
    assert signed_in.get("/desk/me").h1s == ["My account"]
