"""Engines by database role, and the one place where a transaction begins and is committed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session, SessionTransaction

from portal.settings import Settings
from portal.store.keys import Cipher, Keyring, MasterKeys
from portal.store.scope import ErasureScope, LandlordScope, NoScopeError, PlatformScope, Scope

ENGINE = {
    "hide_parameters": True,  # an error names the statement, never the values that somebody gave
    "pool_pre_ping": False,
    "pool_size": 8,
    "max_overflow": 8,
    "pool_timeout": 10,
    "pool_recycle": 1800,
}
TIMEOUTS = "-c statement_timeout=20s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"


class Database:
    """The portal's connections. Web and workers never get a role that could look past row security."""

    def __init__(self, settings: Settings) -> None:
        """Open no connection yet; pools fill when first used."""
        self.app = _engine(settings.app_url)
        self.relay = _engine(settings.relay_url)
        self.platform = _engine(settings.platform_url)
        self.keyring = Keyring(MasterKeys.of(settings.master_keys))

    @contextmanager
    def work(self, scope: Scope) -> Iterator[Session]:
        """One unit of work: committed when the block ends, rolled back when it raises."""
        engine = self.platform if isinstance(scope, (PlatformScope, ErasureScope)) else self.app
        with Session(
            engine, expire_on_commit=False, info={"scope": scope, "keyring": self.keyring}
        ) as session:
            yield session
            session.commit()

    @contextmanager
    def relay_work(self) -> Iterator[Connection]:
        """The dispatcher's transaction: it sees the outbox and nothing else."""
        with self.relay.begin() as connection:
            yield connection

    def dispose(self) -> None:
        """Close all pooled connections."""
        for engine in (self.app, self.relay, self.platform):
            engine.dispose()


def erasing(settings: Settings) -> Callable[[UUID], AbstractContextManager[Session]]:
    """How the nightly job begins a unit of work that may remove the rows of erased cases at one landlord."""

    @contextmanager
    def begin(landlord_id: UUID) -> Iterator[Session]:
        database = Database(settings)
        try:
            with database.work(ErasureScope(landlord_id)) as session:
                yield session
        finally:
            database.dispose()

    return begin


def _engine(url: str) -> Engine:
    return create_engine(url, connect_args={"options": TIMEOUTS}, **ENGINE)


@event.listens_for(Session, "after_begin")
def _enter_scope(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Tell the database whose rows this transaction may touch; refuse in Python where nobody said."""
    scope: Scope | None = session.info.get("scope")
    if scope is None:
        message = "A session needs a scope before it may talk to the database."
        raise NoScopeError(message)
    settings = scope.settings()
    if settings:
        calls = ", ".join(f"set_config(:k{i}, :v{i}, true)" for i in range(len(settings)))
        values: dict[str, Any] = {}
        for i, (key, value) in enumerate(settings.items()):
            values |= {f"k{i}": key, f"v{i}": value}
        connection.execute(text(f"SELECT {calls}"), values)


def scope_of(session: Session) -> LandlordScope:
    """The landlord's scope of this session; any other kind raises."""
    scope = session.info.get("scope")
    if not isinstance(scope, LandlordScope):
        message = "This needs the scope of one landlord."
        raise NoScopeError(message)
    return scope


def cipher_of(session: Session) -> Cipher:
    """The key of the landlord whose scope this session has, unwrapped once per process."""
    keyring: Keyring = session.info["keyring"]
    return keyring.cipher(session, scope_of(session).landlord_id)
