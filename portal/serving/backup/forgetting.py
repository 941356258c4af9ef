"""What was erased after a backup was made comes back without its key: it is emptied again, and stays erased."""

import psycopg
from psycopg import sql

from portal.every_table import metadata
from portal.serving.backup.tables import KEYS, STAYS_AS_CODES

Connection = psycopg.Connection[tuple[object, ...]]
KEYLESS = "NOT EXISTS (SELECT FROM record_key k WHERE k.landlord_id = {0}.landlord_id AND k.id = {0}.id)"
CASES = (
    "UPDATE cases SET headline = '', safe_contact = '', summary = '', preferences = '[]', staff_risk = NULL, "  # noqa: S608
    "threat_to_life = false, risk_level = NULL, risk_at = NULL, risk_again_on = NULL, risk_declined_at = NULL, "
    "next_due_at = NULL, next_event = NULL, next_clause = NULL, next_stop_act = NULL, "
    "waiting_for = NULL, waiting_until = NULL, stage = 'closed', closed_at = coalesce(closed_at, now()), "
    f"erased_at = now() WHERE erased_at IS NULL AND {KEYLESS.format('cases')} AND {{here}}"
)
REPORTS = (
    "UPDATE report SET answers = '', headline = '', outcome = NULL, preferences = '[]', match_tokens = '[]', "  # noqa: S608
    f"receipt_hash = NULL WHERE answers <> '' AND {KEYLESS.format('report')} AND {{here}}"
)
CLOCKS = (
    "UPDATE deadline d SET ended_at = now() FROM cases c WHERE c.landlord_id = d.landlord_id AND c.id = d.case_id "
    "AND c.erased_at IS NOT NULL AND d.ended_at IS NULL"
)
REMINDERS = (
    "UPDATE reminder r SET stopped_at = now() FROM deadline d WHERE d.landlord_id = r.landlord_id "
    "AND d.id = r.deadline_id AND d.ended_at IS NOT NULL AND r.sent_at IS NULL AND r.stopped_at IS NULL"
)


def forget(connection: Connection, landlord_id: str | None = None) -> int:
    """Empty every case and report that has no key; how many cases that were."""
    here = sql.SQL("landlord_id = {}").format(sql.Literal(landlord_id)) if landlord_id else sql.SQL("true")
    forgotten = connection.execute(sql.SQL(CASES).format(here=here)).rowcount
    connection.execute(sql.SQL(REPORTS).format(here=here))
    for table in reversed(metadata.sorted_tables):
        if "case_id" in table.columns and table.name not in STAYS_AS_CODES and table.name not in KEYS:
            name = sql.Identifier(table.name)
            connection.execute(
                sql.SQL(
                    "DELETE FROM {0} USING cases c WHERE c.landlord_id = {0}.landlord_id AND c.id = {0}.case_id "
                    "AND c.erased_at IS NOT NULL"
                ).format(name)
            )
    for statement in (CLOCKS, REMINDERS):
        connection.execute(statement)
    return forgotten
