"""A database of its own for tests of the store: real commits, two landlords made by hand, and the owner's view."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import Engine, create_engine

from portal.settings import Settings
from portal.store.database import Database
from portal.store.scope import LandlordScope
from tests.databases import Servers, fresh_database
from tests.store.rows import a_landlord


@dataclass(frozen=True)
class Two:
    """Two landlords who must not learn of one another."""

    a: UUID
    b: UUID

    @property
    def scope_a(self) -> LandlordScope:
        return LandlordScope(self.a)

    @property
    def scope_b(self) -> LandlordScope:
        return LandlordScope(self.b)


@pytest.fixture(scope="session")
def settings(servers: Servers) -> Iterator[Settings]:
    """Settings of the store's own database."""
    with fresh_database(servers) as found:
        yield found


@pytest.fixture(scope="session")
def database(settings: Settings) -> Iterator[Database]:
    """The store's own database."""
    found = Database(settings)
    yield found
    found.dispose()


@pytest.fixture(scope="session")
def owner(settings: Settings) -> Iterator[Engine]:
    """Somebody who holds the database itself, and could do anything to it."""
    engine = create_engine(settings.owner_url)
    yield engine
    engine.dispose()


@pytest.fixture
def two(database: Database) -> Two:
    """Two new landlords with keys and a policy each."""
    return Two(a_landlord(database), a_landlord(database))
