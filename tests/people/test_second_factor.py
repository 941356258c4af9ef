"""A password alone is not enough where a second factor is set up or asked for, and nobody is locked out by it."""

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from portal.domain.permissions import Role
from portal.people.proving.models import Authenticator, RecoveryCode
from portal.people.proving.rules import DEFAULT_ROLES, default_of
from portal.people.throttle import FREE_TRIES
from portal.settings import Env
from portal.store.account_keys import box_of_account, rewrap_accounts
from portal.store.audit import AuditEntry, Fact
from portal.store.database import Database
from portal.store.keys import Keyring, MasterKeys
from portal.store.scope import PlatformScope, PublicScope
from tests.client import PageClient
from tests.conftest import Clock, Staff
from tests.desk import MONDAY, Desk, a_desk

CODE = re.compile(r"[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}")


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "havebury")


def figures(secret: str, desk: Desk) -> str:
    """What an app shows at the moment of the desk's clock."""
    assert desk.clock.at
    return pyotp.TOTP(secret).at(desk.clock.at)


def with_app(desk: Desk, who: Staff, client: PageClient | None = None) -> tuple[str, list[str]]:
    """Set up an app for somebody through the pages: its secret, and the recovery codes."""
    client = client or desk.client(who=who)
    client.get("/desk/me/sign-in")
    client.submit(form="app/begin")
    secret = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', client.page.html)[1].replace(" ", "")
    page = client.submit({"code": figures(secret, desk)}, form="sign-in/app")
    assert page.h1s == ["Your recovery codes"]
    return secret, CODE.findall(page.html)


def later(desk: Desk, **some: int) -> None:
    desk.clock.at = (desk.clock.at or MONDAY) + timedelta(**some)


def begun(desk: Desk, who: Staff) -> PageClient:
    """A new browser in which the password has been given."""
    client = PageClient(desk.app)
    client.get("/desk/sign-in")
    client.submit({"email": who.email, "password": who.password})
    return client


