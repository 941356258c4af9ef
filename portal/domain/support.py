"""Referring somebody to a service that supports them: to whom, and what came of it. STAR 3.4; HS-026 4.7."""

from enum import StrEnum


class Body(StrEnum):
    """What kind of service it is: the landlord's own team and a body outside are two different things (STAR 3.4)."""

    OWN_TEAM = "own_team"
    SPECIALIST = "specialist"
    IDVA = "idva"
    OTHER = "other"


class Answer(StrEnum):
    """What they said when it was offered: without their yes nobody is asked."""

    AGREED = "agreed"
    DECLINED = "declined"


class Outcome(StrEnum):
    """What came of it."""

    HELPS = "helps"
    WAITING_LIST = "waiting_list"
    NOT_REACHED = "not_reached"
    CANNOT_HELP = "cannot_help"
    CHANGED_MIND = "changed_mind"
