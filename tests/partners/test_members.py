"""The people of an agency: one sign-in, no role at a landlord, and a coordinator who sees to her own people only."""

import re
from contextlib import nullcontext
from uuid import UUID

import psycopg
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from portal.cases.assigning import Assignment, CannotBeGivenError, assign
from portal.cases.models import Case
from portal.domain.agency_roles import AgencyRole
from portal.domain.permissions import Role
from portal.messaging.words import Kind
from portal.partners.agreements.models import SharingAgreement
from portal.partners.cli import agency
from portal.partners.members import queries
from portal.partners.members import service as members
from portal.partners.members.models import AgencyMember
from portal.people.colleagues import address_of, colleagues
from portal.people.models import Account
from portal.people.resetting import code_for, home_of
from portal.reactions import where_to_write
from portal.settings import Settings
from portal.store.audit import PORTAL
from portal.store.base import new_id
from portal.store.scope import AccountScope, AgencyScope, LandlordScope, PublicScope
from portal.work.models import Message
from tests.client import PageClient
from tests.conftest import Staff
from tests.desk import MONDAY, Desk
from tests.partners_at_hand import a_member, an_agency, members_at

COORDINATOR, WORKER = AgencyRole.COORDINATOR, AgencyRole.WORKER
REFUSED = (DBAPIError, psycopg.Error)


def signed_in(app: Flask, who: Staff) -> PageClient:
    client = PageClient(app)
    client.sign_in(who)
    return client


def test_a_coordinator_sees_her_own_people_and_ends_somebodys_access_at_once(desk: Desk) -> None:
    agency_id, name = an_agency(desk.database)
    boss = a_member(desk.database, agency_id, COORDINATOR, name="Bea Boss")
    worker = a_member(desk.database, agency_id, WORKER, name="Will Worker")
    stranger = a_member(desk.database, an_agency(desk.database)[0], COORDINATOR, WORKER, name="Sam Stranger")
    theirs = signed_in(desk.app, worker)
    assert name in theirs.get("/desk/me").text
    theirs.get("/desk/partner/people", status=403)
    client = signed_in(desk.app, boss)
    page = client.get("/desk/partner/people")
    assert "Will Worker" in page.text
    assert stranger.name not in page.text
    assert stranger.email not in page.html
    client.get(next(each for each in page.links if str(members_at(desk.database, agency_id, worker)) in each))
    assert "Their access is ended, wherever they were signed in." in client.submit({}, form="/end").text
    assert name not in theirs.get("/desk/me").text, "in a session that is still open"


def test_a_coordinator_lets_somebody_start_anew_and_sees_no_code(desk: Desk) -> None:
    agency_id, _ = an_agency(desk.database)
    boss, worker = (a_member(desk.database, agency_id, role) for role in (COORDINATOR, WORKER))
    theirs, client = signed_in(desk.app, worker), signed_in(desk.app, boss)
    client.get(f"/desk/partner/people/{members_at(desk.database, agency_id, worker)}")
    page = client.submit({}, form="/anew")
    assert "a code is on its way to their own address" in page.text
    assert theirs.get("/desk/me").h1s == ["Sign in"]
    with desk.database.work(PublicScope()) as session:
        home = home_of(session, worker.account_id, MONDAY)
    assert home
    with desk.database.work(LandlordScope(home)) as session:
        assert where_to_write(session, worker.account_id, MONDAY) == worker.email
        left = session.scalars(select(Message.kind).where(Message.account_id == worker.account_id)).all()
        secret = code_for(session, worker.account_id, Kind.ANEW, MONDAY)
    assert left == [Kind.ANEW]
    assert secret not in page.html
    client.get("/desk/first-password")
    client.submit({"email": worker.email, "code": secret, "password": "seven green lanterns"})
    assert "Your password is chosen" in client.page.text or client.url == "/desk/"


def test_somebody_of_another_agency_answers_as_somebody_who_never_was(desk: Desk) -> None:
    agency_id, _ = an_agency(desk.database)
    other, _ = an_agency(desk.database)
    client = signed_in(desk.app, a_member(desk.database, agency_id, COORDINATOR))
    theirs = members_at(desk.database, other, a_member(desk.database, other, WORKER))
    client.get("/desk/partner/people")
    for path in ("", "/end"):
        answers = {
            client.post(f"/desk/partner/people/{who}{path}", {"roles": ["worker"]}, status=404).text
            for who in (theirs, new_id())
        }
        assert len(answers) == 1
        client.get("/desk/partner/people")
    with desk.database.work(AgencyScope(other, UUID(int=0))) as session:
        assert [each.ended_at for each in queries.members(session)] == [None]


