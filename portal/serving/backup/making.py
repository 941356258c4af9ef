"""Making a backup: every row in one consistent view, sealed as it is written; nothing readable touches a disk."""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Table

from portal.serving.backup import tables
from portal.serving.backup.sealed_file import LENGTH_BYTES, SealedWriter
from portal.serving.refusals import CannotStartError
from portal.settings import Settings

RECORDS, KEYS = "records", "keys"
KEYS_FILE = "keys.lintel"
PRIVATE = 0o600


def plain_url(settings: Settings) -> str:
    """The owner's address as the driver itself reads it."""
    return settings.owner_url.replace("postgresql+psycopg://", "postgresql://", 1)


def make(settings: Settings, folder: Path, now: datetime, landlord_id: str | None = None) -> tuple[Path, int]:
    """Write the records to a file of their own, and the keys over those of last time; how many rows there are."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"records-{now:%Y%m%dT%H%M%S-%f}.lintel"
    with psycopg.connect(plain_url(settings)) as connection:
        begin(connection)
        about = {"made_at": now.isoformat(), "revision": revision(connection), "landlord": landlord_id}
        rows = 0
        for part, found, to in (
            (RECORDS, tables.records(), path),
            (KEYS, tables.keys(), folder / KEYS_FILE),
        ):
            rows += _write(connection, settings, to, found, {**about, "part": part})
    return path, rows


def begin(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """One view of everything, as a role that sees everything: a part left out is noticed only once it is missed."""
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    connection.execute("SET LOCAL row_security = off")
    refuse_the_blind(connection)


def refuse_the_blind(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Row security holds for whoever owns the tables too."""
    sees = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    if not sees or not sees[0]:
        raise CannotStartError(
            "The role in DATABASE_URL does not see past row security, so its backup would be empty. For backups and "
            "restoring, name one that does: CREATE ROLE portal_backup LOGIN BYPASSRLS IN ROLE of the tables’ owner."
        )


def revision(connection: "psycopg.Connection[tuple[object, ...]]") -> str:
    """The shape of the database."""
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else ""


def _write(
    connection: "psycopg.Connection[tuple[object, ...]]",
    settings: Settings,
    path: Path,
    found: Iterable[Table],
    about: dict[str, str | None],
) -> int:
    """Beside its place first, and put there once it is whole: a run that fails leaves the last good file."""
    master, key = next(iter(settings.master_keys.items()))
    beside, rows = path.with_suffix(".part"), 0
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE), "wb") as file:
        sealed = SealedWriter(file, key, master=master, **about)
        for table in found:
            where = tables.of_landlord(table, about["landlord"]) if about["landlord"] else tables.EVERYTHING
            if where is not None:
                rows += _copy(connection, sealed, table, where)
        sealed.finish()
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return rows


def _copy(
    connection: "psycopg.Connection[tuple[object, ...]]", sealed: SealedWriter, table: Table, where: sql.Composable
) -> int:
    head = json.dumps({"table": table.name, "columns": [each.name for each in table.columns]}).encode()
    sealed.write(len(head).to_bytes(LENGTH_BYTES) + head)
    query = sql.SQL("COPY (SELECT {} FROM {} WHERE {}) TO STDOUT").format(
        tables.columns(table), sql.Identifier(table.name), where
    )
    with connection.cursor() as cursor:
        with cursor.copy(query) as rows:
            for data in rows:
                sealed.write(len(data).to_bytes(LENGTH_BYTES) + bytes(data))
        sealed.write((0).to_bytes(LENGTH_BYTES))
        return cursor.rowcount
