"""Sharing without consent: which exceptions a policy lists, for which concern each stands, and whom it names.

A policy that lists none still cannot forbid what protects a child or an adult at risk (AG/013 OP5 in the ledger): for
it the portal offers that one exception, says that it is its own, and always asks a second person.
"""

from portal.domain.policy import Policy
from portal.domain.policy.sharing import Concern, Force, Ground, SharingException
from portal.domain.policy.stated import Origin
from portal.domain.sharing.recipients import AGENCIES, RecipientKind

__all__ = ["Concern", "Ground", "exceptions_of", "named_kinds", "speaks_of"]

SAFEGUARDING_ALWAYS = SharingException(
    id="safeguarding-by-law",
    force=Force.MAY,
    to=("police", "social services"),
    says="A child, or an adult who cannot protect themselves, is at risk of harm",
    clause="Safeguarding law; the policy lists no exception",
    grounds=(Ground.CHILD, Ground.ADULT),
    origin=Origin.PORTAL_DEFAULT,
)
NAMED = {
    "police": frozenset({RecipientKind.POLICE}),
    "social services": frozenset({RecipientKind.CHILDREN, RecipientKind.ADULTS}),
    "marac": frozenset({RecipientKind.MARAC}),
    "agencies": AGENCIES,
    "relevant agencies": AGENCIES,
    "relevant agency": AGENCIES,
    "the relevant agency": AGENCIES,
}
OF_A_CHILD = frozenset({Concern.CHILD_HARM, Concern.CHILD_EMOTIONAL, Concern.CHILD_NEGLECT, Concern.UNBORN_CHILD})
CONCERNS_OF = {
    Ground.MARAC: frozenset({Concern.MARAC_SCORE, Concern.MARAC_JUDGEMENT}),
    Ground.CHILD: OF_A_CHILD,
    Ground.ADULT: frozenset({Concern.ADULT_HARM}),
    Ground.CRIME: frozenset({Concern.CRIME}),
    Ground.SERIOUS_RISK: frozenset({Concern.SERIOUS_RISK, Concern.ADULT_HARM}),
    Ground.TERRORISM: frozenset({Concern.TERRORISM}),
}


ASSESSED = CONCERNS_OF[Ground.MARAC]
"""What no tick proves: the risk record has to bear it out (HS-026 4.8; STAR 4.2)."""


def exceptions_of(policy: Policy) -> tuple[SharingException, ...]:
    """Every exception that an officer can choose under this policy."""
    listed, other = policy.sharing.exceptions or (SAFEGUARDING_ALWAYS,), policy.sharing.other_reason
    return (*listed, _another(other.clause or "")) if other.value else listed


def _another(clause: str) -> SharingException:
    """Where the policy's exceptions are examples and no closed list: whatever else, a manager looks at first."""
    return SharingException(
        id="another-reason", force=Force.MAY, to=(), says="Another reason: a manager agrees first", clause=clause,
        by_manager=True,
    )  # fmt: skip


def speaks_of(exception: SharingException) -> frozenset[Concern]:
    """The concerns of which at least one has to be there for the exception to apply."""
    return frozenset().union(*(CONCERNS_OF[ground] for ground in exception.grounds))


def named_kinds(exception: SharingException) -> frozenset[RecipientKind]:
    """The kinds of body that the policy names; a word that the portal does not know names nobody."""
    return frozenset().union(*(NAMED.get(each.casefold(), frozenset()) for each in exception.to))
