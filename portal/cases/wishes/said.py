"""What a wish is about, and the words for what is kept of it as a code.

Sources: AG/013 Objectives (guided by the victim), OP5, OP6; STAR 3.11; HS-026 5.3.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class About(StrEnum):
    """The step that a wish is about."""

    POLICE = "police"
    TENANCY = "tenancy"
    LEGAL = "legal"
    AGENCY = "agency"
    TEMPORARY_HOME = "temporary_home"
    OTHER_PERSON = "other_person"


class Wants(StrEnum):
    """What they want of it. The newest answer counts; only a yes lets a step be taken."""

    YES = "yes"
    NOT_YET = "not_yet"
    UNSURE = "unsure"
    NO = "no"


class HowSaid(StrEnum):
    """How they said it."""

    IN_PERSON = "in_person"
    TELEPHONE = "telephone"
    WRITING = "writing"
    ADVOCATE = "advocate"


ABOUT = {
    About.POLICE: "Telling the police",
    About.TENANCY: "A step on the tenancy",
    About.LEGAL: "A court, an order or a solicitor",
    About.AGENCY: "Speaking with another service",
    About.TEMPORARY_HOME: "A refuge or another temporary home",
    About.OTHER_PERSON: "Speaking with or writing to the other person",
}
WANTS = {
    Wants.YES: "They want it",
    Wants.NOT_YET: "Not yet",
    Wants.UNSURE: "They are not sure",
    Wants.NO: "They do not want it",
}
HOWS = {
    HowSaid.IN_PERSON: "In person",
    HowSaid.TELEPHONE: "By telephone",
    HowSaid.WRITING: "In writing",
    HowSaid.ADVOCATE: "Through somebody who speaks for them",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A wish as they said it."""

    about: About
    wants: Wants
    at: datetime
    how: HowSaid
    words: str
    never: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it was taken; `why` says why without their wish, where somebody decides so."""

    about: About
    at: datetime
    what: str
    why: str = ""
