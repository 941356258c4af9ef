"""Databases of their own, for tests that must really commit and be seen by other processes."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Protocol
from uuid import uuid4

from sqlalchemy import create_engine, text

from portal.settings import Settings
from portal.store import migrate


class Servers(Protocol):
    """Where the PostgreSQL and the Redis of this run are found."""

    def database_url(self, name: str = ...) -> str:
        """The owner's address of a database."""
        ...

    def redis_url(self, db: int = ...) -> str:
        """The address of a Redis database."""
        ...


@contextmanager
def empty_database(servers: Servers, redis_db: int = 0, like: str = "template1") -> Iterator[Settings]:
    """A database without any table, or a copy of another one; dropped afterwards."""
    name = f"test_{uuid4().hex[:12]}"
    admin = create_engine(
        Settings(portal_env="test", database_url=servers.database_url()).owner_url,
        isolation_level="AUTOCOMMIT",
    )
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {like}"))
    try:
        yield Settings(
            portal_env="test",
            portal_rate_limits=False,
            database_url=servers.database_url(name),
            redis_url=servers.redis_url(redis_db),
        )
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@contextmanager
def fresh_database(servers: Servers, redis_db: int = 0) -> Iterator[Settings]:
    """A database of its own, migrated: a copy of one that was migrated step by step."""
    with empty_database(servers, redis_db, like=_migrated(servers)) as settings:
        migrate.make_roles(settings)
        yield settings


@cache
def _migrated(servers: Servers) -> str:
    """The name of a database that nobody uses but to copy it; it goes with its server."""
    name = f"migrated_{uuid4().hex[:12]}"
    admin = create_engine(
        Settings(portal_env="test", database_url=servers.database_url()).owner_url,
        isolation_level="AUTOCOMMIT",
    )
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    migrate.upgrade(Settings(portal_env="test", database_url=servers.database_url(name)))
    return name
