"""A database for one measurement, dropped afterwards, and a Redis of its own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from socket import socket

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from portal.landlords.onboarding import load_all
from portal.serving.embedded import EmbeddedServers
from portal.serving.progress import Progress
from portal.settings import Settings
from portal.store import migrate
from portal.store.database import Database


@dataclass(frozen=True, slots=True)
class Scratch:
    """Settings of the scratch database, a folder for logs, and the process of a server that was brought along."""

    settings: Settings
    folder: Path
    postgres: int | None


@contextmanager
def scratch(settings: Settings, name: str, now: datetime, progress: Progress) -> Iterator[Scratch]:
    """On the server that DATABASE_URL names, or on an embedded one; migrated, with the landlords, without cases."""
    own = not settings.database_url
    with (
        _folder(settings.data_dir / name) as folder,
        EmbeddedServers(folder, postgres=own, progress=progress) as servers,
    ):
        on = servers.addressed(settings.model_copy(update={"redis_url": ""}))
        database_name = f"lintel_bench_{token_hex(4)}"
        admin = create_engine(on.owner_url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {database_name}"))
        try:
            found = _addressed(on, database_name)
            migrate.upgrade(found)
            database = Database(found)
            load_all(database, settings.portal_landlords_dir, now)
            database.dispose()
            yield Scratch(found, folder, servers.children[0].pid if own else None)
        finally:
            with admin.connect() as connection:
                connection.execute(text(f"DROP DATABASE {database_name} WITH (FORCE)"))
            admin.dispose()


@contextmanager
def _folder(folder: Path) -> Iterator[Path]:
    """Empty before and gone afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port that nothing listens on at this moment."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _addressed(settings: Settings, name: str) -> Settings:
    url = make_url(settings.owner_url).set(database=name, drivername="postgresql")
    return settings.model_copy(
        update={
            "database_url": url.render_as_string(hide_password=False),
            "database_app_url": "",
            "database_relay_url": "",
            "database_platform_url": "",
            "portal_port": free_port(),
            "portal_proxies": 1,
        }
    )