def test_an_agency_is_never_without_a_coordinator_and_a_worker_makes_nobody_one(desk: Desk) -> None:
    agency_id, _ = an_agency(desk.database)
    boss = a_member(desk.database, agency_id, COORDINATOR)
    worker = a_member(desk.database, agency_id, WORKER)
    client = signed_in(desk.app, boss)
    own = f"/desk/partner/people/{members_at(desk.database, agency_id, boss)}"
    client.get(own)
    assert "Nobody else here is a coordinator." in client.submit({"roles": ["worker"]}, status=422).text
    assert "Nobody else here is a coordinator." in client.submit({}, form="/end", status=422).text
    assert "Choose at least one, or end their access." in client.submit({"roles": []}, status=422).text
    theirs = signed_in(desk.app, worker)
    theirs.get("/desk/me")
    theirs.post(f"/desk/partner/people/{members_at(desk.database, agency_id, worker)}", {"roles": ["coordinator"]},
                status=404)  # fmt: skip
    client.get(f"/desk/partner/people/{members_at(desk.database, agency_id, worker)}")
    client.submit({"roles": ["coordinator", "worker"]})
    theirs.get(own)
    theirs.submit({"roles": ["worker"]})
    client.get("/desk/partner/people", status=403)
    with desk.database.work(AgencyScope(agency_id, boss.account_id)) as session:
        assert len(queries.members(session)) == 4, "what was stays on record"


@pytest.mark.invariant(12)
def test_a_coordinator_gives_herself_nothing_and_can_give_up_what_she_has(desk: Desk) -> None:
    """Whoever lets people in reads no case, and does not make herself somebody who does."""
    agency_id, _ = an_agency(desk.database)
    boss, other = (a_member(desk.database, agency_id, COORDINATOR) for _ in range(2))
    client = signed_in(desk.app, boss)
    own = f"/desk/partner/people/{members_at(desk.database, agency_id, boss)}"
    for wanted in (["coordinator", "worker"], ["worker"]):
        client.get(own)
        assert "Nobody takes a role on for themselves." in client.submit({"roles": wanted}, status=422).text
    client.get("/desk/partner/cases", status=403)
    theirs = signed_in(desk.app, other)
    theirs.get(own)
    theirs.submit({"roles": ["coordinator", "worker"]})
    client.get("/desk/partner/cases")
    client.get(f"/desk/partner/people/{members_at(desk.database, agency_id, boss)}")
    client.submit({"roles": ["worker"]})
    client.get("/desk/partner/people", status=403)


def test_nobody_of_an_agency_gets_through_a_landlords_door(desk: Desk) -> None:
    case_id = desk.case()
    agency_id, _ = an_agency(desk.database)
    client = signed_in(desk.app, a_member(desk.database, agency_id, COORDINATOR, WORKER))
    for path in (f"/cases/{case_id}", "/agencies", "/policy", "/mailbox"):
        client.get(f"{desk.url}{path}", status=404)
    home = client.get("/desk/")
    assert desk.place.slug not in home.html
    for each in desk.somebody(Role.MANAGER), desk.somebody(Role.ADMINISTRATOR):
        desk.client(who=each).get("/desk/partner/people", status=403)


def test_a_landlord_that_gives_somebody_of_an_agency_a_role_takes_them_from_nobody_and_learns_nothing(
    desk: Desk,
) -> None:
    """A role at a landlord opens nothing while they work for the agency, and what they have there stays theirs."""
    agency_id, name = an_agency(desk.database)
    worker = a_member(desk.database, agency_id, WORKER, name="Will Worker")
    client = signed_in(desk.app, worker)
    manager = desk.client(Role.MANAGER)
    told, codes = {}, {}
    for email in (worker.email, f"{new_id().hex}@nobody.example"):
        manager.get(f"{desk.url}/roles/invite")
        page = manager.submit({"email": email, "name": "Will Worker", "roles": ["officer"]}, form="/invite")
        codes[email] = re.search(r"handed\">(.*?)</p>", page.html)[1]
        told[email] = re.sub(r"(handed\">.*?</p>)|csrf[^>]*|nonce[^ >]*", "", page.html.replace(email, ""))
    assert len(set(told.values())) == 1, "the landlord is told the same of an address that nobody has"
    client.get("/desk/partner/cases")
    client.get(f"{desk.url}/reports", status=404)
    mine = client.get("/desk/me").text
    assert name in mine
    assert desk.place.slug not in mine
    own = client.get("/desk/me/sign-in").text
    assert "Authenticator app" in own
    assert "Passkeys" in own
    listed = manager.get(f"{desk.url}/roles").text.partition("Asked in, not here yet")
    assert "Will Worker" not in listed[0]
    assert "Will Worker" in listed[2]
    client.get("/desk/partner/come-in")
    assert "Will Worker asks" not in client.page.text
    assert client.page.h1s == ["My cases"], "they are asked by nobody while they work for the agency"
    with desk.database.work(AgencyScope(agency_id, worker.account_id)) as session:
        members.end(session, members_at(desk.database, agency_id, worker), PORTAL, MONDAY)
    client.get("/desk/partner/cases", status=403)
    client.get(f"{desk.url}/reports", status=404)
    client.get("/desk/partner/come-in")
    client.submit({"code": codes[worker.email]}, form="/come-in")
    client.get(f"{desk.url}/reports")


