"""Bringing a database to the newest shape: its roles first, then the migrations."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

from portal.settings import Settings
from portal.store.row_security import APP_ROLE, PLATFORM_ROLE, RELAY_ROLE

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def config(url: str) -> Config:
    """Alembic's configuration for the database at this address."""
    found = Config(MIGRATIONS / "alembic.ini")
    found.attributes["url"] = url
    return found


def upgrade(settings: Settings, revision: str = "head") -> None:
    """Make the roles where they are missing, then migrate as the owner."""
    make_roles(settings)
    command.upgrade(config(settings.owner_url), revision)


def downgrade(settings: Settings, revision: str) -> None:
    """Undo migrations down to a revision."""
    command.downgrade(config(settings.owner_url), revision)


def make_roles(settings: Settings) -> None:
    """Create or refresh the three roles that the portal connects as; none may look past row security."""
    engine = create_engine(settings.owner_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for role, url in (
            (APP_ROLE, settings.app_url),
            (RELAY_ROLE, settings.relay_url),
            (PLATFORM_ROLE, settings.platform_url),
        ):
            _make_role(connection, role, make_url(url).password or "")
    engine.dispose()


def _make_role(connection: Connection, role: str, password: str) -> None:
    connection.execute(
        text(f"DO $$ BEGIN CREATE ROLE {role} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    )
    literal = sql.Literal(password).as_string(connection.connection.driver_connection)
    connection.execute(
        text(
            f"ALTER ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT "
            f"PASSWORD {literal}".replace(":", r"\:")
        )
    )
    database = connection.engine.url.database
    connection.execute(text(f'GRANT CONNECT ON DATABASE "{database}" TO {role}'))
