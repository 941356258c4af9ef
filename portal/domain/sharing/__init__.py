"""What may leave the landlord: on the person's consent, or under an exception that the policy in force lists."""

from portal.domain.sharing.consent import Consent, GivenHow, Part
from portal.domain.sharing.decision import Share, Told, Verdict, decide
from portal.domain.sharing.exceptions import Concern, Ground, exceptions_of, speaks_of
from portal.domain.sharing.lawful import BASES, CONDITIONS, OFFERED_LAW, Basis, Condition, fit_together
from portal.domain.sharing.recipients import Recipient, RecipientKind

__all__ = [
    "BASES",
    "CONDITIONS",
    "OFFERED_LAW",
    "Basis",
    "Concern",
    "Condition",
    "Consent",
    "GivenHow",
    "Ground",
    "Part",
    "Recipient",
    "RecipientKind",
    "Share",
    "Told",
    "Verdict",
    "decide",
    "exceptions_of",
    "fit_together",
    "speaks_of",
]
