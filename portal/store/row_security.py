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

_HERE = "current_setting('portal.landlord_id')::uuid"
_PORTAL = "current_setting('portal.reader_id') = 'portal'"
_READER = "nullif(current_setting('portal.reader_id'), 'portal')::uuid"
_STAFF_ROUTE = "current_setting('portal.staff_cases') = 'open'"


def _cases_of_reader(table: str, also: str = "") -> str:
    """The cases that this small table ties the reader to. Asked for once in a statement, never once for each row."""
    return (
        f"(ARRAY(SELECT t.case_id FROM {table} t WHERE t.landlord_id = {_HERE} "  # noqa: S608 - our own names
        f"AND t.account_id = {_READER} AND t.ended_at IS NULL{also}))"
    )


_NAMED = f"id = ANY {_cases_of_reader('case_reader', ' AND (t.until IS NULL OR t.until > now())')}"
_BARRED = f"id = ANY {_cases_of_reader('case_bar')}"
_BARRED_FROM_SOMEBODY = (
    "id = ANY (ARRAY(SELECT there.case_id FROM case_bar t "  # noqa: S608 - our own names
    "JOIN person_key here ON here.landlord_id = t.landlord_id AND here.case_id = t.case_id "
    "AND here.person_id = t.person_id "
    "JOIN person_key there ON there.landlord_id = here.landlord_id AND there.token = here.token "
    f"WHERE t.landlord_id = {_HERE} AND t.account_id = {_READER} AND t.ended_at IS NULL))"
)


def _case_open(barred: str) -> str:
    return (
        f"({_PORTAL} OR NOT ({barred})) "
        f"AND (route <> 'staff' OR {_STAFF_ROUTE} OR {_NAMED}) "
        f"AND (NOT restricted OR {_PORTAL} OR assigned_to = {_READER} OR {_NAMED})"
    )


CASE_OPEN_AT_FIRST = _case_open(_BARRED)
"""The rule as it was before anybody could be barred from a person."""

CASE_OPEN_TO_READER = _case_open(f"{_BARRED} OR {_BARRED_FROM_SOMEBODY}")
"""The one rule about who knows of a case (NPH Employees; HS-026 1.3 and 4.14; STAR 1.3; whg 1.3).

A barred employee never does, whatever else they are; one who is barred from somebody, of no case in which that person
is recognised, at whatever time that comes to be. Of a case about an employee, those do who handle such cases,
and a confidant named for it. Of a restricted one, those do who are named, and the officer who has it.
"""

NEW_HOME_OPEN_TO_READER = (
    f"{_PORTAL} OR known_from <= current_date OR id = ANY (ARRAY(SELECT r.new_home_id FROM new_home_reader r "  # noqa: S608
    f"WHERE r.landlord_id = {_HERE} AND r.account_id = {_READER} AND r.ended_at IS NULL))"
)
"""Where somebody went is there only for those who are named for it, until they say that it may be known (whg 2.8)."""

REPORT_OPEN_TO_READER = f"case_id IS NOT NULL OR route <> 'staff' OR {_STAFF_ROUTE}"
"""A report about an employee is there only for those who handle such; once it has a case, it goes with that."""

AUDIT_OPEN_TO_READER = (
    f"subject IS DISTINCT FROM 'case' OR ({_PORTAL} AND {_STAFF_ROUTE}) OR EXISTS "
    "(SELECT FROM cases b WHERE b.landlord_id = audit_entry.landlord_id AND b.id = audit_entry.subject_id OFFSET 0)"
)  # the offset keeps the planner from reading every case for a page of fifty lines
"""What was done with a case is read only by those who may know of the case; that it was done is sealed for all."""

IDENTITY_OPEN_AT_FIRST = f"({_PORTAL} AND {_STAFF_ROUTE}) OR current_setting('portal.identities') = 'open'"
"""The rule as it was while nobody could be cleared by name."""

IDENTITY_OPEN_TO_READER = (
    f"{IDENTITY_OPEN_AT_FIRST} OR case_id = ANY {_cases_of_reader('identity_clearance', ' AND t.until > now()')}"
)
"""Whose case it is, where the case has no name, is read only by those who are cleared for it (HS-026 4.14): by their
role, or by name for this case and for a time."""

OF_THE_RULE: dict[str, str] = {
    "case_reader": "who is named: the rule about cases reads it, so it cannot be under that rule itself",
    "case_bar": "who is barred: the same",
    "person_key": "by what keyed hash somebody is recognised: the same; a name is opened only with the case",
    "audit_seal": "the hash of an entry of the audit, out of which nothing can be read",
}
"""Tables about cases that do not follow them, each with its reason: a test lets no others through."""

