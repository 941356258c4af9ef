"""The straight line to the database: prepared statements through libpq, with psycopg's own conversion of values.

Statements are posed, and go to the database together with the first of them whose answer somebody wants: one journey
for all, in their order. A database connection of the pool has one line for its whole life. Why it exists, and why it
does not use psycopg's own pipeline: docs/decisions/0006.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import count
from select import POLLIN, POLLOUT, poll
from typing import Any, NamedTuple, Protocol, cast

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.sql import SQL, Literal

ANSWERED = frozenset({ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK})


class Prepared(Protocol):
    """What a line can send: a statement with numbered places, and what becomes of each row of its answer."""

    name: bytes
    sql: bytes
    formats: list[PyFormat]
    row: Callable[[Sequence[Any]], Any]


class Words(NamedTuple):
    """What the line says by itself, to begin and to end."""

    name: bytes
    sql: bytes


BEGIN, COMMIT = Words(b"lintel_begin", b"BEGIN"), Words(b"lintel_commit", b"COMMIT")
_scopes = count(1)


class Driver(Connection[Any]):
    """The driver's connection, which counts how often it has thrown away all that was prepared.

    It does so after each rollback, to be safe with its own statements, and ours go with them.
    """

    wiped = 0

    def _deallocate(self, name: bytes | None) -> PQGen[None]:
        if name is None:
            self.wiped += 1
        return super()._deallocate(name)


class Posed:
    """A statement on its way with its values; its answer is fetched when somebody wants it, or anything after it."""

    __slots__ = ("_line", "_rows", "formats", "row", "values", "words")

    def __init__(
        self,
        line: "Line",
        words: Words | Prepared,
        values: Sequence[bytes | None],
        formats: Sequence[Format] | None = None,
        row: Callable[[Sequence[Any]], Any] | None = None,
    ) -> None:
        """With its values as the database reads them. `row`: what becomes of each row, where anybody reads them."""
        self.words, self.values, self.formats, self.row = words, values, formats, row
        self._line = line
        self._rows: list[Any] | None = None

    @property
    def rows(self) -> list[Any]:
        """The rows of the answer."""
        if self._rows is None:
            self._line.settle()
        if self._rows is None:
            message = "A transaction ended before it was asked what had been posed in it."
            raise OperationalError(message)
        return self._rows

    def take(self, rows: list[Any]) -> None:
        """This is the answer."""
        self._rows = rows


class Line:
    """One connection's line. What is posed belongs to the transaction that the connection is in."""

    __slots__ = ("_adapt", "_driver", "_pg", "_poll", "_posed", "_prepared", "_wiped")

    def __init__(self, driver: Driver) -> None:
        """On a connection of the driver, which goes on being used beside the line."""
        self._driver, self._pg = driver, driver.pgconn
        self._adapt = Transformer(driver)
        self._poll = poll()
        self._poll.register(self._pg.socket, POLLIN)
        self._posed: list[Posed] = []
        self._prepared: set[bytes] = set()
        self._wiped = driver.wiped

    def begin(self, settings: Mapping[str, str]) -> None:
        """Begin a transaction, if none is under way, and set what row security compares with until it ends.

        This goes before whatever is posed afterwards. What was posed earlier and not sent is gone.
        """
        self._posed = []
        if self._pg.transaction_status == TransactionStatus.IDLE:
            self._posed.append(Posed(self, BEGIN, ()))
        if settings:
            self._posed.append(Posed(self, _setting(tuple(settings)), [each.encode() for each in settings.values()]))

    def pose(self, statement: Prepared, values: Sequence[Any]) -> Posed:
        """Let a statement run after all that was posed before it, before the transaction is committed at the latest."""
        dumped = cast("Sequence[bytes | None]", self._adapt.dump_sequence(values, statement.formats))
        posed = Posed(self, statement, dumped, self._adapt.formats, statement.row)
        self._posed.append(posed)
        return posed

    def settle(self) -> None:
        """Send all that was posed, in one journey, and take the answers. The first refusal is raised."""
        posed, self._posed = self._posed, []
        if not posed:
            return
        if self._wiped != self._driver.wiped:
            self._prepared.clear()
            self._wiped = self._driver.wiped
        for each, answer in zip(posed, self._journey(posed), strict=True):
            each.take(self._read(answer, each.row))

    def commit(self) -> bool:
        """Make it last, if all went well so far; anything else is for the session to end."""
        status = self._pg.transaction_status
        if status != TransactionStatus.INTRANS and not (status == TransactionStatus.IDLE and self._posed):
            return False
        self._posed.append(Posed(self, COMMIT, ()))
        self.settle()
        return True

    def forget(self) -> None:
        """Nothing that was posed is sent any more."""
        self._posed = []

    @property
    def down(self) -> bool:
        """The server is gone, or has hung up."""
        return self._pg.status != ConnStatus.OK

    def _journey(self, posed: Sequence[Posed]) -> list[PGresult]:
        """What the database says to each of these."""
        pg, prepared = self._pg, self._prepared
        try:
            pg.enter_pipeline_mode()
            asked: list[bytes | None] = []
            for each in posed:
                name = each.words.name
                if name not in prepared and name not in asked:
                    pg.send_prepare(name, each.words.sql)
                    asked.append(name)
                pg.send_query_prepared(name, each.values, each.formats)
                asked.append(None)
            pg.pipeline_sync()
            self._flush()
            answers = [self._answer() for _ in asked]
            self._heard()
            pg.exit_pipeline_mode()
        except OperationalError:
            if not self.down:
                raise
            message = "The database has closed the connection."
            raise OperationalError(message) from None
        for made, answer in zip(asked, answers, strict=True):
            if answer.status not in ANSWERED:
                raise error_from_result(answer, self._driver.info.encoding)
            if made:
                prepared.add(made)
        return [answer for made, answer in zip(asked, answers, strict=True) if not made]

    def _read(self, answer: PGresult, row: Callable[[Sequence[Any]], Any] | None) -> list[Any]:
        if not answer.ntuples or row is None:
            return []
        self._adapt.set_pgresult(answer)
        return self._adapt.load_rows(0, answer.ntuples, row)

    def _flush(self) -> None:
        """Send all of it; what the database says meanwhile is taken, so that neither waits for the other."""
        while self._pg.flush():
            self._poll.modify(self._pg.socket, POLLIN | POLLOUT)
            self._poll.poll()
            self._poll.modify(self._pg.socket, POLLIN)
            self._pg.consume_input()

    def _answer(self) -> PGresult:
        """What the database says to the next statement."""
        answer = self._heard()
        self._heard()  # nothing more to this one
        return cast("PGresult", answer)

    def _heard(self) -> PGresult | None:
        while self._pg.is_busy():
            self._poll.poll()
            self._pg.consume_input()
        return self._pg.get_result()


@cache
def _setting(keys: tuple[str, ...]) -> Words:
    """The words that set these until the transaction ends; there are as many of them as kinds of scope."""
    calls = SQL(", ").join(
        SQL("set_config({}, {}, true)").format(Literal(key), SQL(f"${place}")) for place, key in enumerate(keys, 1)
    )
    return Words(b"lintel_scope_%d" % next(_scopes), SQL("SELECT {}").format(calls).as_bytes(None))
