"""Who may do what: one enum of permissions, one table of roles. Sources: STAR section 9, whg 3.1, HS-026 1.1."""

from enum import StrEnum
from functools import cache


class Permission(StrEnum):
    """One thing that a person may do for one landlord."""

    WORKLIST_READ = "worklist.read"
    REPORT_TRIAGE = "report.triage"
    REPORT_DISMISS = "report.dismiss"
    STAFF_ROUTE_READ = "report.staff_route"
    CASE_READ = "case.read"
    CASE_WORK = "case.work"
    CASE_ASSIGN = "case.assign"
    CONTACT_OVERRIDE = "contact.override"
    WISH_OVERRIDE = "wish.override"
    SAFEGUARDING_DECIDE = "safeguarding.decide"
    CASE_CLOSE = "case.close"
    CLOSING_APPROVE = "closing.approve"
    RECORD_KEEP = "record.keep"
    HOME_DECIDE = "home.decide"
    SHARE_APPROVE = "share.approve"
    CASE_RESTRICT = "case.restrict"
    IDENTITY_READ = "identity.read"
    TEAM_READ = "team.read"
    TEAM_HANDOVER = "team.handover"
    CASEWORK_REVIEW = "casework.review"
    AUDIT_READ = "audit.read"
    POLICY_READ = "policy.read"
    POLICY_DRAFT = "policy.draft"
    POLICY_APPROVE = "policy.approve"
    LOOK_KEEP = "look.keep"
    PEOPLE_ADMIN = "people.admin"
    WAY_IN_KEEP = "people.way_in"
    SIGN_INS_END = "people.sign_ins"
    HEALTH_READ = "health.read"
    MAILBOX_READ = "mailbox.read"
    DIRECTORY_READ = "directory.read"
    DIRECTORY_KEEP = "directory.keep"
    DUTY_WORK = "duty.work"
    PANEL_ATTEND = "panel.attend"
    AGREEMENT_READ = "agreement.read"
    AGREEMENT_KEEP = "agreement.keep"
    FIGURES_READ = "figures.read"
    CONFERENCE_MINUTES = "conference.minutes"
    PACK_MAKE = "pack.make"
    FINDINGS_KEEP = "findings.keep"
    COMPLAINT_HANDLE = "complaint.handle"
    FIGURES_EXPORT = "figures.export"
    BENCHMARK_JOIN = "benchmark.join"
    SYSTEMS_ADMIN = "systems.admin"
    CASES_IMPORT = "import.cases"
    HOMES_IMPORT = "import.homes"


class Role(StrEnum):
    """A role held for one landlord; nobody has a role for all of them."""

    OFFICER = "officer"
    SENIOR = "senior"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    FRONT_DESK = "front_desk"
    BOARD = "board"
    COMPLAINTS = "complaints"
    SUPPORT = "support"
    """Whoever runs the portal, let in by the landlord for some hours: no case, nothing of anybody."""


_OFFICER = frozenset(
    {
        Permission.WORKLIST_READ,
        Permission.REPORT_TRIAGE,
        Permission.CASE_READ,
        Permission.CASE_WORK,
        Permission.CASE_ASSIGN,
        Permission.CASE_CLOSE,
        Permission.POLICY_READ,
        Permission.MAILBOX_READ,
        Permission.DIRECTORY_READ,
        Permission.DIRECTORY_KEEP,
        Permission.AGREEMENT_READ,
        Permission.DUTY_WORK,
        Permission.PANEL_ATTEND,
    }
)
_SENIOR = _OFFICER | {
    Permission.CONTACT_OVERRIDE,
    Permission.WISH_OVERRIDE,
    Permission.SAFEGUARDING_DECIDE,
    Permission.REPORT_DISMISS,
    Permission.TEAM_READ,
    Permission.TEAM_HANDOVER,
    Permission.CASEWORK_REVIEW,
    Permission.CLOSING_APPROVE,
    Permission.SHARE_APPROVE,
    Permission.FIGURES_READ,
    Permission.CONFERENCE_MINUTES,
}
_MANAGER = _SENIOR | {
    Permission.AUDIT_READ,
    Permission.STAFF_ROUTE_READ,
    Permission.SIGN_INS_END,
    Permission.HEALTH_READ,
    Permission.RECORD_KEEP,
    Permission.CASE_RESTRICT,
    Permission.AGREEMENT_KEEP,
    Permission.IDENTITY_READ,
    Permission.HOME_DECIDE,
    Permission.POLICY_DRAFT,
    Permission.POLICY_APPROVE,
    Permission.LOOK_KEEP,
    Permission.PACK_MAKE,
    Permission.FINDINGS_KEEP,
    Permission.PEOPLE_ADMIN,
    Permission.WAY_IN_KEEP,
    Permission.COMPLAINT_HANDLE,
    Permission.FIGURES_EXPORT,
    Permission.BENCHMARK_JOIN,
    Permission.SYSTEMS_ADMIN,
    Permission.CASES_IMPORT,
    Permission.HOMES_IMPORT,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: _OFFICER,
    Role.SENIOR: _SENIOR,
    Role.MANAGER: _MANAGER,
    Role.AUDITOR: frozenset(
        {
            Permission.AUDIT_READ,
            Permission.FIGURES_READ,
            Permission.FIGURES_EXPORT,
            Permission.FINDINGS_KEEP,
            Permission.POLICY_READ,
            Permission.DIRECTORY_READ,
            Permission.AGREEMENT_READ,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.POLICY_READ,
            Permission.POLICY_DRAFT,
            Permission.LOOK_KEEP,
            Permission.PEOPLE_ADMIN,
            Permission.SIGN_INS_END,
            Permission.HEALTH_READ,
            Permission.MAILBOX_READ,
            Permission.DIRECTORY_READ,
            Permission.DIRECTORY_KEEP,
            Permission.AGREEMENT_READ,
            Permission.AGREEMENT_KEEP,
            Permission.SYSTEMS_ADMIN,
            Permission.PANEL_ATTEND,
            Permission.CASES_IMPORT,
            Permission.HOMES_IMPORT,
        }
    ),
    Role.FRONT_DESK: frozenset({Permission.DIRECTORY_READ, Permission.POLICY_READ, Permission.PANEL_ATTEND}),
    Role.BOARD: frozenset({Permission.FIGURES_READ, Permission.POLICY_READ}),
    Role.COMPLAINTS: frozenset(
        {Permission.COMPLAINT_HANDLE, Permission.DIRECTORY_READ, Permission.POLICY_READ}
    ),
    Role.SUPPORT: frozenset({Permission.POLICY_READ, Permission.LOOK_KEEP, Permission.HEALTH_READ}),
}

ROLE_NAMES: dict[Role, str] = {
    Role.OFFICER: "Officer",
    Role.SENIOR: "Senior officer",
    Role.MANAGER: "Manager",
    Role.AUDITOR: "Auditor",
    Role.ADMINISTRATOR: "Administrator",
    Role.FRONT_DESK: "Front desk",
    Role.BOARD: "Board or committee member",
    Role.COMPLAINTS: "Complaint handler",
    Role.SUPPORT: "Support of the portal, for some hours",
}


def grantable(held: frozenset[Permission]) -> tuple[Role, ...]:
    """The roles that somebody may give: those that allow nothing which they may not do themselves.

    Support is let in by saying yes to what it asked for, and in no other way.
    """
    return tuple(role for role in Role if ROLE_PERMISSIONS[role] <= held and role is not Role.SUPPORT)


@cache
def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that these roles together allow."""
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))
