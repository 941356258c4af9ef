"""Row security as data: which tables are owned, which are not and why, and the SQL that migrations run."""

APP_ROLE = "portal_app"
RELAY_ROLE = "portal_relay"
PLATFORM_ROLE = "portal_platform"

OWN_LANDLORD = "landlord_id = current_setting('portal.landlord_id')::uuid"
OWN_LANDLORD_OR_SELF = (
    "CASE WHEN current_setting('portal.account_id', true) <> '' "
    "THEN account_id = current_setting('portal.account_id')::uuid "
    f"ELSE {OWN_LANDLORD} END"
)

OPEN_TO_READER = "route <> 'staff' OR current_setting('portal.staff_cases', true) = 'open'"
"""A report or case about an employee is there only for a scope that says so: one rule for lists, search and pages."""

NOT_OWNED: dict[str, str] = {
    "landlord": "the list of landlords: needed to find out whose page is asked for; holds nothing personal",
    "landlord_key": "wrapped keys: useless without the master key, and needed to open any scope",
    "account": "staff sign in once for all their landlords; roles are owned rows",
    "staff_session": "looked up by the hash of a secret before anybody is known",
    "heartbeat": "processes of the platform, of no landlord",
    "alembic_version": "migration bookkeeping",
}

APPEND_ONLY = ("audit_entry", "audit_seal", "timeline_entry", "contact", "incident", "policy_version", "job_done")


def protect(table: str, reads: str = OWN_LANDLORD) -> list[str]:
    """The statements that put a table under forced row security, with a rule for whose rows may be read.

    Written they are only ever in the scope of their landlord; otherwise a person's own scope could give her a role.
    """
    policies = [f"CREATE POLICY {table}_own ON {table} TO {APP_ROLE} USING ({reads}) WITH CHECK ({reads})"]
    if reads != OWN_LANDLORD:
        policies = [
            f"CREATE POLICY {table}_read ON {table} FOR SELECT TO {APP_ROLE} USING ({reads})",
            f"CREATE POLICY {table}_add ON {table} FOR INSERT TO {APP_ROLE} WITH CHECK ({OWN_LANDLORD})",
            f"CREATE POLICY {table}_change ON {table} FOR UPDATE TO {APP_ROLE} USING ({OWN_LANDLORD})",
            f"CREATE POLICY {table}_remove ON {table} FOR DELETE TO {APP_ROLE} USING ({OWN_LANDLORD})",
        ]
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        *policies,
    ]


def grant_app(table: str) -> str:
    """What web and workers may do with a table."""
    verbs = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
    return f"GRANT {verbs} ON {table} TO {APP_ROLE}"
