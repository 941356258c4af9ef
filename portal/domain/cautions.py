"""What must not be done because of what is known: it stands on every page of a case.

Sources: HS-026 2.2, 4.14; whg 1.5; NPH Definition, Victim; STAR 2.2.
"""

import re
from collections.abc import Iterable

from portal.domain.intake import Answers, Relation, YesNo
from portal.domain.policy.scope import Subtype

BY_KIN = frozenset({Subtype.FGM, Subtype.FORCED_MARRIAGE, Subtype.HONOUR_BASED, Subtype.TRAFFICKING})
"""Often done or known by family and community, so that a call to them can put the person in greater danger."""

NO_KIN = "Do not contact family, friends or community: some of them may be part of it."
NO_MEDIATION = "Do not mediate and do not bring the two sides together."
KEEP_APART = "A joint tenancy: keep this out of the tenancy file, which the other tenant can ask to see."


TOGETHER = re.compile(
    r"\b(mediat\w*|reconcil\w*|family (meeting|conference)"
    r"|(bring|get|sit)\b[^.]{0,20}\b(them|both|two|sides)\b[^.]{0,20}\btogether)\b",
    re.IGNORECASE,
)
KIN = re.compile(
    r"\b(ring|call|phone|text|write to|email|visit|see|meet|contact|speak (to|with)|talk (to|with)|tell|ask|invite)\b"
    r"[^.]{0,60}\b(famil(y|ies)|parents?|mother|mum|father|dad|brothers?|sisters?|uncles?|aunts?|cousins?|grand\w+"
    r"|in-laws?|relatives?|elders?|imam|priest|pastor|community)\b",
    re.IGNORECASE,
)
"""As people say it. What is meant otherwise can be said otherwise; a call that was made cannot be undone."""


def against(words: str, known: Iterable[str]) -> str:
    """Why something must not be set to be done in a case with these cautions; nothing where it may."""
    said = set(known)
    if NO_MEDIATION in said and TOGETHER.search(words):
        return NO_MEDIATION
    if NO_KIN in said and KIN.search(words):
        return f"{NO_KIN} If you mean something else, say it in other words."
    return ""


def cautions(answers: Answers, recorded: Iterable[Subtype] = ()) -> tuple[str, ...]:
    """The warnings that follow from a report, and from what was recorded on the case since."""
    found = []
    if BY_KIN.intersection((*answers.subtypes, *recorded)):
        found += [NO_KIN, NO_MEDIATION]
    if answers.relation is Relation.JOINT_TENANT or answers.other_person.joint_tenant is YesNo.YES:
        found.append(KEEP_APART)
    return tuple(found)
