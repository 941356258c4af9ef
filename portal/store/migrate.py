"""Bringing a database to the newest shape: its roles first, then the migrations."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

from portal.domain.errors import PortalError
from portal.settings import Settings
from portal.store.row_security import APP_ROLE, PLATFORM_ROLE, RELAY_ROLE

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


class RoleTooStrongError(PortalError):
    """A role that web, workers or platform connect as could look past row security."""

    def __init__(self, role: str) -> None:
        """Say what to do about it."""
        super().__init__(
            f"The database role {role} could look past row security. Run, as a superuser: "
            f"ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB."
        )


def config(url: str) -> Config:
    """Alembic's configuration for the database at this address."""
    found = Config(MIGRATIONS / "alembic.ini")
    found.attributes["url"] = url
    return found


def upgrade(settings: Settings, revision: str = "head") -> None:
    """Make the roles where they are missing, then migrate as the owner.

    A database that is at the newest revision is left alone: to migrate, every table's definition has to be loaded.
    """
    make_roles(settings)
    if not (revision == "head" and _is_newest(settings)):
        command.upgrade(config(settings.owner_url), revision)


def _is_newest(settings: Settings) -> bool:
    newest = ScriptDirectory.from_config(config(settings.owner_url)).get_current_head()
    engine = create_engine(settings.owner_url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() == newest
    finally:
        engine.dispose()


def downgrade(settings: Settings, revision: str) -> None:
    """Undo migrations down to a revision."""
    command.downgrade(config(settings.owner_url), revision)


def make_roles(settings: Settings) -> None:
    """Create or refresh the three roles that the portal connects as; none may look past row security."""
    engine = create_engine(settings.owner_url, isolation_level="AUTOCOMMIT")
    addresses = {
        APP_ROLE: settings.app_url,
        RELAY_ROLE: settings.relay_url,
        PLATFORM_ROLE: settings.platform_url,
    }
    try:
        with engine.connect() as connection:
            for role, url in addresses.items():
                _make_role(connection, role, make_url(url).password or "")
    finally:
        engine.dispose()


def _make_role(connection: Connection, role: str, password: str) -> None:
    """As a superuser or as an ordinary owner that may create roles, which is all that managed servers give."""
    connection.execute(
        text(f"DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    )
    literal = sql.Literal(password).as_string(connection.connection.driver_connection)
    connection.execute(text(f"ALTER ROLE {role} LOGIN NOINHERIT PASSWORD {literal}".replace(":", r"\:")))
    if connection.scalar(_TOO_STRONG, {"role": role}):
        raise RoleTooStrongError(role)
    database = connection.engine.url.database
    connection.execute(text(f'GRANT CONNECT ON DATABASE "{database}" TO {role}'))


_TOO_STRONG = text(
    "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = :role"
)
