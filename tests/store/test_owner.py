"""Whoever owns the tables needs no superuser to migrate, and then reads no case either."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from portal.settings import Settings
from portal.store import migrate
from portal.store.database import Database
from portal.store.migrate import RoleTooStrongError
from portal.store.row_security import APP_ROLE, PLATFORM_ROLE, RELAY_ROLE
from portal.store.scope import LandlordScope
from tests.databases import Servers, empty_database
from tests.store.rows import a_case, a_landlord

ROLES = (APP_ROLE, RELAY_ROLE, PLATFORM_ROLE)


@pytest.fixture
def ordinary(servers: Servers) -> Iterator[Settings]:
    """Settings with an owner such as managed servers give: it may create roles, and is no superuser."""
    with empty_database(servers) as settings:
        url = make_url(settings.owner_url)
        migrate.make_roles(settings)
        strong = create_engine(url, isolation_level="AUTOCOMMIT")
        with strong.connect() as connection:
            connection.execute(text("CREATE ROLE ordinary LOGIN CREATEROLE PASSWORD 'x'"))
            connection.execute(text(f"ALTER DATABASE {url.database} OWNER TO ordinary"))
            for role in ROLES:
                connection.execute(
                    text(f"GRANT {role} TO ordinary WITH ADMIN TRUE, INHERIT FALSE, SET FALSE")
                )
            found = url.set(username="ordinary", password="x").render_as_string(hide_password=False)
            yield settings.model_copy(update={"database_url": found})
            connection.execute(text("DROP OWNED BY ordinary CASCADE"))
            connection.execute(text(f"ALTER DATABASE {url.database} OWNER TO CURRENT_USER"))
            connection.execute(text("DROP ROLE ordinary"))
        strong.dispose()


def test_an_ordinary_owner_migrates_and_sees_no_row(ordinary: Settings) -> None:
    migrate.upgrade(ordinary)
    database = Database(ordinary)
    landlord_id = a_landlord(database)
    with database.work(LandlordScope(landlord_id)) as session:
        a_case(session)
    database.dispose()
    owner = create_engine(ordinary.owner_url)
    with owner.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM landlord")) == 1
        assert connection.scalar(text("SELECT count(*) FROM cases")) == 0
        assert connection.execute(text("DELETE FROM cases")).rowcount == 0
    owner.dispose()


@pytest.mark.parametrize("strength", ["BYPASSRLS", "SUPERUSER", "CREATEROLE"])
def test_a_role_that_could_look_past_row_security_is_refused(settings: Settings, strength: str) -> None:
    engine = create_engine(settings.owner_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"ALTER ROLE {RELAY_ROLE} {strength}"))
        try:
            with pytest.raises(RoleTooStrongError, match=f"ALTER ROLE {RELAY_ROLE} NOSUPERUSER NOBYPASSRLS"):
                migrate.make_roles(settings)
        finally:
            connection.execute(text(f"ALTER ROLE {RELAY_ROLE} NO{strength}"))
    engine.dispose()
