"""The straight line to the database: prepared statements through libpq, with psycopg's own conversion of values.

A database connection of the pool has one line for its whole life. Why it exists: docs/decisions/0006.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol, cast

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.sql import SQL, Literal

ANSWERED = frozenset({ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK})
SCOPES_KEPT = 1024


class Prepared(Protocol):
    """What a line can send: a statement with numbered places, and what becomes of each row of its answer."""

    name: bytes
    sql: bytes
    formats: list[PyFormat]
    row: Callable[[Sequence[Any]], Any]


class Driver(Connection[Any]):
    """The driver's connection, which counts how often it has thrown away all that was prepared.

    It does so after each rollback, to be safe with its own statements, and ours go with them.
    """

    wiped = 0

    def _deallocate(self, name: bytes | None) -> PQGen[None]:
        if name is None:
            self.wiped += 1
        return super()._deallocate(name)


class Line:
    """One connection's line. What is sent belongs to the transaction that the connection is in."""

    __slots__ = ("_adapt", "_driver", "_pg", "_prepared", "_wiped")

    def __init__(self, driver: Driver) -> None:
        """On a connection of the driver, which goes on being used beside the line."""
        self._driver, self._pg = driver, driver.pgconn
        self._adapt = Transformer(driver)
        self._prepared: set[bytes] = set()
        self._wiped = driver.wiped

    def begin(self, settings: Mapping[str, str]) -> None:
        """Begin a transaction, if none is under way, and set what row security compares with until it ends."""
        begun = self._pg.transaction_status != TransactionStatus.IDLE
        words = _setting(tuple(settings.items())) if settings else b""
        if words or not begun:
            self._checked(self._pg.exec_(words if begun else b"BEGIN; " + words))

    def send(self, statement: Prepared, values: Sequence[Any]) -> list[Any]:
        """Run a statement, prepared at its first use on this connection; the rows of its answer."""
        if self._wiped != self._driver.wiped:
            self._prepared.clear()
            self._wiped = self._driver.wiped
        if statement.name not in self._prepared:
            self._checked(self._pg.prepare(statement.name, statement.sql))
            self._prepared.add(statement.name)
        adapt = self._adapt
        dumped = cast("Sequence[bytes]", adapt.dump_sequence(values, statement.formats))  # or None, for NULL
        answer = self._checked(self._pg.exec_prepared(statement.name, dumped, adapt.formats))
        if not answer.ntuples:
            return []
        adapt.set_pgresult(answer)
        return adapt.load_rows(0, answer.ntuples, statement.row)

    def commit(self) -> bool:
        """Make it last, if all went well so far; anything else is for the session to end."""
        if self._pg.transaction_status != TransactionStatus.INTRANS:
            return False
        self._checked(self._pg.exec_(b"COMMIT"))
        return True

    @property
    def down(self) -> bool:
        """The server is gone, or has hung up."""
        return self._pg.status != ConnStatus.OK

    def _checked(self, answer: PGresult) -> PGresult:
        if answer.status not in ANSWERED:
            if self.down:
                message = "The database has closed the connection."
                raise OperationalError(message)
            raise error_from_result(answer, self._driver.info.encoding)
        return answer


@lru_cache(SCOPES_KEPT)
def _setting(settings: tuple[tuple[str, str], ...]) -> bytes:
    """The words that set these until the transaction ends; a scope has the same ones each time."""
    call = SQL("set_config({}, {}, true)")
    calls = SQL(", ").join(call.format(Literal(key), Literal(value)) for key, value in settings)
    return SQL("SELECT {}").format(calls).as_bytes(None)
