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
"""What counts where nobody has said anything; shown as the portal's own wherever a time rests on it."""

WHOSE_HOURS = {
    Origin.LANDLORDS_OWN: "the landlord’s own",
    Origin.PORTAL_DEFAULT: "the portal’s own choice: neither the policy nor the landlord states office hours",
}


def hours_that_count(stated: Stated[OfficeHours]) -> OfficeHours:
    """The hours that clocks are counted by: those that were stated, else the portal's own."""
    return stated.value or PORTAL_HOURS.value or OfficeHours(opens=time(9), closes=time(17))


def hours_in_words(stated: Stated[OfficeHours]) -> str:
    """As in "09:00 to 17:00 (the portal's own choice: ...)": nobody may take the portal's word for the policy's."""
    hours = hours_that_count(stated)
    origin = stated.origin if stated.value else Origin.PORTAL_DEFAULT
    whose = WHOSE_HOURS.get(origin) or ", ".join(stated.clauses)
    return f"{hours.opens:%H:%M} to {hours.closes:%H:%M} ({whose})"
