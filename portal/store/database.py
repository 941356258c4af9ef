"""Engines by database role, and the one place where a transaction begins and is committed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from json import JSONDecoder
from typing import Any, cast
from uuid import UUID

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.orm import Session, SessionTransaction

from portal.settings import Settings
from portal.store.keys import Cipher, Keyring, MasterKeys
from portal.store.line import Driver, Line
from portal.store.scope import (
    AccountScope,
    AgencyScope,
    ErasureScope,
    LandlordScope,
    NoScopeError,
    PlatformScope,
    PublicScope,
    Scope,
)

ENGINE = {
    "hide_parameters": True,  # an error names the statement, never the values that somebody gave
    "pool_pre_ping": False,
    "pool_size": 8,
    "max_overflow": 8,
    "pool_timeout": 10,
    "pool_recycle": 1800,
    "pool_reset_on_return": None,  # `_undo` does it, without a word to the database where there is nothing to undo
}
_decoded, EMPTY = JSONDecoder().raw_decode, b"[]"  # the database puts nothing around a value
TIMEOUTS = "-c statement_timeout=20s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"


class Glance:
    """What `ask` needs of a session, without one. It has one scope for its whole life, and holds nothing back."""

    __slots__ = ("info",)

    def __init__(self, scope: Scope, line: Line) -> None:
        """On a line that nobody else uses meanwhile."""
        self.info: dict[str, Any] = {"scope": scope, "line": line}

    def flush(self) -> None:
        """Nothing is held back."""


class UnitOfWork(Session):
    """One unit of work in one scope, on one connection of the pool, which it takes with the first question.

    What is written once goes down the line; only what does not gets SQLAlchemy's own connection, on the same one and
    in the same transaction.
    """

    def __init__(self, engine: Engine, keyring: Keyring, scope: Scope) -> None:
        """Take no connection yet."""
        super().__init__(engine, expire_on_commit=False, info={"scope": scope, "keyring": keyring})
        self._engine = engine
        self._taken: PoolProxiedConnection | None = None
        self._dressed: Connection | None = None

    def begin_on_line(self) -> None:
        """Begin in the scope, with no more of SQLAlchemy than the pool."""
        line = _line_on(self._take())
        line.begin(self.info["scope"].settings())
        self.info["line"] = line

    def get_bind(self, *_of: Any, **_which: Any) -> Connection:  # noqa: ANN401 - all is on one connection
        """SQLAlchemy's connection on the one that was taken, where all that was posed has gone before."""
        if line := self.info.get("line"):
            line.settle()
        if self._dressed is None:
            self._dressed = Connection(self._engine, self._take())
        return self._dressed

    def finish(self) -> None:
        """Make all of it last, by the shortest way. Nothing is asked afterwards."""
        self.flush()
        if "line" not in self.info or not self.info["line"].commit():
            self.commit()

    def commit(self) -> None:
        """Make all of it last, whichever way it was asked; what is asked afterwards begins in the scope again."""
        self.flush()
        if line := self.info.pop("line", None):
            line.commit()
        super().commit()

    def rollback(self) -> None:
        """Undo all of it, whichever way it was asked."""
        if line := self.info.pop("line", None):
            line.forget()
        super().rollback()
        if self._taken is not None:
            self._taken.rollback()

    def close(self) -> None:
        """Give the connection back; what was not committed is rolled back by the pool."""
        if self._dressed is not None or self.in_transaction():
            super().close()
        if line := self.info.pop("line", None):
            line.forget()
        taken, self._taken = self._dressed or self._taken, None
        self._dressed = None
        if taken is not None:
            taken.close()

    def forget_if_down(self) -> None:
        """Where the server went away, no connection of the pool is worth keeping."""
        taken = self._dressed or self._taken
        if taken is not None and self._taken is not None and _line_on(self._taken).down:
            taken.invalidate()
            self._engine.dispose()

    def beside(self, scope: Scope) -> "UnitOfWork":
        """Another one on a connection of its own, with other eyes."""
        return UnitOfWork(self._engine, self.info["keyring"], scope)

    def _take(self) -> PoolProxiedConnection:
        if self._taken is None:
            self._taken = self._engine.raw_connection()
        return self._taken


class Database:
    """The portal's connections. Web and workers never get a role that could look past row security."""

    def __init__(self, settings: Settings) -> None:
        """Open no connection yet; pools fill when first used."""
        self.app = _engine(settings.app_url)
        self.relay = _engine(settings.relay_url)
        self.platform = _engine(settings.platform_url)
        self.keyring = Keyring(MasterKeys.of(settings.master_keys))

    def work(self, scope: Scope) -> AbstractContextManager[Session]:
        """One unit of work: committed when the block ends, rolled back when it raises."""
        engine = self.platform if isinstance(scope, (PlatformScope, ErasureScope)) else self.app
        return _committed(UnitOfWork(engine, self.keyring, scope))

    @contextmanager
    def glance(self, scope: PublicScope) -> Iterator[Glance]:
        """For statements that are written once and nothing else: for what every request asks.

        What is posed until an answer is wanted is a transaction by itself, which the database begins and ends with it.
        """
        connection = self.app.raw_connection()
        line = _line_on(connection)
        line.forget()
        try:
            yield Glance(scope, line)
            line.settle()
        except psycopg.OperationalError:
            if line.down:
                connection.invalidate()
                self.app.dispose()
            raise
        finally:
            line.forget()
            connection.close()  # what was not committed is rolled back by the pool

    @contextmanager
    def relay_work(self) -> Iterator[Connection]:
        """The dispatcher's transaction: it sees the outbox and nothing else."""
        with self.relay.begin() as connection:
            yield connection

    def dispose(self) -> None:
        """Close all pooled connections."""
        for engine in (self.app, self.relay, self.platform):
            engine.dispose()


