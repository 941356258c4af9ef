"""What calls for a new look at the risk, and who else's assessments there are. Sources: whg 2.7, 3.1; SafeLives."""

from enum import StrEnum


class Trigger(StrEnum):
    """Something that changes the risk. A new incident is recorded in the incident log, which asks for the same."""

    SEPARATION = "separation"
    COURT = "court"
    PREGNANCY = "pregnancy"
    MOVE = "move"
    RELEASE = "release"


class Basis(StrEnum):
    """The lawful basis on which judgement refers somebody: UK GDPR Article 6 (HS-026 4.7, 4.8)."""

    CONSENT = "consent"
    VITAL_INTERESTS = "vital_interests"
    LEGAL_OBLIGATION = "legal_obligation"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTERESTS = "legitimate_interests"


class ReceivedKind(StrEnum):
    """What others assess with."""

    DASH_POLICE = "dash_police"
    DARA = "dara"
    DASH_PARTNER = "dash_partner"
    OTHER = "other"
