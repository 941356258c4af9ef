"""Which tables a backup holds, in which part, and which rows of them belong to one landlord."""

from psycopg import sql
from sqlalchemy import Table

from portal.every_table import metadata

KEYS = ("record_key", "shared_key")
"""The keys of records. They stand in a file of their own, of which only the newest is kept: once a record is erased
its key is in no backup, and so neither is the record."""
NEVER = frozenset({"staff_session", "challenge", "heartbeat", "draft"})
"""Who is signed in or about to be, which processes run, and what somebody has not sent: none of it is to come back."""
ONLY_ADDED = frozenset({"landlord_key", "audit_entry", "audit_seal"})
"""Of these the living database has all that a backup has and more; nothing is ever taken out of them."""
STAYS_AS_CODES = frozenset({"deadline", "report"})
"""Of an erased case: see portal.cases.retention.jobs."""

Where = sql.Composable
EVERYTHING = sql.SQL("true")


def records() -> list[Table]:
    """Every table but the keys, each after those that it refers to."""
    return [each for each in metadata.sorted_tables if each.name not in NEVER and each.name not in KEYS]


def keys() -> list[Table]:
    """The tables of keys."""
    return [each for each in metadata.sorted_tables if each.name in KEYS]


def owned(table: Table) -> bool:
    """Are its rows a landlord's?"""
    return "landlord_id" in table.columns


def of_landlord(table: Table, landlord_id: str) -> Where | None:
    """Which rows go with one landlord: its own, and the people and agencies that these name; None for no rows."""
    if owned(table):
        return sql.SQL("landlord_id = {}").format(sql.Literal(landlord_id))
    if table.name == "landlord":
        return sql.SQL("id = {}").format(sql.Literal(landlord_id))
    named = [
        sql.SQL("SELECT {} FROM {} WHERE landlord_id = {}").format(
            sql.Identifier(key.parent.name), sql.Identifier(other.name), sql.Literal(landlord_id)
        )
        for other in metadata.sorted_tables
        if owned(other) and other.name not in NEVER
        for key in other.foreign_keys
        if key.column.table is table and key.column.name == "id"
    ]
    return sql.SQL("id IN ({})").format(sql.SQL(" UNION ").join(named)) if named else None


def columns(table: Table) -> sql.Composable:
    """Its columns by name, so that their order in the database does not matter."""
    return sql.SQL(", ").join(sql.Identifier(each.name) for each in table.columns)
