"""What must not be done because of what is known: it stands on every page of a case.

Sources: HS-026 2.2, 4.14; whg 1.5; NPH Definition, Victim; STAR 2.2.
"""

from collections.abc import Iterable

from portal.domain.intake import Answers, Relation, YesNo
from portal.domain.policy.scope import Subtype

BY_KIN = frozenset({Subtype.FGM, Subtype.FORCED_MARRIAGE, Subtype.HONOUR_BASED, Subtype.TRAFFICKING})
"""Often done or known by family and community, so that a call to them can put the person in greater danger."""

NO_KIN = "Do not contact family, friends or community: some of them may be part of it."
NO_MEDIATION = "Do not mediate and do not bring the two sides together."
KEEP_APART = "A joint tenancy: keep this out of the tenancy file, which the other tenant can ask to see."


def cautions(answers: Answers, recorded: Iterable[Subtype] = ()) -> tuple[str, ...]:
    """The warnings that follow from a report, and from what was recorded on the case since."""
    found = []
    if BY_KIN.intersection((*answers.subtypes, *recorded)):
        found += [NO_KIN, NO_MEDIATION]
    if answers.relation is Relation.JOINT_TENANT or answers.other_person.joint_tenant is YesNo.YES:
        found.append(KEEP_APART)
    return tuple(found)
