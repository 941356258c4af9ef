"""A landlord can insist that its people come in through its own organisation, and locks nobody out by it."""

from contextlib import nullcontext

import pyotp
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portal.domain.permissions import Role
from portal.operators.models import PlatformOperator
from portal.people.organisation_cli import organisation as command
from portal.people.proving.app import keep
from portal.people.proving.models import Authenticator, SignOnTie
from portal.people.proving.organisation import set_up
from portal.people.staff import add_staff, give_roles
from portal.settings import Settings
from portal.store.audit import PORTAL, AuditEntry
from portal.store.database import Database
from portal.store.scope import PlatformScope, PublicScope
from tests.client import PageClient
from tests.conftest import Clock, Staff
from tests.desk import MONDAY, Desk, a_desk
from tests.people.provider import CLIENT, SECRET, Provider
from tests.people.test_organisation import desk, person, provider, serving, through

__all__ = ["desk", "provider", "serving"]
HOW, SET, APP = "/sign-in-through", "/sign-in-through/set", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def admin(desk: Desk, provider: Provider, database: Database) -> Staff:
    """An administrator with a second factor, who has come in through the organisation once."""
    found = desk.somebody(Role.MANAGER, Role.ADMINISTRATOR, name="Ada Admin")
    with database.work(PublicScope()) as session:
        keep(session, found.account_id, APP, MONDAY)
    return found


def with_figures(desk: Desk, who: Staff) -> PageClient:
    """Signed in with password and app."""
    client = PageClient(desk.app)
    client.get("/desk/sign-in")
    client.submit({"email": who.email, "password": who.password})
    client.submit({"code": pyotp.TOTP(APP).now()})
    return client


def insisted(desk: Desk, provider: Provider, admin: Staff) -> PageClient:
    """From now on it is the only way in, but for the administrator."""
    client = through(desk, provider, person(admin))
    client.get(desk.url + HOW)
    page = client.submit({"spared": [str(admin.account_id)]}, form="/only")
    assert "people of" in page.text
    assert "come in only through the organisation" in page.text
    return client


def test_an_administrator_sets_it_up_and_cannot_insist_before_it_has_worked_and_somebody_is_spared(
    desk: Desk, provider: Provider, admin: Staff
) -> None:
    client = with_figures(desk, admin)
    client.get(desk.url + HOW)
    wrong = {"issuer": "http://127.0.0.1:9", "client_id": CLIENT, "secret": SECRET}
    page = client.submit(wrong, form=SET, status=422)
    assert "No sign-in answers at this address" in page.text
    page = client.submit({"issuer": "x", "client_id": "", "secret": ""}, form=SET, status=422)
    assert "Write the whole address" in page.text
    page = client.submit(wrong | {"issuer": provider.issuer}, form=SET)
    assert "First come in through it once yourself" in page.text
    assert provider.issuer in page.text
    client.post(f"{desk.url}{HOW}/only", {"spared": [str(admin.account_id)], "revision": "0"}, status=422)
    assert "Come in through the organisation yourself first" in client.page.text
    through(desk, provider, person(admin), client)
    page = client.get(desk.url + HOW)
    assert "it works" in page.text
    assert "Choose another password" in client.get("/desk/me/sign-in").text, "signed in by themselves as before"
    client.get(desk.url + HOW)
    assert "Name at least one person" in client.submit({"spared": []}, form="/only", status=422).text
    plain = desk.somebody(Role.MANAGER)
    client.post(f"{desk.url}{HOW}/only", {"spared": [str(plain.account_id)], "revision": "0"}, status=422)
    client.get(desk.url + HOW)
    client.submit({"spared": [str(admin.account_id)]}, form="/only")
    client.post(f"{desk.url}{HOW}/only", {"spared": [str(admin.account_id)], "revision": "0"}, status=409)
    with desk.place.work() as session:
        facts = set(session.scalars(select(AuditEntry.fact)))
    assert {"sign_on.set", "sign_on.only"} <= facts