@contextmanager
def _committed(work: UnitOfWork) -> Iterator[Session]:
    with work:
        try:
            yield work
            for write in work.info.pop("last", {}).values():
                write()
            work.finish()
        except psycopg.OperationalError:
            work.forget_if_down()
            raise


@contextmanager
def beside(session: Session, scope: LandlordScope) -> Iterator[Session]:
    """A unit of work of its own beside this one, with other eyes at the same landlord: what a job tells meanwhile."""
    if scope.landlord_id != scope_of(session).landlord_id:
        message = "Another landlord is never looked at beside this one."
        raise NoScopeError(message)
    with _committed(cast("UnitOfWork", session).beside(scope)) as other:
        yield other


@contextmanager
def with_eyes_of(session: Session, scope: AccountScope | AgencyScope) -> Iterator[Session]:
    """A unit of work of its own beside this one, with the eyes of somebody: what a job tells them is there for them."""
    with _committed(cast("UnitOfWork", session).beside(scope)) as other:
        yield other


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


def _from_json(value: bytes) -> object:
    """What a row holds as JSON, which most often is an empty list; the database speaks UTF-8 and nothing else."""
    return [] if value == EMPTY else _decoded(value.decode())[0]


def _undo(driver: Driver, _record: object, _state: object) -> None:
    """Whatever is under way on a connection that comes back to the pool is rolled back."""
    if driver.pgconn.transaction_status != TransactionStatus.IDLE:
        driver.rollback()


def _engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"options": TIMEOUTS}, json_deserializer=_from_json, **ENGINE)
    event.listen(engine, "do_connect", lambda _dialect, _record, args, named: Driver.connect(*args, **named))
    event.listen(engine, "reset", _undo)
    event.listen(engine, "savepoint", lambda connection, *_: _line_on(connection.connection).settle())
    event.listen(engine, "release_savepoint", lambda connection, *_: _line_on(connection.connection).settle())
    event.listen(engine, "rollback_savepoint", lambda connection, *_: _line_on(connection.connection).forget())
    return engine


@event.listens_for(Session, "after_begin")
def _enter_scope(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Tell the database whose rows this transaction may touch; refuse in Python where nobody said."""
    if "line" in session.info:
        return  # it has begun in its scope already
    scope: Scope | None = session.info.get("scope")
    if scope is None:
        message = "A session needs a scope before it may talk to the database."
        raise NoScopeError(message)
    line = _line_on(connection.connection)
    line.begin(scope.settings())
    line.settle()
    session.info["line"] = line


def _line_on(connection: PoolProxiedConnection) -> Line:
    """The line of a connection of the pool, for its whole life."""
    line: Line | None = connection.info.get("line")
    if line is None:
        line = connection.info["line"] = Line(cast("Driver", connection.driver_connection))
    return line


@event.listens_for(Session, "after_transaction_end")
def _leave_line(session: Session, transaction: SessionTransaction) -> None:
    """A line belongs to a session only as long as its transaction: the next one needs its scope set first."""
    if transaction.parent is None and (line := session.info.pop("line", None)):
        line.forget()


def last_of_all(session: Session, what: UUID, write: Callable[[], None]) -> None:
    """Write something only when all else is written; of the same thing, what was asked for last.

    For what may take from the writer the sight of what is being written to.
    """
    session.info.setdefault("last", {})[what] = write


def line_of(session: Session | Glance) -> Line:
    """The line of this session's transaction, which begins, in its scope, if it has not yet."""
    if "line" not in session.info:
        if isinstance(session, UnitOfWork):
            session.begin_on_line()
        elif isinstance(session, Session):
            session.connection()
    line: Line = session.info["line"]
    return line


def scope_of(session: Session | Glance) -> LandlordScope:
    """The landlord's scope of this session; any other kind raises."""
    scope = session.info.get("scope")
    if not isinstance(scope, LandlordScope):
        message = "This needs the scope of one landlord."
        raise NoScopeError(message)
    return scope


def cipher_of(session: Session) -> Cipher:
    """The key of the landlord whose scope this session has, unwrapped once per process."""
    return cipher_at(session, scope_of(session).landlord_id)


def cipher_at(session: Session, landlord_id: UUID) -> Cipher:
    """The key of this landlord: what an agency may open there is decided by which rows and keys it gets."""
    keyring: Keyring = session.info["keyring"]
    return keyring.cipher(session, landlord_id)
