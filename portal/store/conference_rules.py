"""Row security of the conference: who finds which referral, sheet, action and minutes, decided by the database.

One board for each area over all landlords. A landlord finds what belongs to its own cases; the area's coordinator what
was referred there; an agency that sits there what is listed, while it is shown. What a body wrote is its own until it
shows it (docs/decisions/0010).
"""

from portal.store.row_security import (
    APP_ROLE,
    AT_AGENCY,
    OWN_LANDLORD,
    follow_at_landlord,
    grant_app,
    there_for_agency,
)

_OWN = "nullif(current_setting('portal.agency_id', true), '')::uuid"
_WORKER = (
    "EXISTS (SELECT FROM agency_member m JOIN agency a ON a.id = m.agency_id AND a.active "
    "JOIN account c ON c.id = m.account_id AND c.active "
    f"WHERE m.agency_id = {_OWN} "
    "AND m.account_id = nullif(current_setting('portal.agency_user', true), '')::uuid "
    "AND m.ended_at IS NULL AND m.roles ? 'worker')"
)
_COORDINATES = f"{_OWN} = (SELECT x.agency_id FROM marac_area x WHERE x.id = {{table}}.area_id)"  # noqa: S608

REFERRAL_THERE = there_for_agency(
    f"{_OWN} = ANY (ARRAY("  # noqa: S608 - our own names
    "SELECT marac_referral.agency_id WHERE marac_referral.until_at > statement_timestamp() "
    "UNION ALL SELECT s.agency_id FROM marac_seat s WHERE s.area_id = marac_referral.area_id "
    "AND s.ended_at IS NULL AND marac_referral.shown_until > statement_timestamp())) "
    f"AND marac_referral.state <> ALL (ARRAY['waiting', 'withdrawn', 'moved']) AND {_WORKER}"
)
"""For the coordinator from when it was sent; for who sits there while it is shown; for workers only."""


def _of_referral(table: str, also: str) -> str:
    """The referral behind it is there, and this too; `r` is that referral, found under its own rule."""
    return (
        f"EXISTS (SELECT FROM marac_referral r WHERE r.landlord_id = {table}.landlord_id "
        f"AND r.id = {table}.referral_id AND r.case_id = {table}.case_id AND {also})"
    )


def _either(agency: str, landlord: str) -> str:
    return f"CASE WHEN {AT_AGENCY} THEN {agency} ELSE {OWN_LANDLORD} AND {landlord} END"


_ITS_OWN = "CASE WHEN agency_id IS NULL THEN true ELSE {shown} END"
_COORDINATOR = f"r.agency_id = {_OWN}"

PAPER_READ = _either(
    _of_referral(
        "marac_paper",
        f"{_OWN} = ANY (ARRAY(SELECT marac_paper.agency_id "
        "UNION ALL SELECT r.agency_id WHERE marac_paper.shown <> 'own' "
        f"UNION ALL SELECT {_OWN} WHERE marac_paper.shown = 'all'))",
    ),
    _ITS_OWN.format(shown="shown = 'all'"),
)
PAPER_WRITTEN = _either(_of_referral("marac_paper", f"marac_paper.agency_id = {_OWN}"), "agency_id IS NULL")
ACTION_READ = _either(
    _of_referral("marac_action", f"{_OWN} = ANY (ARRAY(SELECT marac_action.agency_id UNION ALL SELECT r.agency_id))"),
    _ITS_OWN.format(shown="shown"),
)
ACTION_ADDED = _either(_of_referral("marac_action", _COORDINATOR), "agency_id IS NULL")
ACTION_CHANGED = _either(_of_referral("marac_action", f"marac_action.agency_id = {_OWN}"), "agency_id IS NULL")
MINUTES_READ = _either(
    _of_referral(
        "marac_minutes",
        f"{_OWN} = ANY (ARRAY(SELECT r.agency_id UNION ALL SELECT {_OWN} WHERE marac_minutes.circulated))",
    ),
    "circulated AND current_setting('portal.conference', true) = 'open'",
)
"""Held apart: at a landlord only for those who are cleared for them, and not before they were circulated."""
MINUTES_ADDED = _either(_of_referral("marac_minutes", _COORDINATOR), "false")
ATTENDANCE_READ = there_for_agency(
    f"{_WORKER} AND {_OWN} = (SELECT x.agency_id FROM marac_meeting y "  # noqa: S608
    "JOIN marac_area x ON x.id = y.area_id WHERE y.id = marac_attendance.meeting_id)"
)
KEY_THERE = there_for_agency(
    "(landlord_id, id) IN (SELECT g.landlord_id, g.id FROM agency_grant g "
    "UNION ALL SELECT s.landlord_id, s.id FROM shared_section s "
    "UNION ALL SELECT f.landlord_id, f.id FROM marac_referral f "
    "UNION ALL SELECT p.landlord_id, p.id FROM marac_paper p "
    "UNION ALL SELECT t.landlord_id, t.id FROM marac_action t "
    "UNION ALL SELECT n.landlord_id, n.id FROM marac_minutes n)"
)
"""A key is there, and can be given, where what it opens is there."""


