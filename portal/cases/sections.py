"""The sections of a case, in the order in which its pages list them: one line for each noun."""

from dataclasses import dataclass

from portal.domain.permissions import Permission


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its name, the page that it begins with, and who may open that."""

    title: str
    endpoint: str
    permission: Permission


SECTIONS = (
    Section("Overview", "cases.case", Permission.CASE_READ),
    Section("Risk", "assessments.risk", Permission.CASE_READ),
    Section("Incidents", "incidents.incidents", Permission.CASE_READ),
    Section("Wishes and steps", "wishes.wishes", Permission.CASE_READ),
    Section("Meetings", "meetings.meetings", Permission.CASE_READ),
    Section("Plans", "plans.plans", Permission.CASE_READ),
    Section("People", "household.household", Permission.CASE_READ),
    Section("Orders", "orders.orders", Permission.CASE_READ),
    Section("Safeguarding", "safeguarding.safeguarding", Permission.CASE_READ),
    Section("Options for a home", "options.options", Permission.CASE_READ),
    Section("The present home", "securing.home", Permission.CASE_READ),
    Section("Tasks", "tasks.tasks", Permission.CASE_READ),
    Section("Who else can help", "signposts.services", Permission.CASE_READ),
    Section("Casework reviews", "reviews.of_case", Permission.CASE_READ),
    Section("Keeping", "retention.keeping", Permission.CASE_READ),
    Section("Consent", "consents.consents", Permission.CASE_READ),
    Section("Sharing", "disclosures.shares", Permission.CASE_READ),
    Section("Documents", "documents.documents", Permission.CASE_READ),
    Section("Who may know", "confidentiality.confidentiality", Permission.CASE_READ),
    Section("Who has looked", "cases.looked_at", Permission.AUDIT_READ),
)