NOT_OWNED: dict[str, str] = {
    "landlord": "the list of landlords: needed to find out whose page is asked for; holds nothing personal",
    "landlord_key": "wrapped keys: useless without the master key, and needed to open any scope",
    "agency": "the platform’s own list, the same for every landlord; who works with whom is in owned rows",
    "platform_operator": "who runs the portal: an account and two moments; no landlord’s, and no role at any",
    "account": "staff sign in once for all their landlords; roles are owned rows",
    "account_code": "looked up by an address before anybody is known; holds a hash and two moments",
    "account_key": "a person’s own key, wrapped by the master key: of the account, and of no landlord",
    "authenticator": "a person’s own second factor, sealed by the account’s key",
    "recovery_code": "the hashes of a person’s own codes",
    "passkey": "the public half of a person’s own key, looked up before anybody is known",
    "sign_in_event": "what happened with a person’s sign-in: a code, a device and a moment",
    "challenge": "something random for five minutes, before anybody is known",
    "staff_session": "looked up by the hash of a secret before anybody is known",
    "line_check": "when whoever runs the portal last rang a national line: the same for every landlord, nobody’s data",
    "heartbeat": "processes of the platform, of no landlord",
    "postcode": "where postcodes lie: public data, the same for everybody, and no record of who asks",
    "benchmark_card": "the comparison between landlords: a rate to the nearest five, and no landlord, count or moment",
    "exchange_card": "the desk between landlords: it belongs to none, names none, and holds sizes and regions alone",
    "alembic_version": "migration bookkeeping",
}

OF_AN_AGENCY: dict[str, str] = {
    "agency_member": "who works for an agency: read and written under that agency only, or read by oneself",
    "agency_invitation": "who is asked in, and the hash of a code: read under that agency only, or by oneself",
    "agency_referral": "whom an agency refers while it knows no landlord: read and written by its workers only",
}
"""Tables that belong to an agency and to no landlord, each with its reason; under forced row security as well."""

OF_AN_AREA: dict[str, str] = {
    "marac_area": "who coordinates an area, and its own numbers: every landlord chooses among the same",
    "marac_line": "from which count and number of incidents an area hears a case, since which day",
    "marac_meeting": "when an area meets and until when it takes referrals: no case is in it",
    "marac_seat": "which agencies sit there, as its coordinator says; no landlord is in it",
    "marac_attended": "which of them came to a meeting: bodies and a yes or no",
}
"""Tables of a MARAC area: read in every scope, written under that of the agency which coordinates it."""

OWN_AGENCY = "agency_id = nullif(current_setting('portal.agency_id', true), '')::uuid"
"""Nobody's, and no fault, where the scope is no agency's: the planner looks at this rule in every scope."""
OWN_AGENCY_OR_SELF = (
    "CASE WHEN current_setting('portal.account_id', true) <> '' "
    "THEN account_id = current_setting('portal.account_id')::uuid "
    f"ELSE {OWN_AGENCY} END"
)

AT_AGENCY = "current_setting('portal.agency_id', true) <> ''"
_WORKS_THERE = (
    "EXISTS (SELECT FROM agency_member m JOIN agency a ON a.id = m.agency_id AND a.active "
    "JOIN account c ON c.id = m.account_id AND c.active "
    "WHERE m.agency_id = agency_grant.agency_id "
    "AND m.account_id = nullif(current_setting('portal.agency_user', true), '')::uuid "
    "AND m.ended_at IS NULL AND m.roles ? 'worker')"
)


def there_for_agency(rule: str) -> str:
    """Under an agency's scope this rule, and under a landlord's its own rows."""
    return f"CASE WHEN {AT_AGENCY} THEN {rule} ELSE {OWN_LANDLORD} END"


GRANT_THERE = there_for_agency(
    f"{OWN_AGENCY} AND ended_at IS NULL AND from_at <= statement_timestamp() "
    f"AND until_at > statement_timestamp() AND {_WORKS_THERE}"
)
"""What an agency has been granted: by this landlord to this agency, from this moment on, until that one, not revoked,
and only for those of its people who work there now and are workers (HS-026 4.12; whg 2.11; NPH Working with others)."""

GRANT_TO_ANSWER = there_for_agency(f"{OWN_AGENCY} AND answered_at IS NULL")

SECTION_THERE = there_for_agency(
    "EXISTS (SELECT FROM agency_grant g WHERE g.landlord_id = shared_section.landlord_id "
    "AND g.id = shared_section.grant_id AND g.case_id = shared_section.case_id AND g.accepted "
    "AND (g.parts || '[\"rules\"]'::jsonb) ? shared_section.section)"
)
"""A copy of a part is there where a grant that is there has been accepted and names the part; how contact is safe
goes with every case."""

KEY_THERE = there_for_agency(
    "(landlord_id, id) IN (SELECT g.landlord_id, g.id FROM agency_grant g "
    "UNION ALL SELECT s.landlord_id, s.id FROM shared_section s)"
)
"""A key is there where what it opens is there."""

