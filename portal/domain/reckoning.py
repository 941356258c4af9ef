"""When the policy wants something to have happened, worked out in one place for reports, commands and pages.

Where the policy states no time, a landlord's own target counts, and is kept apart from it (docs/clock.md).
"""

from dataclasses import dataclass
from datetime import datetime

from portal.domain.calendar import WorkingCalendar
from portal.domain.clock import ClockRule, Due, due
from portal.domain.policy import CONCERN, DISCLOSURE, Clock, Policy
from portal.domain.policy.clocks import OwnTarget


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One clock, worked out: what the policy says of its event, whose target counts, and when that makes it due."""

    event: str
    clock: Clock
    own: OwnTarget | None
    rule: ClockRule
    found: Due | None

    @property
    def stated(self) -> bool:
        """Whether the policy itself states the time."""
        return self.own is None and self.found is not None

    @property
    def due_at(self) -> datetime | None:
        """When it is due; None where nobody has set a time."""
        return self.found.at if self.found else None

    @property
    def policy_due_at(self) -> datetime | None:
        """The policy's own time; None where it states none."""
        return self.due_at if self.stated else None

    @property
    def origin(self) -> str:
        """Whose time it is, as clocks keep it."""
        return "policy" if self.stated else "landlords_own" if self.found else "not_stated"


def reckon(policy: Policy, event: str, start: datetime, calendar: WorkingCalendar) -> Reckoned:
    """The clock of an event that happened at this start; an event that the policy does not know raises KeyError."""
    clock = clock_of(policy, event)
    own = None if clock.stated else policy.own_target(event)
    rule = own.rule() if own else clock.rule()
    return Reckoned(event, clock, own, rule, due(rule, start, calendar))


def clock_of(policy: Policy, event: str) -> Clock:
    """The policy's clock for an event.

    A concern without a time of its own has that of a disclosure: where the policy is silent, the reading that
    reaches the survivor sooner.
    """
    clock = policy.clock(event)
    return policy.clock(DISCLOSURE) if event == CONCERN and not clock.stated else clock