def test_whoever_may_not_open_cases_does_not_choose_who_vouches_for_those_who_may(
    desk: Desk, provider: Provider, database: Database
) -> None:
    """An administrator with a sign-in of their own would come in as any officer."""
    alone = desk.somebody(Role.ADMINISTRATOR)
    with database.work(PublicScope()) as session:
        keep(session, alone.account_id, APP, MONDAY)
    client = with_figures(desk, alone)
    page = client.get(desk.url + HOW)
    assert "a manager, who may open cases, says which one it is" in page.text
    assert not any(SET in form["action"] for form in page.forms)
    before = page.html.count(provider.issuer)
    theirs = {"issuer": provider.issuer + "/mine", "client_id": CLIENT, "secret": SECRET}
    client.post(desk.url + SET, theirs, status=403)
    assert client.get(desk.url + HOW).html.count(provider.issuer) == before


def test_a_password_opens_nothing_of_a_landlord_that_insists_and_all_of_others(
    desk: Desk, provider: Provider, admin: Staff, database: Database, clock: Clock
) -> None:
    insisted(desk, provider, admin)
    other = a_desk(desk.app, database, clock, "star")
    clock.at = None
    who = desk.somebody(Role.OFFICER)
    add_staff(database, email=who.email, name=who.name, password="", roles={other.place.id: [Role.OFFICER]}, now=MONDAY)
    client = desk.client(who=who)
    assert "lets its people in only through its own sign-in" in client.get("/desk/").text
    client.get(f"{other.url}/policy")
    page = client.get(f"{desk.url}/policy")
    assert page.h1s == ["Sign in through your organisation"]
    assert f"/desk/organisation/{desk.place.slug}" in "".join(page.links)
    through(desk, provider, person(who), client, f"?next={desk.url}/policy")
    assert client.url == f"{desk.url}/policy"
    client.get(f"{other.url}/policy")
    assert "lets its people in" not in client.get("/desk/").text
    alone = desk.client(who=desk.somebody(Role.OFFICER))
    assert "lets its people in only through its own sign-in" in alone.get("/desk/").text
    assert desk.url not in alone.page.html


def test_whoever_is_spared_comes_in_with_more_than_a_password_and_support_comes_in_as_it_is_let_in(
    desk: Desk, provider: Provider, admin: Staff, database: Database
) -> None:
    insisted(desk, provider, admin)
    assert with_figures(desk, admin).get(desk.url + HOW).h1s == ["Organisation’s sign-in"]
    helper = desk.somebody(Role.OFFICER)
    with desk.place.work() as session:
        give_roles(session, helper.account_id, [Role.SUPPORT], PORTAL, MONDAY)
    with database.work(PlatformScope("somebody who runs the portal")) as session:
        session.add(PlatformOperator(account_id=helper.account_id, made_at=MONDAY))
    assert desk.client(who=helper).get(f"{desk.url}/policy").h1s != ["Sign in through your organisation"]
    with database.work(PublicScope()) as session:
        session.execute(Authenticator.__table__.delete().where(Authenticator.account_id == admin.account_id))
    bare = desk.client(who=admin)
    assert bare.get(desk.url + HOW).h1s == ["Sign in through your organisation"], "a password alone is not enough"


def test_whoever_was_signed_in_with_a_password_is_out_at_once_and_back_when_it_is_taken_back(
    desk: Desk, provider: Provider, admin: Staff, settings: Settings
) -> None:
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.url}/policy")
    client = insisted(desk, provider, admin)
    assert officer.get(f"{desk.url}/policy").h1s == ["Sign in through your organisation"]
    client.get(desk.url + HOW)
    client.submit(form="/not-only")
    officer.get(f"{desk.url}/policy")
    insisted(desk, provider, admin)
    run = CliRunner().invoke(command, ["any-way", desk.place.slug], obj=lambda: nullcontext(settings))
    assert run.exit_code == 0, run.output
    officer.get(f"{desk.url}/policy")
    insisted(desk, provider, admin)
    client = through(desk, provider, person(admin))
    client.get(desk.url + HOW)
    client.submit(form=f"{HOW}/end")
    officer.get(f"{desk.url}/policy")


def test_with_another_organisation_everybody_is_found_by_their_address_once_more(
    desk: Desk, provider: Provider, admin: Staff
) -> None:
    through(desk, provider, person(admin))
    with desk.place.work() as session:
        set_up(session, "https://elsewhere.example", CLIENT, SECRET, PORTAL, MONDAY)
        set_up(session, provider.issuer, CLIENT, SECRET, PORTAL, MONDAY)
        assert session.scalars(select(SignOnTie.account_id)).all() == []
    assert through(desk, provider, person(admin)).get("/desk/me").h1s == ["My account"]
