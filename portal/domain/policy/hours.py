"""When a landlord's offices are open; no seed policy says so, and the default is labelled as the portal's."""

from datetime import date, time

from pydantic import model_validator

from portal.domain.policy.stated import Frozen, Origin, Stated, Words
from portal.domain.policy.unfit import UnfitError


class OfficeHours(Frozen):
    """Opening and closing on a working day, local time."""

    opens: time
    closes: time

    @model_validator(mode="after")
    def _in_order(self) -> "OfficeHours":
        if self.opens >= self.closes:
            raise UnfitError("The office closes before it opens.", "Put opens and closes in order.")
        return self


class ClosureDay(Frozen):
    """A day on which this landlord does not work though others may."""

    day: date
    why: Words


PORTAL_HOURS = Stated[OfficeHours](
    value=OfficeHours(opens=time(9), closes=time(17)), origin=Origin.PORTAL_DEFAULT
)
