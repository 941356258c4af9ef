"""A landlord's policy as data: every value with the clause that it comes from, or said to be unstated."""

from portal.domain.policy.clocks import CONCERN, DISCLOSURE, THREAT_TO_LIFE, UNSAFE_DAMAGE, Clock, OwnTarget
from portal.domain.policy.contact import PreferenceKind
from portal.domain.policy.ladder import Hearer, Ladder, Rung, When
from portal.domain.policy.policy import Policy
from portal.domain.policy.scope import PersonKind
from portal.domain.policy.stated import Interpretation, Origin, Stated

__all__ = [
    "CONCERN",
    "DISCLOSURE",
    "THREAT_TO_LIFE",
    "UNSAFE_DAMAGE",
    "Clock",
    "Hearer",
    "Interpretation",
    "Ladder",
    "Origin",
    "OwnTarget",
    "PersonKind",
    "Policy",
    "PreferenceKind",
    "Rung",
    "Stated",
    "When",
]
