"""What tests stand on: a real PostgreSQL and a real Redis, the six landlords, and some invented staff."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import hypothesis
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.app import create_app
from portal.domain.permissions import Role
from portal.landlords.onboarding import load_all
from portal.people.staff import add_staff
from portal.serving.embedded import EmbeddedServers
from portal.settings import Settings
from portal.store.database import Database
from portal.store.scope import LandlordScope, PublicScope
from portal.store.tenancy import Landlord
from tests.client import PageClient
from tests.databases import fresh_database
from tests.hurry import hurried_servers
from tests.learned import learned

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "correct horse battery staple"

hypothesis.settings.register_profile("portal", deadline=None)  # how long one example takes says nothing here
hypothesis.settings.load_profile("portal")


@pytest.fixture(scope="session")
def servers() -> Iterator[EmbeddedServers]:
    """One PostgreSQL and one Redis for this run of the tests, on their own and gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="lintel-"))
    with hurried_servers(folder) as found:
        yield found
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def settings(servers: EmbeddedServers) -> Iterator[Settings]:
    """Settings of the database that most tests share. Tests make their own cases in it and expect no emptiness."""
    with fresh_database(servers) as found:
        yield found


@pytest.fixture(scope="session")
def database(settings: Settings) -> Iterator[Database]:
    """The shared database with the six landlords in it."""
    found = Database(settings)
    load_all(found, ROOT / "landlords", datetime.now(UTC))
    yield found
    found.dispose()


@pytest.fixture(scope="session")
def landlords(database: Database) -> dict[str, UUID]:
    """The landlords' ids by slug."""
    with database.work(PublicScope()) as session:
        return {row.slug: row.id for row in session.query(Landlord)}


@dataclass
class Clock:
    """A clock that tests can set; without that it shows the real time."""

    at: datetime | None = None

    def __call__(self) -> datetime:
        return self.at or datetime.now(UTC)


@pytest.fixture(scope="session")
def the_clock() -> Clock:
    """The one clock of the one app."""
    return Clock()


@pytest.fixture
def clock(the_clock: Clock) -> Clock:
    """The app's clock, showing the real time until the test sets it."""
    the_clock.at = None
    return the_clock


@pytest.fixture(scope="session")
def the_app(database: Database, settings: Settings, the_clock: Clock) -> Iterator[Flask]:
    """The whole web application, made once: it takes a while to read its templates."""
    found = create_app(settings, now=the_clock)
    yield found
    found.extensions["portal"].database.dispose()
    found.extensions["portal"].redis.close()


@pytest.fixture
def app(the_app: Flask, clock: Clock) -> Flask:
    """The whole web application, which has not heard of any landlord yet."""
    the_app.extensions["landlords"]._read_at = -1e9
    return the_app


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser without JavaScript that checks every page it is given."""
    return PageClient(app)


@dataclass(frozen=True)
class Staff:
    """An invented member of staff."""

    account_id: UUID
    email: str
    name: str
    roles: dict[str, tuple[Role, ...]] = field(default_factory=dict)
    password: str = PASSWORD


class StaffMaker:
    """Makes staff: `make(havebury=[Role.OFFICER], star=[Role.SENIOR])`."""

    def __init__(self, database: Database, landlords: dict[str, UUID]) -> None:
        self.database, self.landlords = database, landlords

    def __call__(self, *, name: str = "Robin Example", offers: tuple[str, ...] = (), post: str | None = None,
                 on_duty: bool = False, **roles: list[Role]) -> Staff:  # fmt: skip
        email = f"{uuid4().hex[:10]}@staff.example"
        by_landlord = {slug.replace("_", "-"): tuple(held) for slug, held in roles.items()}
        account_id = add_staff(
            self.database,
            email=email,
            name=name,
            password=PASSWORD,
            roles={self.landlords[slug]: held for slug, held in by_landlord.items()},
            offers=offers,
            post=post,
            on_duty=on_duty,
            now=datetime.now(UTC),
        )
        for slug in by_landlord:
            learned(self.database, self.landlords[slug], account_id)
        return Staff(account_id, email, name, by_landlord)


@pytest.fixture
def staff(database: Database, landlords: dict[str, UUID]) -> StaffMaker:
    """Makes invented staff."""
    return StaffMaker(database, landlords)


@pytest.fixture
def signed_in(app: Flask, staff: StaffMaker) -> Callable[..., PageClient]:
    """A client in which somebody with these roles is signed in: `signed_in(havebury=[Role.OFFICER])`."""

    def sign_in(**roles: list[Role]) -> PageClient:
        client = PageClient(app)
        client.come_in(staff(**roles))
        return client

    return sign_in


@pytest.fixture
def scoped(
    database: Database, landlords: dict[str, UUID]
) -> Callable[[str], AbstractContextManager[Session]]:
    """Opens a unit of work at the landlord with this slug."""
    return lambda slug: database.work(LandlordScope(landlords[slug]))


os.environ.setdefault("PORTAL_ENV", "test")
