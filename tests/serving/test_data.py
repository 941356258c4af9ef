"""What was found in the database decides whether the portal may start on it."""

import base64
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import update

from portal.landlords.faults import PackFaults
from portal.landlords.onboarding import Loaded
from portal.people.models import Account
from portal.people.staff import add_staff
from portal.serving import start
from portal.serving.data import may_be_migrated, may_be_used
from portal.serving.progress import Progress
from portal.serving.refusals import CannotStartError
from portal.serving.start import prepare
from portal.settings import Env, Settings
from portal.store import migrate
from portal.store.database import Database
from portal.store.keys import Keyring, MasterKeys
from portal.store.scope import PublicScope
from tests.databases import Servers, empty_database
from tests.places import a_place

PRODUCTION = {"portal_env": Env.PRODUCTION}


def test_a_folder_with_faults_is_told_with_where_it_lies(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = StringIO()
    elsewhere = settings.model_copy(update={"portal_landlords_dir": tmp_path})
    monkeypatch.setattr(start, "load_all", lambda *_: [Loaded("whg", None, PackFaults(()))])
    prepare(elsewhere, Progress(said), lambda *_: None)
    assert f"portal policy check {tmp_path}/whg" in said.getvalue()


def test_production_never_runs_on_the_people_of_a_demonstration(settings: Settings, database: Database) -> None:
    """Their password is printed at every start of a demonstration."""
    production = settings.model_copy(update=PRODUCTION)
    may_be_used(production, database)
    invented = add_staff(
        database,
        email=f"{uuid4().hex}@demo.example",
        name="Robin Example",
        password="kettle-lantern-orchard-42",
        roles={},
        demo=True,
        now=datetime.now(UTC),
    )
    try:
        with pytest.raises(CannotStartError, match="invented people"):
            may_be_used(production, database)
        may_be_used(settings, database)
    finally:
        with database.work(PublicScope()) as session:
            session.execute(update(Account).where(Account.id == invented).values(demo=False))


def test_a_master_key_of_another_portal_is_told_before_anybody_is_let_in(
    settings: Settings, database: Database
) -> None:
    a_place(database)
    other = settings.model_copy(update={"portal_master_key": base64.b64encode(b"x" * 32).decode()})
    strange = Database(settings)
    strange.keyring = Keyring(MasterKeys.of(other.master_keys))
    try:
        with pytest.raises(CannotStartError, match="PORTAL_MASTER_KEY"):
            may_be_used(other, strange)
    finally:
        strange.dispose()


def test_whoever_would_be_refused_changes_nothing_first(servers: Servers) -> None:
    """Above all not the passwords of the roles, which come from the master key: what runs there would be shut out."""
    with empty_database(servers) as settings:
        may_be_migrated(settings)
        migrate.upgrade(settings)
        running = Database(settings)
        a_place(running)
        other = settings.model_copy(update={"portal_master_key": base64.b64encode(b"x" * 32).decode()})
        try:
            with pytest.raises(CannotStartError, match="PORTAL_MASTER_KEY"):
                prepare(other, Progress(), lambda *_: None)
            with psycopg.connect(settings.app_url.replace("+psycopg", "")) as connection:
                assert connection.execute("SELECT current_user").fetchone() == ("portal_app",)
        finally:
            running.dispose()
            migrate.make_roles(settings)
