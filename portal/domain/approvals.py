"""What a second person looks at before it counts as settled, where the landlord asks for it (STAR 9)."""

from enum import StrEnum


class Approved(StrEnum):
    """What can be asked to be approved."""

    ASSESSMENT = "assessment"
    PLAN = "plan"


class Verdict(StrEnum):
    """What the second person says."""

    AGREED = "agreed"
    RETURNED = "returned"