def test_nobody_gives_a_case_to_somebody_who_has_not_come_in(desk: Desk) -> None:
    """Somebody of an agency and somebody who is new look the same, so that nothing is told of either."""
    agency_id, _ = an_agency(desk.database)
    worker = a_member(desk.database, agency_id, WORKER, name="Will Worker")
    manager, case_id = desk.client(Role.MANAGER), desk.case()
    newcomer = f"{new_id().hex}@staff.example"
    for email, name in ((worker.email, "Will Worker"), (newcomer, "Nia New")):
        manager.get(f"{desk.url}/roles/invite")
        manager.submit({"email": email, "name": name, "roles": ["officer"], "on_duty": "y"}, form="/invite")
    for page in (f"cases/{case_id}/assign", f"cases/{case_id}/tasks", "team/handover", "roles/course"):
        offered = manager.get(f"{desk.url}/{page}").text
        assert "Will Worker" not in offered
        assert "Nia New" not in offered
    with desk.place.work() as session:
        new = session.scalars(select(Account.id).where(Account.email == newcomer)).one()
        there = {each.account_id for each in colleagues(session, MONDAY)}
        assert address_of(session, new, MONDAY) is None
    for account_id in (worker.account_id, new):
        assert account_id not in there, "no reminder, no duty and no choice finds them"
        with pytest.raises(CannotBeGivenError), desk.place.work() as session:
            assign(session, case_id, Assignment(account_id, manages=True), PORTAL, MONDAY)


def test_the_database_shows_an_agencys_people_to_that_agency_only(desk: Desk) -> None:
    agency_id, _ = an_agency(desk.database)
    other, _ = an_agency(desk.database)
    who = a_member(desk.database, agency_id, WORKER)
    everybody = select(AgencyMember.account_id)
    with desk.database.work(AgencyScope(other, who.account_id)) as session:
        assert session.scalars(everybody).all() == []
    with desk.database.work(AccountScope(who.account_id)) as session:
        assert session.scalars(everybody).all() == [who.account_id]
    for scope in (LandlordScope(desk.place.id), PublicScope()):
        with desk.database.work(scope) as session:
            assert session.scalars(everybody).all() == []


@pytest.mark.parametrize("table", [Case, SharingAgreement])
def test_an_agencys_scope_finds_nothing_of_what_belongs_to_a_landlord(desk: Desk, table: type[Case]) -> None:
    """It stands at no landlord: a query that forgets to say whose rows it wants shows nothing."""
    desk.case()
    agency_id, _ = an_agency(desk.database)
    scope = AgencyScope(agency_id, a_member(desk.database, agency_id, WORKER).account_id)
    with desk.database.work(scope) as session:
        assert session.scalars(select(table.id)).all() == []


def test_her_own_scope_gives_nobody_a_role_at_an_agency(desk: Desk) -> None:
    agency_id, _ = an_agency(desk.database)
    who = a_member(desk.database, agency_id, WORKER)
    row = AgencyMember(agency_id=agency_id, id=new_id(), account_id=who.account_id, roles=["coordinator"],
                       begins_at=desk.clock(), begun_by="herself")  # fmt: skip
    with pytest.raises(REFUSED), desk.database.work(AccountScope(who.account_id)) as session:
        session.add(row)


def run(settings: Settings, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(agency, words, obj=lambda: nullcontext(settings), input=f"{typed}\n")


def test_the_first_coordinator_is_let_in_by_whoever_runs_the_portal(settings: Settings, desk: Desk) -> None:
    _, name = an_agency(desk.database)
    email, words = f"{new_id().hex}@agency.example", "four good words here"
    told = run(settings, "person", name, email, "--name", "Bea Boss", "--role", "coordinator", typed=words)
    assert told.exit_code == 0, told.output
    client = PageClient(desk.app)
    client.sign_in(Staff(UUID(int=0), email, "Bea Boss", password=words))
    assert "Bea Boss (you)" in client.get("/desk/partner/people").text
    again = run(settings, "person", an_agency(desk.database)[1], email, "--name", "Bea", "--role", "worker")
    assert "one person, one side" in again.output
    officer = desk.somebody(Role.OFFICER)
    both = run(settings, "person", name, officer.email, "--name", "Robin", "--role", "worker")
    assert "one person, one side" in both.output
    run(settings, "end", name)
    client.get("/desk/partner/people", status=403)
