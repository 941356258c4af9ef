"""How often casework is looked at by somebody else; a landlord sets it, and until then the portal's figures hold."""

from typing import Annotated

from pydantic import Field

from portal.domain.policy.stated import Frozen, Origin, Required

Days = Annotated[int, Field(gt=0)]


class CaseworkRhythm(Frozen):
    """A sample of so many cases every so many days; each is to be looked at within so many days. Source: whg 3.4."""

    every_days: Days
    cases: Annotated[int, Field(gt=0, le=20)]
    within_days: Days


PORTAL_CASEWORK = Required[CaseworkRhythm](
    value=CaseworkRhythm(every_days=90, cases=5, within_days=21), origin=Origin.PORTAL_DEFAULT
)