def test_whoever_has_an_app_gives_its_figures_before_anything_opens(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    secret, _ = with_app(desk, who)
    later(desk, minutes=1)
    client = begun(desk, who)
    assert client.page.h1s == ["Your second factor"]
    assert client.get(f"{desk.url}/policy").h1s == ["Sign in"]
    client.get("/desk/sign-in/second")
    client.submit({"code": "12x"}, status=422)
    page = client.submit({"code": figures(secret, desk)})
    assert page.h1s == ["My work"]


def test_figures_serve_once(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    secret, _ = with_app(desk, who)
    later(desk, minutes=1)
    shown = figures(secret, desk)
    assert begun(desk, who).submit({"code": shown}).h1s == ["My work"]
    assert "used before" in begun(desk, who).submit({"code": shown}, status=422).text


def test_figures_of_an_hour_ago_and_of_somebody_else_do_not_fit(desk: Desk) -> None:
    who, other = desk.somebody(Role.OFFICER), desk.somebody(Role.OFFICER)
    secret, _ = with_app(desk, who)
    others, _ = with_app(desk, other)
    later(desk, hours=1)
    client = begun(desk, who)
    client.submit({"code": pyotp.TOTP(secret).at(desk.clock.at - timedelta(hours=1))}, status=422)
    client.submit({"code": figures(others, desk)}, status=422)


def test_a_recovery_code_serves_once_instead_of_the_telephone(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    _, codes = with_app(desk, who)
    assert len(set(codes)) == 10
    page = begun(desk, who).submit({"code": codes[3].upper().replace("-", " ")})
    assert page.h1s == ["My work"]
    begun(desk, who).submit({"code": codes[3]}, status=422)
    client = begun(desk, who)
    client.submit({"code": codes[4]})
    assert "8 of 10 are left" in client.get("/desk/me/sign-in").text


def test_the_secret_is_sealed_and_of_a_code_only_the_hash_is_kept(desk: Desk, database: Database) -> None:
    who = desk.somebody(Role.OFFICER)
    secret, codes = with_app(desk, who)
    with database.work(PublicScope()) as session:
        kept = session.scalars(select(Authenticator).where(Authenticator.account_id == who.account_id)).one()
        hashes = session.scalars(select(RecoveryCode.code_hash).where(RecoveryCode.account_id == who.account_id)).all()
    assert secret.encode() not in kept.sealed
    assert len(hashes) == 10
    assert not any(code.replace("-", "").encode() in each for code in codes for each in hashes)


def test_a_new_master_key_opens_what_the_old_one_sealed(desk: Desk, database: Database) -> None:
    who = desk.somebody(Role.OFFICER)
    with_app(desk, who)
    old = database.keyring.masters
    keys = {"new": bytes(32), **old.keys}
    with database.work(PlatformScope("rotate")) as session:
        assert rewrap_accounts(session, MasterKeys("new", keys)) >= 1
        assert rewrap_accounts(session, MasterKeys("new", keys)) == 0
    with database.work(PublicScope()) as session:
        session.info["keyring"] = Keyring(MasterKeys("new", {"new": bytes(32)}))
        kept = session.scalars(select(Authenticator).where(Authenticator.account_id == who.account_id)).one()
        assert len(box_of_account(session, who.account_id, MONDAY).open("authenticator", kept.id, kept.sealed)) == 32
    with database.work(PlatformScope("rotate")) as session:
        rewrap_accounts(session, MasterKeys(old.current, keys))


def test_guesses_from_many_lines_share_one_pause_and_a_known_device_has_its_own(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    known = PageClient(desk.app)
    known.sign_in(who)
    secret, _ = with_app(desk, who, known)
    later(desk, minutes=1)
    for number in range(FREE_TRIES + 1):
        guesser = PageClient(desk.app)
        guesser.http.environ_base["REMOTE_ADDR"] = f"203.0.113.{number}"
        guesser.get("/desk/sign-in")
        guesser.submit({"email": who.email, "password": who.password})
        page = guesser.submit({"code": "000000"}, status=422 if number < FREE_TRIES else 429)
    assert "The account is not locked" in page.text
    known.submit(form="sign-out") if known.get("/desk/") else None
    known.get("/desk/sign-in")
    known.submit({"email": who.email, "password": who.password})
    assert known.submit({"code": figures(secret, desk)}).h1s == ["My work"]
    assert "several wrong codes" in known.get("/desk/me/sign-in").text


def test_between_the_two_steps_it_is_over_after_ten_minutes(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    secret, _ = with_app(desk, who)
    client = begun(desk, who)
    later(desk, minutes=11)
    page = client.submit({"code": figures(secret, desk)})
    assert page.h1s == ["Sign in"]
    assert "took too long" in page.text


def set_rule(desk: Desk, *roles: Role, minutes: int = 15) -> None:
    client = desk.client(Role.MANAGER)
    client.get(f"{desk.url}/sign-in-rule")
    client.submit({"roles": [each.value for each in roles], "minutes": str(minutes)}, form="sign-in-rule")


def test_whose_role_needs_a_second_factor_sets_one_up_before_anything_else_opens(desk: Desk) -> None:
    who, board = desk.somebody(Role.OFFICER), desk.somebody(Role.BOARD)
    set_rule(desk, Role.OFFICER, Role.MANAGER)
    client = PageClient(desk.app)
    client.sign_in(who)
    assert client.get(f"{desk.url}/policy").h1s == ["How I sign in"]
    client.post(f"{desk.url}/confidence", {})
    assert client.page.h1s == ["How I sign in"]
    with_app(desk, who, client)
    assert client.get(f"{desk.url}/policy").h1s != ["How I sign in"]
    client.get("/desk/me/sign-in")
    page = client.submit(form="app/remove")
    assert "this is the only one" in page.text
    assert desk.client(who=board).get(f"{desk.url}/policy").h1s != ["How I sign in"]


def test_a_role_that_needs_one_opens_nothing_in_a_sign_in_that_began_without(desk: Desk) -> None:
    """The danger: a password alone, typed before anybody thought of cases, would read them for the rest of the day."""
    leads, who = desk.client(Role.MANAGER), desk.somebody(Role.BOARD)
    set_rule(desk, Role.MANAGER)
    here, at_home = PageClient(desk.app), PageClient(desk.app)
    for each in (here, at_home):
        each.sign_in(who)
        assert each.get(f"{desk.url}/policy").h1s != ["How I sign in"]
    leads.get(f"{desk.url}/roles/{who.account_id}")
    leads.submit({"roles": ["manager"]}, form=str(who.account_id))
    for each in (here, at_home):
        assert each.get(f"{desk.url}/team").h1s == ["How I sign in"], "on every device"
    with_app(desk, who, here)
    assert here.get(f"{desk.url}/team").h1s != ["How I sign in"]


def test_the_rule_shows_who_lacks_one_and_two_who_change_it_do_not_overwrite_each_other(desk: Desk) -> None:
    with_app(desk, desk.somebody(Role.OFFICER, name="Ada App"))
    desk.somebody(Role.OFFICER, name="Pat Password")
    one, two = desk.client(Role.MANAGER), desk.client(Role.MANAGER)
    assert "the portal’s default holds" in one.get(f"{desk.url}/sign-in-rule").text
    two.get(f"{desk.url}/sign-in-rule")
    one.submit({"roles": ["officer"], "minutes": "10"}, form="sign-in-rule")
    refused = two.submit({"roles": [], "minutes": "99"}, form="sign-in-rule", status=422)
    assert "between 2 and 60" in refused.text
    page = two.submit({"roles": ["board"], "minutes": "20"}, form="sign-in-rule", status=409)
    assert "Somebody changed this meanwhile" in page.text
    text = one.get(f"{desk.url}/sign-in-rule").html
    rows = {name: text.partition(name)[2].partition("</tr>")[0] for name in ("Ada App", "Pat Password")}
    assert "Needed and missing" in rows["Pat Password"]
    assert "App" in rows["Ada App"]
    assert "missing" not in rows["Ada App"]
    with desk.place.work() as session:
        found = session.scalars(
            select(AuditEntry.detail).where(AuditEntry.fact == Fact.SIGN_IN_RULE_CHANGED)
        ).all()
    assert found == ["minutes:10 officer"]


def test_production_asks_whoever_reads_cases_or_keeps_people_and_a_demonstration_asks_nobody() -> None:
    assert set(Role) - {Role.FRONT_DESK, Role.BOARD, Role.SUPPORT} == DEFAULT_ROLES
    assert default_of(Env.PRODUCTION).roles == DEFAULT_ROLES
    assert default_of(Env.PRODUCTION).agencies
    assert not default_of(Env.DEMO).held


def test_another_password_needs_the_old_one_and_ends_every_other_sign_in(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    here, there = desk.client(who=who), desk.client(who=who)
    here.get("/desk/me/sign-in/password")
    here.submit({"old": "not it", "new": "seven green lanterns"}, form="password", status=422)
    page = here.submit({"old": who.password, "new": "seven green lanterns"}, form="password")
    assert "all your other sign-ins have ended" in page.text
    assert there.get("/desk/").h1s == ["Sign in"]
