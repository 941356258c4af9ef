"""The sections of a case, in the order in which its pages list them: one line for each noun, in groups."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby

from portal.domain.permissions import Permission


class Group(StrEnum):
    """What sections are about, as the heading over them says; nothing stands over the first ones."""

    FIRST = ""
    SAFETY = "Safety"
    HOME = "Home"
    OTHERS = "People and help"
    RECORD = "The record"


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its name, the page that it begins with, who may open that, and under which heading it stands."""

    title: str
    endpoint: str
    permission: Permission
    group: Group


SECTIONS = (
    Section("Overview", "cases.case", Permission.CASE_READ, Group.FIRST),
    Section("Tasks", "tasks.tasks", Permission.CASE_READ, Group.FIRST),
    Section("Messages with them", "back_desk.messages", Permission.CASE_READ, Group.FIRST),
    Section("Risk", "assessments.risk", Permission.CASE_READ, Group.SAFETY),
    Section("Incidents", "incidents.incidents", Permission.CASE_READ, Group.SAFETY),
    Section("Wishes and steps", "wishes.wishes", Permission.CASE_READ, Group.SAFETY),
    Section("Meetings", "meetings.meetings", Permission.CASE_READ, Group.SAFETY),
    Section("Plans", "plans.plans", Permission.CASE_READ, Group.SAFETY),
    Section("Orders", "orders.orders", Permission.CASE_READ, Group.SAFETY),
    Section("The present home", "securing.home", Permission.CASE_READ, Group.HOME),
    Section("Options for a home", "options.options", Permission.CASE_READ, Group.HOME),
    Section("A move", "moves.move", Permission.CASE_READ, Group.HOME),
    Section("The tenancy", "tenancy.tenancy", Permission.CASE_READ, Group.HOME),
    Section("Staying and settling", "settling.settling", Permission.CASE_READ, Group.HOME),
    Section("Marks", "flags.flags", Permission.CASE_READ, Group.HOME),
    Section("Another landlord’s home", "exchange.needs", Permission.CASE_READ, Group.HOME),
    Section("New address", "new_home.new_home", Permission.CASE_READ, Group.HOME),
    Section("People", "household.household", Permission.CASE_READ, Group.OTHERS),
    Section("Safeguarding", "safeguarding.safeguarding", Permission.CASE_READ, Group.OTHERS),
    Section("Advice", "advice.advice", Permission.CASE_READ, Group.OTHERS),
    Section("Who else can help", "signposts.services", Permission.CASE_READ, Group.OTHERS),
    Section("Referrals to services", "support.support", Permission.CASE_READ, Group.OTHERS),
    Section("Consent", "consents.consents", Permission.CASE_READ, Group.OTHERS),
    Section("Sharing", "disclosures.shares", Permission.CASE_READ, Group.OTHERS),
    Section("Agencies", "grants.grants", Permission.CASE_READ, Group.OTHERS),
    Section("MARAC", "conference.of_case", Permission.CASE_READ, Group.OTHERS),
    Section("Documents", "documents.documents", Permission.CASE_READ, Group.RECORD),
    Section("Casework reviews", "reviews.of_case", Permission.CASE_READ, Group.RECORD),
    Section("Other registers", "elsewhere.elsewhere", Permission.CASE_READ, Group.RECORD),
    Section("Keeping", "retention.keeping", Permission.CASE_READ, Group.RECORD),
    Section("Complaints", "complaints.of_case", Permission.CASE_READ, Group.RECORD),
    Section("Tenancy file", "tenancy_file.requests", Permission.CASE_READ, Group.RECORD),
    Section("Who may know", "confidentiality.confidentiality", Permission.CASE_READ, Group.RECORD),
    Section("Who has looked", "cases.looked_at", Permission.AUDIT_READ, Group.RECORD),
)


@cache
def sections_for(may: frozenset[Permission]) -> tuple[tuple[Group, tuple[Section, ...]], ...]:
    """The sections that these permissions open, under the heading of each group, in order."""
    shown = (each for each in SECTIONS if each.permission in may)
    return tuple((group, tuple(found)) for group, found in groupby(shown, key=lambda each: each.group))
