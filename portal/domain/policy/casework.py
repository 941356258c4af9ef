"""How casework is watched: samples, how much one officer has, whether it is asked why somebody looks.

A landlord sets each of them, and until then the portal's figures hold.
"""

from typing import Annotated

from pydantic import Field

from portal.domain.looking import Asking
from portal.domain.policy.stated import Frozen, Origin, Required, Stated

Days = Annotated[int, Field(gt=0)]


class CaseworkRhythm(Frozen):
    """A sample of so many cases every so many days; each is to be looked at within so many days. Source: whg 3.4."""

    every_days: Days
    cases: Annotated[int, Field(gt=0, le=20)]
    within_days: Days


PORTAL_CASEWORK = Required[CaseworkRhythm](
    value=CaseworkRhythm(every_days=90, cases=5, within_days=21), origin=Origin.PORTAL_DEFAULT
)


class Workload(Frozen):
    """How many open cases one officer has at most, and how many of high risk. Source: NPH Commitment."""

    open_cases: Annotated[int, Field(gt=0)]
    high_risk: Annotated[int, Field(gt=0)] | None = None


NO_WORKLOAD = Stated[Workload](not_stated=True)
PORTAL_ASKING = Required[Asking](value=Asking.BESIDE, origin=Origin.PORTAL_DEFAULT)
"""Whoever looks at a case that is not theirs is asked why; the page is there meanwhile: nobody waits for help."""
