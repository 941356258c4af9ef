"""What a landlord's clock says for one event and one start: the time, the rule, its clause, the days left out."""

from dataclasses import dataclass
from datetime import datetime

from portal.domain.calendar import SkippedDay, in_london
from portal.domain.clock import StopAct, describe, rests_on_office_hours
from portal.domain.policy.clocks import Clock
from portal.domain.policy.hours import hours_in_words
from portal.domain.policy.policy import Policy
from portal.domain.policy.stated import Interpretation
from portal.domain.reckoning import reckon
from portal.landlords.policies import calendar_of


@dataclass(frozen=True, slots=True)
class ClockAnswer:
    """One due time with everything that explains it; `due` is None where nobody has set a time."""

    event: str
    start: datetime
    due: datetime | None
    rule: str
    stop_act: StopAct
    clause: str | None
    stated: bool
    """Whether the policy itself gives the time; otherwise it is the landlord's own target, or there is none."""
    set_by: str | None
    skipped: tuple[SkippedDay, ...]
    office_hours: str
    """The hours that it rests on and whose they are; empty where it rests on none."""
    reading: Interpretation | None
    """Which of several readings of the clause is followed; none where the time is not the policy's."""


def events(policy: Policy) -> tuple[str, ...]:
    return tuple(clock.event for clock in policy.clocks)


def ask_clock(policy: Policy, event: str, start: datetime) -> ClockAnswer:
    """The policy's own time, or where it is silent the landlord's; an unknown event raises KeyError."""
    reckoned = reckon(policy, event, start, calendar_of(policy))
    clock, own, found = reckoned.clock, reckoned.own, reckoned.found
    return ClockAnswer(
        event=event,
        start=in_london(start),
        due=in_london(found.at) if found else None,
        rule=describe(reckoned.rule),
        stop_act=clock.stop_act,
        clause=_clause(clock),
        stated=reckoned.stated,
        set_by=own.set_by if own else None,
        skipped=found.skipped if found else (),
        office_hours=hours_in_words(policy.office_hours) if rests_on_office_hours(reckoned.rule) else "",
        reading=clock.interpretation if reckoned.stated else None,
    )


def _clause(clock: Clock) -> str | None:
    return ", ".join(clock.clauses) or None
