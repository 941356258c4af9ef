"""What must not be done because of what was said: it stands on every page from which somebody could be reached.

Sources: HS-026 2.2, 4.14; NPH Definition; STAR 2.2.
"""

from portal.domain.intake import Answers, Relation, YesNo
from portal.domain.policy.scope import Subtype

BY_KIN = frozenset({Subtype.FGM, Subtype.FORCED_MARRIAGE, Subtype.HONOUR_BASED, Subtype.TRAFFICKING})
"""Often done or known by family and community, so that a call to them can put the person in greater danger."""

NO_KIN = "Do not contact family, friends or community: some of them may be part of it."
KEEP_APART = "A joint tenancy: keep this out of the tenancy file, which the other tenant can ask to see."


def cautions(answers: Answers) -> tuple[str, ...]:
    """The warnings that follow from one report."""
    found = []
    if BY_KIN.intersection(answers.subtypes):
        found.append(NO_KIN)
    if answers.relation is Relation.JOINT_TENANT or answers.other_person.joint_tenant is YesNo.YES:
        found.append(KEEP_APART)
    return tuple(found)
