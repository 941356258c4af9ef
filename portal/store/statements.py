"""Statements that are written once, in SQLAlchemy's words, and run by the shortest way: for what people wait for.

They run in the session's own transaction and scope, after all that the session still holds back. To write a
statement anew for each request costs ten times the processor time of running one: docs/decisions/0006.
"""

from collections import namedtuple
from collections.abc import Callable, Collection, Sequence
from itertools import count
from typing import Any, TypeVar

from psycopg.adapt import PyFormat
from psycopg.types.json import Jsonb
from sqlalchemy import JSON, BindParameter, LargeBinary, Uuid, bindparam, cast, func, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.visitors import cloned_traverse
from sqlalchemy.types import TypeEngine

from portal.store.base import Base
from portal.store.database import Glance, line_of, scope_of
from portal.store.line import Posed

Answer = TypeVar("Answer")
Later = Callable[[], Answer]
"""What was posed, for whoever takes the answer; until then other things can be posed, and make the journey with it."""
_DIALECT = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
_numbers = count(1)


def given(name: str, kind: type[TypeEngine[Any]] | TypeEngine[Any]) -> BindParameter[Any]:
    """Stands in a statement for what is given with each use."""
    return bindparam(name, None, type_=kind)


HERE = given("here", Uuid())
"""The landlord whose scope the session has: filled in by `ask`, and never by whoever asks."""


WHO_ASKS = cast(func.nullif(func.current_setting("portal.account_id", true()), ""), Uuid)
"""The account that the database knows to be asking, in this transaction; nobody where it knows none."""


class Statement:
    """One statement, with a name for whatever changes from one use to the next; made when its module is loaded.

    What does not change stands in it literally, so that the database can choose an index that is made for it.
    """

    __slots__ = ("_json", "_names", "formats", "name", "row", "scoped", "sql")

    def __init__(self, clause: ClauseElement) -> None:
        """Write it out once."""
        compiled: Any = cloned_traverse(clause, {}, {"bindparam": _literally}).compile(
            dialect=_DIALECT, compile_kwargs={"render_postcompile": True}
        )
        self.sql, self.name = str(compiled).encode(), b"lintel_%d" % next(_numbers)
        self._names = tuple(dict.fromkeys(compiled.positiontup))  # a name that stands twice has one number
        self._json = frozenset(name for name, bind in compiled.binds.items() if isinstance(bind.type, JSON))
        self.scoped = HERE.key in self._names
        self.formats = [
            PyFormat.BINARY if isinstance(compiled.binds[name].type, LargeBinary) else PyFormat.TEXT
            for name in self._names
        ]
        columns = [each[0] for each in compiled._result_columns]  # noqa: SLF001 - nowhere else said by name
        row: Any = namedtuple("Row", columns, rename=True)  # type: ignore[misc]  # noqa: PYI024
        self.row: Callable[[Sequence[Any]], Any] = row._make

    def places(self, values: dict[str, Any]) -> Sequence[Any]:
        """The values in the order of their places; a name that was not given is a KeyError."""
        for name in self._json:
            values[name] = None if values[name] is None else Jsonb(values[name])
        return [values[name] for name in self._names]


def _literally(bind: BindParameter[Any]) -> None:
    if bind.unique:  # a value that stood in the statement; what is given with each use has a name of its own
        bind.literal_execute = True


def adding(model: type[Base], but: Collection[str] = (), *, once: bool = False) -> Statement:
    """Adds one row of a table to the landlord of the scope; what is left out of it is left to the database.

    With `once`, nothing where such a row is there already.
    """
    table = model.metadata.tables[model.__tablename__]
    columns = [each for each in table.columns if each.name not in but]
    places = {each.name: given(each.name, each.type) for each in columns}
    added = insert(table).values(places | {"landlord_id": HERE})
    return Statement(added.on_conflict_do_nothing() if once else added)


def pose(session: Session | Glance, statement: Statement, **values: Any) -> Posed:  # noqa: ANN401 - of any kind
    """Let a statement run with these values. Its `rows` are there when they are wanted.

    Whatever is posed before somebody wants an answer makes one journey to the database, and what nobody waits for goes
    along with the next, at the latest when the unit of work is committed. What is refused is raised then.
    """
    session.flush()
    if statement.scoped:
        values[HERE.key] = scope_of(session).landlord_id
    return line_of(session).pose(statement, statement.places(values))


def ask(session: Session | Glance, statement: Statement, **values: Any) -> list[Any]:  # noqa: ANN401 - rows of any kind
    """Run a statement with these values; the rows of its answer, whose columns have names."""
    return pose(session, statement, **values).rows


def ask_one(session: Session | Glance, statement: Statement, **values: Any) -> Any:  # noqa: ANN401
    """The first row, or None."""
    rows = ask(session, statement, **values)
    return rows[0] if rows else None
