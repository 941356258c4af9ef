"""The roles that web, workers, dispatcher and platform connect as: what each can do, and above all what it cannot."""

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from portal.domain.events import CaseAssigned
from portal.every_table import metadata
from portal.store import outbox
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.row_security import APP_ROLE, APPEND_ONLY, NOT_OWNED, PLATFORM_ROLE, RELAY_ROLE
from portal.store.scope import LandlordScope
from tests.store.conftest import Two
from tests.store.rows import NOW, a_case

ROLES = [APP_ROLE, RELAY_ROLE, PLATFORM_ROLE]
OWNED = sorted(set(metadata.tables) - set(NOT_OWNED))


def refused(connection: Connection, sql: str) -> None:
    """The database itself refuses this, whatever the row and whoever's scope it is."""
    for name, value in LandlordScope(new_id()).settings().items():
        connection.execute(text("SELECT set_config(:name, :value, true)"), {"name": name, "value": value})
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner|must be able to SET ROLE"):
        connection.execute(text(sql))
    connection.rollback()


def engine_of(database: Database, role: str) -> Engine:
    return {APP_ROLE: database.app, RELAY_ROLE: database.relay, PLATFORM_ROLE: database.platform}[role]


@pytest.mark.invariant(1)
@pytest.mark.parametrize("role", ROLES)
def test_no_role_stands_above_row_security(database: Database, owner: Engine, role: str) -> None:
    with engine_of(database, role).connect() as connection:
        assert connection.scalar(text("SELECT current_user")) == role
    with owner.connect() as connection:
        row = connection.execute(
            text("SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles "
                 "WHERE rolname = :role"),
            {"role": role},
        ).one()  # fmt: skip
        member = text("SELECT count(*) FROM pg_auth_members WHERE member = CAST(:role AS regrole)")
        owns = text("SELECT count(*) FROM pg_class WHERE relowner = CAST(:role AS regrole)")
        assert not any(row)
        assert connection.scalar(member, {"role": role}) == 0
        assert connection.scalar(owns, {"role": role}) == 0


@pytest.mark.parametrize("role", ROLES)
def test_no_role_can_become_another_or_change_the_rules(database: Database, role: str) -> None:
    with engine_of(database, role).connect() as connection:
        owner = connection.scalar(
            text("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'cases'")
        )
        for other in {owner, *ROLES} - {role}:
            refused(connection, f"SET ROLE {other}")
            refused(connection, f"SET SESSION AUTHORIZATION {other}")
        refused(connection, "ALTER TABLE cases DISABLE ROW LEVEL SECURITY")
        refused(connection, "DROP POLICY cases_own ON cases")
        refused(connection, "SET session_replication_role = replica")
        refused(connection, "CREATE TABLE public.aside (id int)")
        refused(connection, "COPY (SELECT 1) TO PROGRAM 'true'")
        refused(connection, "SELECT pg_read_file('postgresql.conf')")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_evidence_can_be_added_but_not_changed(database: Database, table: str) -> None:
    column = next(iter(metadata.tables[table].columns)).name
    with database.app.connect() as connection:
        refused(connection, f"UPDATE {table} SET {column} = {column}")
        refused(connection, f"DELETE FROM {table}")
        refused(connection, f"TRUNCATE {table}")


@pytest.mark.parametrize("table", OWNED)
def test_nobody_can_empty_a_table(database: Database, table: str) -> None:
    for engine in (database.app, database.relay, database.platform):
        with engine.connect() as connection:
            refused(connection, f"TRUNCATE {table}")


@pytest.mark.parametrize("table", OWNED)
def test_platform_work_cannot_read_an_owned_table(database: Database, table: str) -> None:
    with database.platform.connect() as connection:
        refused(connection, f"SELECT * FROM {table}")


@pytest.mark.parametrize("table", sorted(set(OWNED) - {"outbox_event", "job_done"}))
def test_the_dispatcher_cannot_read_anything_but_promises(database: Database, table: str) -> None:
    with database.relay.connect() as connection:
        refused(connection, f"SELECT 1 FROM {table}")


@pytest.mark.parametrize("table", ["account", "staff_session", "landlord_key"])
def test_the_dispatcher_knows_nobody(database: Database, table: str) -> None:
    with database.relay.connect() as connection:
        refused(connection, f"SELECT 1 FROM {table}")


def test_the_dispatcher_sees_promises_of_all_landlords_and_only_ticks_them_off(
    database: Database, two: Two
) -> None:
    for scope in (two.scope_a, two.scope_b):
        with database.work(scope) as session:
            outbox.record(session, CaseAssigned(scope.landlord_id, a_case(session), new_id()), NOW)
    with database.relay.connect() as connection:
        found = connection.execute(text("SELECT landlord_id FROM outbox_event")).scalars().all()
        assert {two.a, two.b} <= set(found)
        connection.execute(text("UPDATE outbox_event SET dispatched_at = now()"))
        connection.rollback()
        connection.execute(text("SELECT event_id FROM job_done"))
        refused(connection, "UPDATE outbox_event SET ids = '{}'")
        refused(connection, "INSERT INTO job_done SELECT * FROM job_done")


@pytest.mark.parametrize("table", ["landlord", "landlord_key"])
def test_web_and_workers_cannot_change_landlords_or_keys(database: Database, table: str) -> None:
    with database.app.connect() as connection:
        connection.execute(text(f"SELECT 1 FROM {table}"))
        refused(connection, f"UPDATE {table} SET made_at = now()")
        refused(connection, f"DELETE FROM {table}")
        refused(connection, f"INSERT INTO {table} SELECT * FROM {table}")
