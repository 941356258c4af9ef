"""The Make a Stand pledge, commitment by commitment: what speaks for it, and what is still missing.

Nothing is ever called met: the portal shows evidence, and people judge. Sources: whg 1.7; NPH Commitment.
"""

from dataclasses import dataclass
from datetime import date

from portal.domain.policy.said_date import in_words
from portal.domain.policy.scope import PersonKind
from portal.landlords.packs import Pack

UNNAMED = "not named"


@dataclass(frozen=True, slots=True)
class Commitment:
    """One of the four. Where there is no evidence, the gap says what is missing."""

    says: str
    evidence: str = ""
    gap: str = ""


def pledge_of(pack: Pack, today: date) -> tuple[Commitment, ...]:
    """The four commitments as they stand; none for a landlord whose policy names no pledge."""
    if not pack.policy.governance.pledge.value:
        return ()
    return (_policy(pack), _information(pack, today), _colleagues(pack), _champion(pack))


def _policy(pack: Pack) -> Commitment:
    document = pack.policy.document
    return Commitment(
        "A policy that supports residents",
        f"{document.title.value}, in force from {in_words(document.in_force_from.value)}",
    )


def _information(pack: Pack, today: date) -> Commitment:
    says = "National and local services, easy to find for residents and staff"
    services = pack.directory.services
    unchecked = [each for each in services if each.unchecked(today)]
    local = any(each.clause for each in services)
    if unchecked:
        return Commitment(
            says, gap=f"{len(unchecked)} of {len(services)} services were not checked in half a year"
        )
    if not local:
        return Commitment(says, gap="no local service is entered")
    return Commitment(
        says, f"{len(services)} services on the public pages, each checked in the last half-year"
    )


def _colleagues(pack: Pack) -> Commitment:
    says = "A policy that supports colleagues"
    scope = pack.policy.scope
    if scope.covers(PersonKind.EMPLOYEE):
        return Commitment(says, f"{scope.staff_policy.value or 'Within this policy'}")
    if scope.staff_policy.value and UNNAMED not in scope.staff_policy.value:
        return Commitment(says, scope.staff_policy.value)
    return Commitment(says, gap="the policy for colleagues is not named")


def _champion(pack: Pack) -> Commitment:
    says = "A champion who owns the work"
    champion = pack.landlord.lead.post if pack.landlord.lead else pack.policy.governance.champion.value
    return Commitment(says, champion) if champion else Commitment(says, gap="no champion is named")