def secured(table: str) -> list[str]:
    """Forced row security, before any rule."""
    return [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]


def written_by_many(table: str, reads: str, adds: str, changes: str | None = None) -> list[str]:
    """Everything for a table of a case into which bodies of several kinds write; nobody removes from it."""
    rules = [
        f"CREATE POLICY {table}_read ON {table} FOR SELECT TO {APP_ROLE} USING ({reads})",
        f"CREATE POLICY {table}_add ON {table} FOR INSERT TO {APP_ROLE} WITH CHECK ({adds})",
    ]
    if changes:
        rules.append(f"CREATE POLICY {table}_change ON {table} FOR UPDATE TO {APP_ROLE} USING ({changes})")
    return [*secured(table), *rules, *follow_at_landlord(table)]


def of_area(table: str, rule: str = "") -> list[str]:
    """Everything for a table of an area: everybody reads it, its coordinator writes it, nobody removes from it."""
    written = rule or _COORDINATES.format(table=table)
    return [
        *secured(table),
        f"CREATE POLICY {table}_read ON {table} FOR SELECT TO {APP_ROLE} USING (true)",
        f"CREATE POLICY {table}_add ON {table} FOR INSERT TO {APP_ROLE} WITH CHECK ({written})",
        f"CREATE POLICY {table}_change ON {table} FOR UPDATE TO {APP_ROLE} USING ({written})",
        f"GRANT SELECT, INSERT, UPDATE ON {table} TO {APP_ROLE}",
    ]


def attendance(table: str) -> list[str]:
    """A landlord's own attendance: it writes it, and the area's coordinator reads it."""
    changes = ("change", "UPDATE", "USING"), ("add", "INSERT", "WITH CHECK")
    return [
        *secured(table),
        f"CREATE POLICY {table}_read ON {table} FOR SELECT TO {APP_ROLE} USING ({ATTENDANCE_READ})",
        *(
            f"CREATE POLICY {table}_{name} ON {table} FOR {verb} TO {APP_ROLE} {how} ({OWN_LANDLORD})"
            for name, verb, how in changes
        ),
        grant_app(table),
    ]


def keys_of_all(rule: str) -> list[str]:
    """Whose key is there follows this rule, and so does which key an agency can give to what it wrote."""
    return [
        "DROP POLICY shared_key_read ON shared_key",
        "DROP POLICY shared_key_add ON shared_key",
        f"CREATE POLICY shared_key_read ON shared_key FOR SELECT TO {APP_ROLE} USING ({rule})",
        f"CREATE POLICY shared_key_add ON shared_key FOR INSERT TO {APP_ROLE} WITH CHECK ({rule})",
    ]
