"""Rows on their way into COPY: each table's columns as the models have them, missing values as NULL."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.sql import SQL, Identifier
from sqlalchemy import Column
from sqlalchemy.sql.schema import CallableColumnDefault, ScalarElementColumnDefault

from portal.store.base import Base

Value = object
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def cell(value: Value) -> str:
    """One value as COPY reads it."""
    if value is None:
        return r"\N"
    if isinstance(value, bytes):
        return rf"\\x{value.hex()}"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (bool, int, UUID)):
        return str(value)
    return (value if isinstance(value, str) else json.dumps(value)).translate(ESCAPES)


class Sheet:
    """Rows of one table."""

    def __init__(self, model: type[Base]) -> None:
        """Every column but those that the database numbers itself."""
        table = model.metadata.tables[model.__tablename__]
        self.table = table.name
        self.columns = [column.name for column in table.columns if column.identity is None]
        self._given = {column.name: given for column in table.columns if (given := _default(column)) is not None}
        self._lines: list[str] = []

    def add(self, row: Mapping[str, Value]) -> None:
        """One more row."""
        full = {**self._given, **row}
        self._lines.append("\t".join(cell(full.get(column)) for column in self.columns))

    def copy(self, connection: Connection) -> int:
        """Send the rows to the database, and begin anew."""
        wanted = SQL("COPY {} ({}) FROM STDIN").format(
            Identifier(self.table), SQL(", ").join(map(Identifier, self.columns))
        )
        rows, self._lines = self._lines, []
        if rows:
            with connection.cursor() as cursor, cursor.copy(wanted) as copy:
                copy.write("\n".join(rows) + "\n")
        return len(rows)


def _default(column: Column[Any]) -> Value:
    """What the model gives where nobody says anything: a value, or what makes one."""
    if isinstance(column.default, CallableColumnDefault):
        return column.default.arg({})  # type: ignore[arg-type]  # none of ours asks what it is made for
    return column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None
