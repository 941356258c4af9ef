"""What PostgreSQL itself says about the tables: read from its catalogue, so that no migration can be forgotten."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, create_engine, text

from portal.settings import Settings

HERE = "n.nspname = 'public'"


@dataclass(frozen=True)
class Policy:
    """One row-security policy."""

    table: str
    name: str
    roles: tuple[str, ...]
    command: str
    using: str
    check: str
    only_narrows: bool


@dataclass(frozen=True)
class Link:
    """One foreign key: its columns, and those that they point at."""

    table: str
    name: str
    columns: tuple[str, ...]
    to: str
    to_columns: tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """One index by its columns in order."""

    table: str
    name: str
    columns: tuple[str, ...]
    unique: bool


@contextmanager
def catalogue(settings: Settings) -> Iterator[Connection]:
    """A connection as the owner, closed afterwards."""
    engine = create_engine(settings.owner_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def kinds(connection: Connection) -> dict[str, str]:
    """Everything with rows in it, and what it is: r a table, p a partitioned one, v a view, m a stored view."""
    rows = connection.execute(
        text(
            "SELECT c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            f"WHERE {HERE} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
        )
    )
    return {row.relname: row.relkind for row in rows}


def secured(connection: Connection) -> dict[str, tuple[bool, bool]]:
    """For each table, whether row security is on, and whether the owner is under it as well."""
    rows = connection.execute(
        text(
            "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c "
            f"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {HERE} AND c.relkind IN ('r', 'p')"
        )
    )
    return {row.relname: (row.relrowsecurity, row.relforcerowsecurity) for row in rows}


def policies(connection: Connection) -> list[Policy]:
    """Every row-security policy."""
    rows = connection.execute(
        text(
            "SELECT tablename, policyname, roles::text[] AS roles, cmd, permissive = 'RESTRICTIVE' AS narrows, "
            "coalesce(qual, '') AS using, coalesce(with_check, '') AS check "
            "FROM pg_policies WHERE schemaname = 'public'"
        )
    )
    return [
        Policy(r.tablename, r.policyname, tuple(r.roles), r.cmd, r.using, r.check, r.narrows) for r in rows
    ]


def links(connection: Connection) -> list[Link]:
    """Every foreign key."""
    names = (
        "(SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest({keys}) WITH ORDINALITY k(number, place) "
        "JOIN pg_attribute a ON a.attrelid = {table} AND a.attnum = k.number)"
    )
    ours = names.format(keys="o.conkey", table="o.conrelid")
    theirs = names.format(keys="o.confkey", table="o.confrelid")
    rows = connection.execute(
        text(
            f"SELECT o.conrelid::regclass::text AS here, o.conname, {ours} AS ours, "
            f"o.confrelid::regclass::text AS there, {theirs} AS theirs FROM pg_constraint o "
            f"JOIN pg_namespace n ON n.oid = o.connamespace WHERE {HERE} AND o.contype = 'f'"
        )
    )
    return [Link(r.here, r.conname, tuple(r.ours), r.there, tuple(r.theirs)) for r in rows]


def indexes(connection: Connection) -> list[Index]:
    """Every index, those of primary keys and unique constraints included."""
    rows = connection.execute(
        text(
            "SELECT i.indrelid::regclass::text AS here, c.relname, i.indisunique, "
            "(SELECT array_agg(coalesce(a.attname::text, '(words)') ORDER BY k.place) "
            "FROM unnest(i.indkey::int[]) WITH ORDINALITY k(number, place) "
            "LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number > 0) AS columns "
            "FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            f"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {HERE}"
        )
    )
    return [Index(r.here, r.relname, tuple(r.columns), r.indisunique) for r in rows]


def grants(connection: Connection) -> dict[str, dict[str, str]]:
    """Who may do what: by role, then by table, as letters of pg_class.relacl (r, a, w, d, D, x, t, m)."""
    rows = connection.execute(
        text(
            "SELECT CASE WHEN g.grantee = 0 THEN 'public' ELSE pg_get_userbyid(g.grantee) END AS who, c.relname, "
            "string_agg(lower(g.privilege_type), ' ' ORDER BY g.privilege_type) AS may "
            "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) g "
            f"WHERE {HERE} AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND g.grantee <> c.relowner GROUP BY 1, 2"
        )
    )
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row.who, {})[row.relname] = row.may
    return found
