"""Migrations: the models are what they lead to, and each can be undone and done again, with rows in the tables."""

import subprocess
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from portal.domain.events import CaseAssigned
from portal.serving.postgres import programs
from portal.settings import Settings
from portal.store import audit, migrate, outbox, search
from portal.store.audit import PORTAL, Fact
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import LandlordScope
from tests.conventions import catalogue
from tests.databases import Servers, empty_database
from tests.store.rows import NOW, a_case, a_landlord, an_account


@pytest.fixture
def empty(servers: Servers) -> Iterator[Settings]:
    """A database without tables."""
    with empty_database(servers) as found:
        yield found


def revisions(settings: Settings) -> list[str]:
    """From the newest to the first."""
    return [
        each.revision
        for each in ScriptDirectory.from_config(migrate.config(settings.owner_url)).walk_revisions()
    ]


def shape(settings: Settings) -> str:
    """The whole schema in SQL, row security and rights included."""
    url = settings.owner_url.replace("+psycopg", "")
    done = subprocess.run(
        [programs() / "pg_dump", "--schema-only", "--restrict-key=x", url],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def fill(settings: Settings) -> None:
    """Something in most tables."""
    database = Database(settings)
    landlord_id = a_landlord(database)
    account_id = an_account(database, landlord_id)
    with database.work(LandlordScope(landlord_id)) as session:
        case_id = a_case(session)
        search.index(session, case_id, search.name_keys("Sam"))
        outbox.record(session, CaseAssigned(landlord_id, case_id, account_id), NOW)
        audit.record(session, Fact.CASE_OPENED, PORTAL, NOW, subject="case", subject_id=new_id())
    database.dispose()


def test_the_models_are_what_the_migrations_lead_to(settings: Settings) -> None:
    command.check(migrate.config(settings.owner_url))


def test_there_is_one_newest_migration(settings: Settings) -> None:
    script = ScriptDirectory.from_config(migrate.config(settings.owner_url))
    assert len(script.get_heads()) == 1
    assert all(each.doc for each in script.walk_revisions())


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
def test_migrations_can_be_undone_and_done_again(empty: Settings, filled: bool) -> None:
    migrate.upgrade(empty)
    before = shape(empty)
    if filled:
        fill(empty)
    for revision in [*revisions(empty)[1:], "base"]:
        migrate.downgrade(empty, revision)
    with catalogue.catalogue(empty) as connection:
        assert set(catalogue.kinds(connection)) == {"alembic_version"}
    migrate.upgrade(empty)
    assert shape(empty) == before


def test_each_migration_can_be_undone_by_itself(empty: Settings) -> None:
    for revision in reversed(revisions(empty)):
        migrate.upgrade(empty, revision)
        after = shape(empty)
        migrate.downgrade(empty, "-1")
        migrate.upgrade(empty, revision)
        assert shape(empty) == after


def test_migrating_twice_changes_nothing(empty: Settings) -> None:
    migrate.upgrade(empty)
    before = shape(empty)
    migrate.upgrade(empty)
    assert shape(empty) == before
