"""Permissions in the words of whoever reads the audit: by what right somebody did what they did."""

from portal.domain.agency_roles import AgencyPermission
from portal.domain.permissions import Permission
from portal.domain.systems import SCOPES

RIGHTS: dict[str, str] = {
    Permission.WORKLIST_READ: "Own list of work",
    Permission.REPORT_TRIAGE: "Taking up reports",
    Permission.REPORT_DISMISS: "Setting reports aside",
    Permission.STAFF_ROUTE_READ: "Reports about colleagues",
    Permission.CASE_READ: "Reading cases",
    Permission.CASE_WORK: "Working on cases",
    Permission.CASE_ASSIGN: "Giving cases to officers",
    Permission.CONTACT_OVERRIDE: "Going ahead where contact is not safe",
    Permission.WISH_OVERRIDE: "Going ahead against a wish",
    Permission.SAFEGUARDING_DECIDE: "Deciding on safeguarding",
    Permission.CASE_CLOSE: "Closing cases",
    Permission.CLOSING_APPROVE: "Agreeing to a closing",
    Permission.RECORD_KEEP: "Keeping and erasing records",
    Permission.HOME_DECIDE: "Deciding on homes",
    Permission.SHARE_APPROVE: "Agreeing to sharing",
    Permission.CASE_RESTRICT: "Restricting cases",
    Permission.IDENTITY_READ: "Reading who is behind a case without a name",
    "identity.cleared": "Named for this case without a name",
    Permission.TEAM_READ: "The team’s work",
    Permission.TEAM_HANDOVER: "Handing over a colleague’s cases",
    Permission.CASEWORK_REVIEW: "Reviewing casework",
    Permission.AUDIT_READ: "Reading the audit",
    Permission.POLICY_READ: "Reading the policy",
    Permission.POLICY_DRAFT: "Drafting the policy",
    Permission.POLICY_APPROVE: "Approving the policy",
    Permission.LOOK_KEEP: "Look and words of the pages",
    Permission.PEOPLE_ADMIN: "People and roles",
    Permission.WAY_IN_KEEP: "Through whom people sign in",
    Permission.SIGN_INS_END: "Sign-ins of colleagues",
    Permission.HEALTH_READ: "Health of the portal",
    Permission.MAILBOX_READ: "Own messages",
    Permission.DIRECTORY_READ: "Reading the list of services",
    Permission.DIRECTORY_KEEP: "Keeping the list of services",
    Permission.DUTY_WORK: "Tasks beside the cases",
    Permission.PANEL_ATTEND: "Sitting on a panel",
    Permission.AGREEMENT_READ: "Reading agreements with agencies",
    Permission.AGREEMENT_KEEP: "Keeping agreements with agencies",
    Permission.FIGURES_READ: "Reading figures",
    Permission.CONFERENCE_MINUTES: "Minutes of the MARAC",
    Permission.PACK_MAKE: "Making reports to the board",
    Permission.FINDINGS_KEEP: "Keeping audits and their findings",
    Permission.COMPLAINT_HANDLE: "Handling complaints",
    Permission.FIGURES_EXPORT: "Taking figures out as a file",
    Permission.BENCHMARK_JOIN: "Comparing with other landlords",
    Permission.SYSTEMS_ADMIN: "Connected systems",
    Permission.CASES_IMPORT: "Taking over cases from elsewhere",
    Permission.HOMES_IMPORT: "Bringing in the list of homes",
    AgencyPermission.USERS_KEEP: "Their agency: who works there",
    AgencyPermission.CASES_READ: "Their agency: what was shared with it",
    AgencyPermission.CONFERENCE: "Their agency: the MARAC",
}


def right(used: str | None) -> str:
    """What was used, in words; empty where nobody had to be let in, as on a public page or in a job."""
    systems = {scope.value: f"A connected system: {known.name.lower()}" for scope, known in SCOPES.items()}
    return RIGHTS.get(used or "") or systems.get(used or "", used or "")
