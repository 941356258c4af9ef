"""Who could read the papers about a home, and which of them each of these people gets hold of (HS-026 4.14).

A joint tenant has a right to the tenancy file, a solicitor can ask for them, a contractor comes into the home, and
whoever answers the telephone reads the file out.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.wording import say_day


class Eyes(StrEnum):
    """Whoever reads."""

    JOINT_TENANT = "joint_tenant"
    SOLICITOR = "solicitor"
    CONTRACTOR = "contractor"
    CALL_CENTRE = "call_centre"


class Paper(StrEnum):
    """What can be read."""

    LETTER = "letter"
    FILE = "file"
    JOB = "job"
    MARKS = "marks"


NOT_THEIRS: dict[Eyes, dict[Paper, str]] = {
    Eyes.JOINT_TENANT: {
        Paper.MARKS: "No mark is shown to a joint tenant, in the file or beside it.",
    },
    Eyes.SOLICITOR: {
        Paper.JOB: "No job is in the file, so none goes to a solicitor.",
        Paper.MARKS: "No mark is in the file, so none goes to a solicitor.",
    },
    Eyes.CONTRACTOR: {
        Paper.LETTER: "No letter goes to a contractor.",
        Paper.FILE: "A contractor never sees the file.",
        Paper.MARKS: "No mark is shown to a contractor; where two people are to come, the job says so.",
    },
    Eyes.CALL_CENTRE: {},
}
"""What each of them never gets, and why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked for the file, for whom, when, and of whom."""

    name: str
    acts_for: str
    on: date
    landlord: str


def letter(asked: Asked, eyes: Eyes) -> str:
    """The letter with which the file is given: the same for everybody, but for whom it is addressed to."""
    theirs = asked.acts_for if eyes is not Eyes.JOINT_TENANT else ""
    whose = f"the tenancy file of {theirs}" if theirs else "your tenancy file"
    return (
        f"Dear {asked.name},\n\n"
        f"You asked on {say_day(asked.on)} to see {whose}. A copy comes with this letter. If you think that something "
        "is missing or wrong, tell us. You can also complain to the Information Commissioner.\n\n"
        f"{asked.landlord}\n"
    )
