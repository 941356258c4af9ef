"""`portal staff`: who can sign in at a landlord that was added without code, and who no longer can."""

from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from portal.domain.permissions import Role
from portal.people.cli import staff
from portal.people.models import Membership
from portal.people.service import principal_of, sign_in
from portal.settings import Settings
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import PublicScope
from portal.web.principal import Principal
from tests.desk import Desk

FIRST, SECOND = "four good words here", "four other words now"


@pytest.fixture
def email() -> str:
    """The address of somebody who has no account yet."""
    return f"{new_id().hex}@staff.example"


def run(settings: Settings, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(staff, words, obj=lambda: nullcontext(settings), input=f"{typed}\n")


def token_of(database: Database, email: str, password: str) -> str | None:
    """A sign-in, as the page does it."""
    with database.work(PublicScope()) as session:
        found = sign_in(session, email, password, "a test", datetime.now(UTC))
        return found.token if found else None


def whose(database: Database, token: str) -> Principal | None:
    with database.work(PublicScope()) as session:
        return principal_of(session, token, datetime.now(UTC))


def test_somebody_is_added_and_can_sign_in(
    settings: Settings, database: Database, desk: Desk, email: str
) -> None:
    slug = desk.place.slug
    done = run(settings, "add", slug, email, "--name", "Kasia Nowak", "--role", "officer", typed=FIRST)
    assert done.exit_code == 0, done.output
    token = token_of(database, email, FIRST)
    assert token
    principal = whose(database, token)
    assert principal
    assert principal.roles == {desk.place.id: frozenset({Role.OFFICER})}
    assert "Kasia Nowak" in run(settings, "list", slug).output
    assert FIRST not in done.output


def test_a_new_password_signs_out_everywhere(
    settings: Settings, database: Database, desk: Desk, email: str
) -> None:
    run(settings, "add", desk.place.slug, email, "--name", "Kasia", "--role", "senior", typed=FIRST)
    before = token_of(database, email, FIRST)
    assert before
    assert run(settings, "password", email, typed=SECOND).exit_code == 0
    assert whose(database, before) is None
    assert token_of(database, email, FIRST) is None
    assert token_of(database, email, SECOND)


def test_a_role_that_ended_ends_at_once(
    settings: Settings, database: Database, desk: Desk, email: str
) -> None:
    slug = desk.place.slug
    run(settings, "add", slug, email, "--name", "Kasia Leaver", "--role", "manager", typed=FIRST)
    token = token_of(database, email, FIRST)
    assert token
    assert run(settings, "end", slug, email).exit_code == 0
    principal = whose(database, token)
    assert principal
    assert principal.roles == {}
    assert "Kasia Leaver" not in run(settings, "list", slug).output


def test_what_is_refused_is_told_in_a_sentence(settings: Settings, desk: Desk, email: str) -> None:
    slug = desk.place.slug
    short = run(settings, "add", slug, email, "--name", "Kasia", "--role", "officer", typed="short")
    assert (short.exit_code, "12 characters" in short.output) == (1, True)
    nowhere = run(settings, "list", "nowhere")
    assert (nowhere.exit_code, "no landlord" in nowhere.output) == (1, True)
    nobody = run(settings, "password", email, typed=FIRST)
    assert (nobody.exit_code, "Nobody has an account" in nobody.output) == (1, True)


@pytest.mark.clause("HAV-1.1b")
def test_a_delegation_ends_by_itself_after_its_last_day(
    settings: Settings, database: Database, desk: Desk, email: str
) -> None:
    words = ("add", desk.place.slug, email, "--name", "Robin", "--role", "officer", "--until", "2099-06-30")
    assert "until the end of 2099-06-30" in run(settings, *words, typed=FIRST).output
    token = token_of(database, email, FIRST)
    assert token
    assert whose(database, token).roles
    with desk.place.work() as session:
        ends_at = session.scalars(select(Membership.ends_at)).one()
    assert ends_at == datetime(2099, 6, 30, 23, tzinfo=UTC), "midnight in London, in summer"


def test_a_course_is_recorded_put_right_and_shown_when_it_is_over(
    settings: Settings, desk: Desk, email: str
) -> None:
    slug = desk.place.slug
    run(settings, "add", slug, email, "--name", "Kasia", "--role", "officer", typed=FIRST)
    assert "none on record" in run(settings, "training", "list", slug).output
    course = ("training", "add", slug, email, "Disclosures", "--level", "specialist", "--completed", "2024-01-31")
    assert run(settings, *course, "--until", "2023-01-01").exit_code != 0
    assert run(settings, *course).exit_code == 0
    assert "for good" in run(settings, "training", "list", slug).output
    assert run(settings, *course, "--until", "2025-01-31").exit_code == 0
    listed = run(settings, "training", "list", slug).output
    assert "until 31 January 2025  OVER" in listed
    assert "for good" not in listed