APPEND_ONLY = (
    "audit_entry",
    "audit_seal",
    "timeline_entry",
    "contact",
    "incident",
    "plan_version",
    "step_taken",
    "wish",
    "policy_version",
    "policy_approval",
    "look_version",
    "policy_read",
    "language_check",
    "impact_signature",
    "signpost",
    "service_check",
    "equality_answers",
    "feedback_answers",
    "job_done",
    "instrument_version",
    "assessment_answer",
    "risk_change",
    "received_assessment",
    "reassessment_trigger",
    "disclosure",
    "document_file",
    "person_revision",
    "standing",
    "recorded_kinds",
    "order_entry",
    "identity",
    "approval",
    "housing_answers",
    "option_step",
    "panel_sitting",
    "change_offer",
    "arrears_share",
    "marac_minutes",
    "exchange_card",
    "benchmark_card",
    "published_figures",
    "agency_entry",
    "look_reason",
    "advice",
    "kept_elsewhere",
)


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


def shared(table: str, rule: str) -> list[str]:
    """Everything for a table of a case out of which an agency may read what this rule lets it; it writes nothing."""
    return [*protect(table, rule), *follow_at_landlord(table)]


def follow_at_landlord(table: str) -> list[str]:
    """At a landlord it goes with its case, as all does that hangs on one; and with the case it is erased."""
    behind = f"({_PORTAL} AND {_STAFF_ROUTE}) OR {_behind(table, {'case_id': 'cases'})}"
    follows = f"CASE WHEN {AT_AGENCY} THEN true ELSE {behind} END"
    return [grant_app(table), narrow(table, "follows_case", follows, written=True), *erasable(table)]


def answerable(table: str) -> list[str]:
    """Let an agency write its answer into a grant that it has not answered; a trigger holds it to the answer."""
    answered = there_for_agency(OWN_AGENCY)
    return [
        f"DROP POLICY {table}_change ON {table}",
        f"CREATE POLICY {table}_change ON {table} FOR UPDATE TO {APP_ROLE} USING ({GRANT_TO_ANSWER}) "  # noqa: ISC004
        f"WITH CHECK ({answered})",
    ]


def of_agency(table: str) -> list[str]:
    """The statements for a table of agencies: no landlord's scope reads it, and nobody removes from it."""
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        *rules_of_agency(table),
        f"GRANT SELECT, INSERT, UPDATE ON {table} TO {APP_ROLE}",
    ]


def rules_of_agency(table: str) -> list[str]:
    """Who reads and writes such a table."""
    return [
        f"CREATE POLICY {table}_read ON {table} FOR SELECT TO {APP_ROLE} USING ({OWN_AGENCY_OR_SELF})",
        f"CREATE POLICY {table}_add ON {table} FOR INSERT TO {APP_ROLE} WITH CHECK ({OWN_AGENCY})",
        f"CREATE POLICY {table}_change ON {table} FOR UPDATE TO {APP_ROLE} USING ({OWN_AGENCY})",
    ]


def erasable(table: str) -> list[str]:
    """The statements that let the platform's role remove the rows of erased cases, and see no word of them.

    Every table with a case_id needs them, save those whose rows stay as codes (portal.cases.retention.jobs).
    """
    its_case = f"c.landlord_id = {table}.landlord_id AND c.id = {table}.case_id"
    erased = f"{OWN_LANDLORD} AND EXISTS (SELECT 1 FROM cases c WHERE {its_case} AND c.erased_at IS NOT NULL)"  # noqa: S608
    return [
        f"CREATE POLICY {table}_erased_seen ON {table} FOR SELECT TO {PLATFORM_ROLE} USING ({erased})",
        f"CREATE POLICY {table}_erased_removed ON {table} FOR DELETE TO {PLATFORM_ROLE} USING ({erased})",
        f"GRANT SELECT (landlord_id, case_id), DELETE ON {table} TO {PLATFORM_ROLE}",
    ]


def grant_app(table: str) -> str:
    """What web and workers may do with a table."""
    verbs = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
    return f"GRANT {verbs} ON {table} TO {APP_ROLE}"


def follow(table: str, **keys: str) -> list[str]:
    """The statement that lets the rows of a table be there only for those who may know of the case behind them.

    Every table that belongs to a case calls this in its migration: `follow("note", case_id="cases")`. One that has
    no case_id of its own, or not always, names the keys through which it belongs to one: `follow("reminder",
    deadline_id="deadline")`. Nor can anything be written to a case that is not there.
    """
    rule = f"({_PORTAL} AND {_STAFF_ROUTE}) OR ({_behind(table, keys)})"
    return [narrow(table, "follows_case", rule, written=True)]


def _behind(table: str, keys: dict[str, str]) -> str:
    return " AND ".join(
        f"({key} IS NULL OR EXISTS "
        f"(SELECT FROM {to} b WHERE b.landlord_id = {table}.landlord_id AND b.id = {table}.{key}))"
        for key, to in keys.items()
    )


def of_case(table: str) -> list[str]:
    """Everything that a table with a case_id needs: its landlord's rule, the rule about its case, and its erasure."""
    return [*protect(table), grant_app(table), *follow(table, case_id="cases"), *erasable(table)]


def narrow(table: str, name: str, rule: str, *, written: bool = False) -> str:
    """The statement that narrows what may be read of a table; and what may be written to it, where `written`."""
    check = rule if written else "true"
    return f"CREATE POLICY {table}_{name} ON {table} AS RESTRICTIVE TO {APP_ROLE} USING ({rule}) WITH CHECK ({check})"
