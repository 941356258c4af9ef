"""Tokens of a landlord's own systems: given by nobody beyond what they may do, shown once, ending, on record."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.app import create_app
from portal.domain.permissions import Role
from portal.domain.systems import ApiScope
from portal.settings import Settings
from portal.store.audit import AuditEntry, Fact
from portal.systems.tokens.models import SystemToken
from portal.web import limits
from tests.client import PageClient
from tests.desk import Desk
from tests.systems.conftest import Caller, Calls


def made(desk: Desk, client: PageClient, *scopes: ApiScope, status: int = 200) -> str:
    client.get(f"{desk.url}/systems")
    client.submit({"system": "Repairs", "scopes": list(scopes), "lasts": "30"}, form="/systems", status=status)
    assert client.page
    found = re.search(r"lt_[\w-]{40,}", client.page.html)
    return found[0] if found else ""


def test_an_administrator_makes_a_token_that_is_shown_once_works_until_it_ends_and_leaves_each_call_on_record(
    desk: Desk,
) -> None:
    client = desk.client(Role.ADMINISTRATOR)
    secret = made(desk, client, ApiScope.POLICY_READ)
    assert "Never yet" in client.get(f"{desk.url}/systems").text
    assert secret not in client.page.html, "shown this once"  # type: ignore[union-attr]
    system = Caller(desk, secret)
    assert system.get("/policy")["reference"] == "HS-026"
    assert system.get("/due-counts", 403)["status"] == 403
    with desk.place.work() as session:
        token = session.scalars(select(SystemToken)).one()
        rows = session.scalars(
            select(AuditEntry).where(AuditEntry.subject_id == token.id).order_by(AuditEntry.position)
        ).all()
    assert secret.encode() not in token.token
    assert [(each.fact, each.detail, each.account_id) for each in rows[1:]] == [
        (Fact.SYSTEM_CALLED, "api.policy", None),
        (Fact.SYSTEM_REFUSED, "api.counts", None),
    ]
    assert {each.actor for each in rows[1:]} == {"Repairs (system)"}
    assert "Never yet" not in client.get(f"{desk.url}/systems").text
    desk.clock.at += timedelta(days=30)  # type: ignore[operator]
    assert system.get("/policy", 401)["title"] == "Unauthorized"


def test_an_ended_token_and_one_of_another_landlord_open_nothing(desk: Desk, caller: Calls) -> None:
    system = caller()
    client = desk.client(Role.ADMINISTRATOR)
    client.get(f"{desk.url}/systems")
    system.get("/policy")
    Caller(desk, "lt_wrong").get("/policy", 401)
    elsewhere = desk.app.test_client().get(
        "/api/star/v1/policy", headers={"Authorization": f"Bearer {system.secret}"}
    )
    never = desk.app.test_client().get(
        "/api/no-such-landlord/v1/policy", headers={"Authorization": f"Bearer {system.secret}"}
    )
    assert (elsewhere.status_code, elsewhere.data) == (never.status_code, never.data) == (401, never.data)
    page = client.submit(form="/end")
    assert "It opens nothing any more." in page.text
    system.get("/policy", 401)


@pytest.fixture
def slow_app(desk: Desk, settings: Settings) -> Iterator[Flask]:
    """The application with its limits on, and with nothing counted yet."""
    found = create_app(settings.model_copy(update={"portal_rate_limits": True}), now=desk.clock)
    with found.app_context():
        limits.limiter.reset()
    yield found
    with found.app_context():
        limits.limiter.reset()
    limits.limiter.enabled = False
    found.extensions["portal"].database.dispose()
    found.extensions["portal"].redis.close()


def test_a_flood_is_slowed_by_token_and_wrong_tokens_by_their_line(
    desk: Desk, caller: Calls, slow_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SYSTEM_CALLS", "3 per minute")
    monkeypatch.setattr(limits, "REFUSED_CALLS", "2 per minute")
    one, other = caller(), caller()
    desk.app = slow_app
    for status in (200, 200, 200, 429):
        said = one.get("/policy", status)
    assert (said["status"], said["type"]) == (429, "about:blank")
    other.get("/policy")
    for status in (401, 401, 429):
        Caller(desk, "lt_guessed").get("/policy", status)


def test_nobody_lets_a_system_do_what_they_may_not_do_themselves(desk: Desk) -> None:
    """An administrator opens no case, and so makes no token that opens one."""
    client = desk.client(Role.ADMINISTRATOR)
    page = client.get(f"{desk.url}/systems")
    assert 'value="cases.read"' not in page.html
    assert "Read how one case stands." in page.text, "and is told whom to ask"
    assert made(desk, client, ApiScope.CASES_READ, status=422) == ""
    assert made(desk, desk.client(Role.MANAGER), ApiScope.CASES_READ)
    for role in (Role.OFFICER, Role.AUDITOR):
        desk.client(role).get(f"{desk.url}/systems", status=403)
