"""What a policy has done about somebody's needs: a booking, a specialist's advice, a service for their age.

Sources: HS-026 4.4; STAR 3.6, 3.7; NPH Equalities, CIA form 3. Where a policy is silent about interpreting, signing
money and specialist help, the portal's own lines stand in, labelled as such: without them some people are never
really spoken with, or a need that somebody found is answered by nobody.
"""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import model_validator

from portal.domain.policy.stated import Frozen, Origin, Words
from portal.domain.policy.unfit import UnfitError


class Need(StrEnum):
    """What somebody needs, or what stands between them and help."""

    INTERPRETER = "interpreter"
    BSL = "bsl"
    DISABILITY_SUPPORT = "disability_support"
    NO_RECOURSE = "no_recourse"
    MENTAL_HEALTH = "mental_health"
    SPECIALIST_HELP = "specialist_help"
    YOUNG = "young"
    OLDER = "older"


class Opens(StrEnum):
    """Which task a need opens; each is a kind of task of the same name."""

    BOOKING = "need-booking"
    ADVICE = "specialist-advice"
    SERVICE = "service-for-age"
    REFERRAL = "specialist-referral"


class NeedTask(Frozen):
    """A need, and the task that it opens."""

    need: Need
    opens: Opens
    says: Words
    clause: Words | None = None
    origin: Origin = Origin.POLICY

    @model_validator(mode="after")
    def _from_somewhere(self) -> "NeedTask":
        if self.clause is None and self.origin is Origin.POLICY:
            raise UnfitError(
                "A task taken from the policy names no clause.",
                'Name the clause, or say that it is your own, beside the policy (in a file: origin = "landlords_own").',
            )
        return self


def _ours(need: Need, opens: Opens, says: str) -> NeedTask:
    return NeedTask(need=need, opens=opens, says=says, origin=Origin.PORTAL_DEFAULT)


PORTAL_NEEDS = (
    _ours(Need.INTERPRETER, Opens.BOOKING, "Book an interpreter before anybody speaks with them."),
    _ours(Need.BSL, Opens.BOOKING, "Book a signer of British Sign Language before anybody speaks with them."),
    _ours(Need.DISABILITY_SUPPORT, Opens.BOOKING, "Arrange the support that they need before anybody meets them."),
    _ours(
        Need.NO_RECOURSE,
        Opens.ADVICE,
        "No recourse to public funds: ask an immigration adviser or a specialist service. The case goes on meanwhile.",
    ),
    _ours(
        Need.SPECIALIST_HELP,
        Opens.REFERRAL,
        "Refer them to a service that knows this need, if they agree; or write down that they do not want it.",
    ),
)


def task_for(given: Iterable[NeedTask], need: Need) -> NeedTask | None:
    """What a need opens here: by the policy, or else by the portal's own lines; None where neither says."""
    return next((each for each in (*given, *PORTAL_NEEDS) if each.need is need), None)
