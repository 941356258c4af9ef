"""Bringing a backup back: everything into an empty database, or one landlord into a living one, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from portal.every_table import metadata
from portal.serving.backup import tables
from portal.serving.backup.forgetting import forget
from portal.serving.backup.making import plain_url, refuse_the_blind, revision
from portal.serving.backup.reading import TableIn, fit, reading
from portal.serving.refusals import CannotStartError
from portal.settings import Settings
from portal.store import migrate

Connection = psycopg.Connection[tuple[object, ...]]


def restore_everything(settings: Settings, records: Path, keys: Path) -> int:
    """Into a database without landlords, in the shape in which it was kept, then brought up to date.

    How many records stay forgotten: those that were erased after the records were kept.
    """
    head, _ = fit(records, keys)
    if head.landlord:
        raise CannotStartError("This is the backup of one landlord: restore it with --landlord.")
    with psycopg.connect(plain_url(settings)) as connection:
        _refuse_the_living(connection)
    migrate.upgrade(settings, head.revision)
    with psycopg.connect(plain_url(settings)) as connection, _at_rest(connection):
        for path in (records, keys):
            with reading(path, settings.master_keys) as (_, found):
                for table in found:
                    _copy(connection, table)
        forgotten = forget(connection)
        _count_on(connection)
    migrate.upgrade(settings)
    return forgotten


def restore_landlord(settings: Settings, records: Path, keys: Path, landlord_id: str) -> int:
    """One landlord as it was kept, in the place of what it has now; every other landlord stays as it is.

    The keys of the living database hold where it has any: they know what was erased up to this moment.
    """
    head, _ = fit(records, keys)
    if head.landlord != landlord_id:
        raise CannotStartError("This backup is not of this landlord alone.")
    with psycopg.connect(plain_url(settings)) as connection, _at_rest(connection):
        if revision(connection) != head.revision:
            raise CannotStartError(
                f"This backup was kept in shape {head.revision}, the database has {revision(connection)}. Restore it "
                "with the release that made it, beside this one, and bring that up to date."
            )
        _take_out(connection, landlord_id)
        with reading(records, settings.master_keys) as (_, found):
            for table in found:
                (_copy if _replaced(table.name) else _add)(connection, table)
        if not _has_keys(connection, landlord_id):
            with reading(keys, settings.master_keys) as (_, found):
                for table in found:
                    _copy(connection, table)
        forgotten = forget(connection, landlord_id)
        _count_on(connection)
    return forgotten


def _refuse_the_living(connection: Connection) -> None:
    there = connection.execute("SELECT to_regclass('landlord') IS NOT NULL").fetchone()
    if there and there[0] and connection.execute("SELECT 1 FROM landlord LIMIT 1").fetchone():
        raise CannotStartError("This database holds landlords. Everything is restored into an empty one only.")


@contextmanager
def _at_rest(connection: Connection) -> Iterator[None]:
    """Rows come in as they were: what watches over changes rests meanwhile; references are looked at all the same."""
    refuse_the_blind(connection)
    connection.execute("SET LOCAL row_security = off")
    for verb in ("DISABLE", "ENABLE"):
        for table in metadata.sorted_tables:
            connection.execute(sql.SQL(f"ALTER TABLE {{}} {verb} TRIGGER USER").format(sql.Identifier(table.name)))
        if verb == "DISABLE":
            yield


def _copy(connection: Connection, table: TableIn, into: str | None = None) -> None:
    if table.name not in metadata.tables:
        raise CannotStartError("This backup holds a table that this release does not know.")
    names = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(into or table.name), names)
    with connection.cursor() as cursor, cursor.copy(query) as rows:
        for data in table.rows():
            rows.write(data)


def _add(connection: Connection, table: TableIn) -> None:
    """People and agencies whom others know as well: only those that are missing."""
    beside, name = f"restored_{table.name}", sql.Identifier(table.name)
    connection.execute(sql.SQL("CREATE TEMP TABLE {} (LIKE {}) ON COMMIT DROP").format(sql.Identifier(beside), name))
    _copy(connection, table, beside)
    names = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {} ON CONFLICT DO NOTHING").format(
            name, names, names, sql.Identifier(beside)
        )
    )


def _replaced(name: str) -> bool:
    """Is what stands there now taken out? Not what others know as well, no key, and no line of the audit."""
    return tables.owned(metadata.tables[name]) and name not in tables.KEYS and name not in tables.ONLY_ADDED


def _take_out(connection: Connection, landlord_id: str) -> None:
    for table in reversed(metadata.sorted_tables):
        if _replaced(table.name):
            connection.execute(
                sql.SQL("DELETE FROM {} WHERE landlord_id = %s").format(sql.Identifier(table.name)), (landlord_id,)
            )


def _has_keys(connection: Connection, landlord_id: str) -> bool:
    found = connection.execute("SELECT 1 FROM record_key WHERE landlord_id = %s LIMIT 1", (landlord_id,)).fetchone()
    return found is not None


def _count_on(connection: Connection) -> None:
    """What the database counts up by itself goes on after the highest number that came back."""
    connection.execute(
        "SELECT setval(pg_get_serial_sequence('audit_entry', 'position'), "
        "greatest((SELECT coalesce(max(position), 1) FROM audit_entry), "
        "nextval(pg_get_serial_sequence('audit_entry', 'position'))))"
    )
