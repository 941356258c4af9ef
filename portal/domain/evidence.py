"""Frameworks that landlords answer to, line by line, and out of which figures each line is evidenced.

Nothing is ever called met: a line has evidence, or it shows a gap. Sources: HS-026 document control; whg 1.7; Regulator
of Social Housing, Neighbourhood and Community Standard (1 April 2024), 1.4.1; AG/013 Equality Impact Assessment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.languages import ENGLISH, LANGUAGES


class Proof(StrEnum):
    """What can speak for a line beside a figure."""

    POLICY = "policy"
    REVIEW = "review"
    TRAINING = "training"
    AGENCIES = "agencies"
    SERVICES = "services"
    CONFIDENCE = "confidence"
    READ = "read"
    COLLEAGUES = "colleagues"
    CHAMPION = "champion"
    FORUMS = "forums"
    INITIATIVES = "initiatives"
    CONTACTS = "contacts"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a framework asks for; `cells` names figures, each with those of its lines that count."""

    says: str
    proofs: tuple[Proof, ...] = ()
    cells: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gap: str = ""
    """What is said where nothing speaks for it, if something else than by default."""

    @property
    def lacks(self) -> str:
        """What is said where nothing speaks for it: of figures nobody is told whether they are none or few."""
        few = "Nothing that can be shown: there are none, or too few to be told of without finding somebody."
        return self.gap or (few if self.cells else "The portal holds nothing that speaks for it.")


@dataclass(frozen=True, slots=True)
class Framework:
    """A list of lines, and who asks for them."""

    title: str
    source: str
    lines: tuple[Line, ...]


FURTHER = tuple(code for code in LANGUAGES if code != ENGLISH.code)
ALLIANCE = Framework(
    "The eight areas of the Domestic Abuse Housing Alliance",
    "Domestic Abuse Housing Alliance",
    (
        Line("Policies and procedures", (Proof.POLICY, Proof.REVIEW)),
        Line(
            "Case management", (), (("clock-disclosure", ("in_time", "their_time")), ("plans", ("current",)))
        ),
        Line("Risk management", (), (("open-risk", ("high", "medium", "standard")),)),
        Line(
            "Inclusivity and accessibility",
            (),
            (("alike-kept", ("language", "support", "officer")), ("reports-language", FURTHER)),
        ),
        Line("Perpetrator management", (), (("steps", ("asked", "agreed", "ended")),)),
        Line(
            "Partnership working",
            (Proof.AGENCIES,),
            (("safeguarding-referrals", ("answered", "waits", "chase")), ("signposts", ("case", "desk"))),
        ),
        Line("Training", (Proof.TRAINING, Proof.CONFIDENCE)),
        Line("Publicity and awareness", (Proof.SERVICES,)),
    ),
)
STANDARD = Framework(
    "Neighbourhood and Community Standard, 1.4.1",
    "Regulator of Social Housing, in force since 1 April 2024",
    (
        Line(
            "Works with other agencies that tackle domestic abuse",
            (Proof.AGENCIES,),
            ALLIANCE.lines[5].cells[:1],
        ),
        Line("Enables tenants to reach support and advice", (Proof.SERVICES,), ALLIANCE.lines[5].cells[1:]),
        Line("Has a policy on how it responds", (Proof.POLICY, Proof.REVIEW)),
    ),
)
PLEDGE = Framework(
    "The Make a Stand pledge",
    "The pledge that the policy names",
    (
        Line("A policy that supports residents", (Proof.POLICY, Proof.READ), gap="No version is in force."),
        Line("National and local services, easy to find", (Proof.SERVICES,)),
        Line("A policy that supports colleagues", (Proof.COLLEAGUES,), gap="The policy for colleagues is not named."),
        Line("A champion who owns the work", (Proof.CHAMPION,), gap="No champion is named."),
    ),
)
NO_TIME = "0 in this year: none is recorded."
TAKING_PART = {
    "forum": Line("Takes part in local forums", (Proof.FORUMS,), gap=NO_TIME),
    "initiative": Line("Contributes to initiatives that prevent abuse", (Proof.INITIATIVES,), gap=NO_TIME),
    "contact": Line("Keeps regular contact with partners", (Proof.CONTACTS,), gap=NO_TIME),
}
"""What a policy promises of its part outside, by a word that stands in it."""
OUTCOMES: Mapping[str, tuple[tuple[Proof, ...], tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "training": ((Proof.TRAINING,), ()),
    "systems": ((), (("clock-disclosure", ("in_time", "their_time")),)),
    "support": ((Proof.AGENCIES, Proof.SERVICES), ALLIANCE.lines[5].cells),
}
"""What speaks for an outcome of an impact assessment, by a word that stands in it."""


def of_outcome(says: str) -> Line:
    """An outcome that an impact assessment promised, as a line of evidence."""
    for word, (proofs, cells) in OUTCOMES.items():
        if word in says.lower():
            return Line(says, proofs, cells)
    return Line(says)


def of_taking_part(says: str, clause: str) -> Framework:
    """What a policy promises of forums, initiatives and contact, line by line."""
    lines = tuple(line for word, line in TAKING_PART.items() if word in says.lower())
    return Framework("Part in forums, and contact with partners", clause, lines)
