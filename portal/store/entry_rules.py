"""Row security of what agencies write beside a shared case, and of what they are asked to do there.

It is there for an agency as long as the case is (portal.store.row_security.GRANT_THERE). A landlord finds what an
agency wrote only where the agency shows it.
"""

from portal.store.row_security import APP_ROLE, AT_AGENCY, OWN_AGENCY, OWN_LANDLORD, there_for_agency

_OWN = "nullif(current_setting('portal.agency_id', true), '')::uuid"


def _shared(table: str, also: str = "") -> str:
    return (
        f"EXISTS (SELECT FROM agency_grant g WHERE g.landlord_id = {table}.landlord_id "
        f"AND g.id = {table}.grant_id AND g.case_id = {table}.case_id "
        f"AND g.agency_id = {table}.agency_id AND g.accepted{also})"
    )


def _either(agency: str, landlord: str) -> str:
    return f"CASE WHEN {AT_AGENCY} THEN {agency} ELSE {OWN_LANDLORD} AND {landlord} END"


ENTRY_READ = _either(_shared("agency_entry"), "shown")
ENTRY_ADDED = _either(_shared("agency_entry", f" AND agency_entry.agency_id = {_OWN}"), "false")
TASK_READ = _either(_shared("agency_task"), "true")
TASK_ADDED = _either("false", "true")
TASK_CHANGED = _either(_shared("agency_task"), "true")
KEY_THERE = there_for_agency(
    "(landlord_id, id) IN (SELECT g.landlord_id, g.id FROM agency_grant g "
    "UNION ALL SELECT s.landlord_id, s.id FROM shared_section s "
    "UNION ALL SELECT e.landlord_id, e.id FROM agency_entry e "
    "UNION ALL SELECT d.landlord_id, d.id FROM agency_task d "
    "UNION ALL SELECT f.landlord_id, f.id FROM marac_referral f "
    "UNION ALL SELECT p.landlord_id, p.id FROM marac_paper p "
    "UNION ALL SELECT t.landlord_id, t.id FROM marac_action t "
    "UNION ALL SELECT n.landlord_id, n.id FROM marac_minutes n)"
)
"""A key is there, and can be given, where what it opens is there."""


def within_agency(table: str, rule: str = OWN_AGENCY) -> list[str]:
    """The statements for a table that only its own agency's scope reads and writes; nobody removes from it."""
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_read ON {table} FOR SELECT TO {APP_ROLE} USING ({rule})",
        f"CREATE POLICY {table}_add ON {table} FOR INSERT TO {APP_ROLE} WITH CHECK ({rule})",
        f"CREATE POLICY {table}_change ON {table} FOR UPDATE TO {APP_ROLE} USING ({rule})",
        f"GRANT SELECT, INSERT, UPDATE ON {table} TO {APP_ROLE}",
    ]


WORKERS_OF_IT = (
    f"{OWN_AGENCY} AND EXISTS (SELECT FROM agency_member m JOIN account c ON c.id = m.account_id AND c.active "
    f"WHERE m.agency_id = {_OWN} AND m.account_id = nullif(current_setting('portal.agency_user', true), '')::uuid "
    "AND m.ended_at IS NULL AND m.roles ? 'worker')"
)
"""Its own rows, for those of its people who are workers: whoever lets people in has no need to read them."""
