"""Foreign keys and second indexes, taken off while millions of rows come in and put back before measuring."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection
from psycopg.sql import SQL, Identifier

FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace
"""
INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND indexname LIKE 'ix\\_%'
"""
TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relforcerowsecurity AND relnamespace = 'public'::regnamespace
"""


@contextmanager
def loosened(connection: Connection) -> Iterator[None]:
    """Let the owner write past row security, without foreign keys and second indexes; then tighten everything."""
    keys = connection.execute(FOREIGN_KEYS).fetchall()
    indexes = connection.execute(INDEXES).fetchall()
    tables = [name for (name,) in connection.execute(TABLES)]
    for table, name, _ in keys:
        connection.execute(
            SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(Identifier(table), Identifier(name))
        )
    for name, _ in indexes:
        connection.execute(SQL("DROP INDEX {}").format(Identifier(name)))
    for table in tables:
        connection.execute(SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(Identifier(table)))
    connection.commit()
    yield
    for _, definition in indexes:
        connection.execute(SQL(definition))
    for table, name, definition in keys:
        add = SQL("ALTER TABLE {} ADD CONSTRAINT {} ").format(Identifier(table), Identifier(name))
        connection.execute(add + SQL(definition))
    for table in tables:
        connection.execute(SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(Identifier(table)))
    connection.commit()
