"""A database and a Redis of its own: schedulers look after every landlord that they find."""

from collections.abc import Iterator

import pytest
from redis import Redis

from portal.reactions import programme as whole_programme
from portal.settings import Settings
from portal.store.database import Database
from portal.work.programme import Pace, Programme
from tests.databases import Servers, fresh_database
from tests.places import Place, a_place

REDIS = 3


@pytest.fixture(scope="module")
def settings(servers: Servers) -> Iterator[Settings]:
    """Settings of this module's own database."""
    with fresh_database(servers, REDIS) as found:
        yield found


@pytest.fixture(scope="module")
def database(settings: Settings) -> Iterator[Database]:
    """This module's own database, without any landlord."""
    found = Database(settings)
    yield found
    found.dispose()


@pytest.fixture
def redis(settings: Settings) -> Iterator[Redis]:
    """An empty Redis."""
    found = Redis.from_url(settings.redis_url)
    found.flushdb()
    yield found
    found.flushdb()
    found.close()


@pytest.fixture
def place(database: Database) -> Place:
    """A landlord under HS-026."""
    return a_place(database)


@pytest.fixture
def programme(settings: Settings) -> Programme:
    """Everything that the portal does."""
    return whole_programme(settings)


@pytest.fixture
def pace() -> Pace:
    """In a hurry."""
    return Pace(look=0.05, beat=0.2, job=3, again=1.0, latest=4.0, patience=0.5)
