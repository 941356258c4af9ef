"""One thing that is due at a landlord: what, when, who sees to it, and who can act on it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from portal.domain.permissions import Permission

SOON = timedelta(days=90)
"""How long before its day something stands as near: the portal's own."""


class Kind(StrEnum):
    """What is looked at again."""

    POLICY = "policy"
    APPROVAL = "approval"
    OFFER = "offer"
    LAW = "law"
    IMPACT = "impact"
    PROMISE = "promise"
    DIRECTORY = "directory"
    AGREEMENT = "agreement"
    FORUM = "forum"
    MARKS = "marks"
    CHAMPION = "champion"
    TRAINING = "training"
    AUDIT = "audit"
    RECOMMENDATION = "recommendation"
    REPORT = "report"


KINDS = {
    Kind.POLICY: "Review of the policy",
    Kind.APPROVAL: "Version that waits for approval",
    Kind.OFFER: "Version that the group offers",
    Kind.LAW: "Review for new law",
    Kind.IMPACT: "Impact assessment",
    Kind.PROMISE: "Action of an assessment",
    Kind.DIRECTORY: "Numbers that we give to people",
    Kind.AGREEMENT: "Agreement with an agency",
    Kind.FORUM: "Forum or contact",
    Kind.MARKS: "Marks on homes",
    Kind.CHAMPION: "Champions",
    Kind.TRAINING: "Training",
    Kind.AUDIT: "Audit of closed cases",
    Kind.RECOMMENDATION: "Recommendation",
    Kind.REPORT: "Report to a board",
}
ACTS: dict[Kind, Permission] = {
    Kind.POLICY: Permission.POLICY_DRAFT,
    Kind.APPROVAL: Permission.POLICY_APPROVE,
    Kind.OFFER: Permission.POLICY_DRAFT,
    Kind.LAW: Permission.DUTY_WORK,
    Kind.IMPACT: Permission.POLICY_DRAFT,
    Kind.PROMISE: Permission.POLICY_READ,
    Kind.DIRECTORY: Permission.DIRECTORY_KEEP,
    Kind.AGREEMENT: Permission.AGREEMENT_READ,
    Kind.FORUM: Permission.AGREEMENT_KEEP,
    Kind.MARKS: Permission.CASE_WORK,
    Kind.CHAMPION: Permission.PEOPLE_ADMIN,
    Kind.TRAINING: Permission.PEOPLE_ADMIN,
    Kind.AUDIT: Permission.FINDINGS_KEEP,
    Kind.RECOMMENDATION: Permission.FINDINGS_KEEP,
    Kind.REPORT: Permission.PACK_MAKE,
}
"""Who can act on it: the others do not see it, and hear nothing of it."""
TOLD_ALREADY = frozenset(
    {Kind.POLICY, Kind.OFFER, Kind.LAW, Kind.DIRECTORY, Kind.AGREEMENT, Kind.TRAINING, Kind.AUDIT, Kind.RECOMMENDATION}
    | {Kind.IMPACT, Kind.PROMISE, Kind.REPORT}
)
"""Whose owner hears of it by a round of its own: of these the ladder tells those above alone."""


class Stand(StrEnum):
    """How near it is."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the calendar. `key` tells it from all others and from itself with another day."""

    kind: Kind
    key: str
    what: str
    due_on: date | None
    path: str
    """Below the landlord's desk."""
    owner_id: UUID | None = None
    owner: str = ""
    clause: str = ""
    gap: bool = False
    """Something that ought to be there and is not: overdue without a day."""

    @property
    def acts(self) -> Permission:
        """What it takes to act on it."""
        return ACTS[self.kind]

    @property
    def kind_in_words(self) -> str:
        """What is looked at again, as the pages call it."""
        return KINDS[self.kind]

    def stand(self, today: date) -> Stand:
        """How near it is on a day; a day that is today is not over."""
        if self.gap or (self.due_on is not None and self.due_on < today):
            return Stand.OVERDUE
        if self.due_on is None:
            return Stand.UNDATED
        return Stand.SOON if self.due_on <= today + SOON else Stand.LATER
