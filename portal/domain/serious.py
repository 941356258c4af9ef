"""Serious matters: what a policy lets go to the police, and the answer that each has to get (whg 2.4)."""

from enum import StrEnum

from portal.domain.policy.policy import Policy
from portal.domain.policy.sharing import Ground, SharingException

POLICE = "police"


class Matter(StrEnum):
    """What is serious: something that was done, or what may be done next."""

    CRIME = "crime"
    RISK = "risk"


GROUND_OF = {Matter.CRIME: Ground.CRIME, Matter.RISK: Ground.SERIOUS_RISK}


class Because(StrEnum):
    """How it came to be noted."""

    NOTED = "noted"
    INCIDENT = "incident"
    HIGH_RISK = "high_risk"


class Answer(StrEnum):
    """How it ends: reported to the police, or not, for a reason that two people stand for."""

    REPORTED = "reported"
    NOT_REPORTED = "not_reported"


def exception_for(policy: Policy, matter: Matter) -> SharingException | None:
    """The clause under which such a matter may go to the police; None where the policy names none."""
    listed = (each for each in policy.sharing.exceptions if GROUND_OF[matter] in each.grounds)
    return next((each for each in listed if POLICE in {to.casefold() for to in each.to}), None)


def spoken_of(policy: Policy) -> tuple[Matter, ...]:
    """The serious matters that this policy speaks of."""
    return tuple(each for each in Matter if exception_for(policy, each))


def noted_by_itself(policy: Policy, matter: Matter) -> bool:
    """Whether what was recorded is enough to ask for an answer: only where the policy speaks of serious future risk."""
    return exception_for(policy, matter) is not None and exception_for(policy, Matter.RISK) is not None


def reported_under(policy: Policy, exception: str | None) -> tuple[Matter, ...]:
    """What a share with the police under this exception reports."""
    found = {each: exception_for(policy, each) for each in Matter}
    return tuple(matter for matter, listed in found.items() if listed and listed.id == exception)
