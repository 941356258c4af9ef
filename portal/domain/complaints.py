"""A complaint about how a case was handled: its steps, each with a clock, and what may be seen of the case for it.

Sources: whg 3.5; NPH Community Impact Assessment 2; the Housing Ombudsman's Complaint Handling Code, April 2024.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal.domain.calendar import WorkingCalendar
from portal.domain.clock import WorkingDays, due
from portal.domain.errors import PortalError
from portal.domain.policy.complaints import ComplaintTimes

CLIMBS = timedelta(days=7)
"""How long after its time a step waits before it goes to the managers: the portal's own figure."""
SETTLING_DAYS = 20
"""Working days from an answer until what was learned is to be written down: the portal's own figure."""
SOON_DAYS = 2


class Step(StrEnum):
    """What has to be done next."""

    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"
    SETTLE = "settle"


class Stage(StrEnum):
    """Stage two is looked at by somebody else than stage one."""

    ONE = "one"
    TWO = "two"


class Complains(StrEnum):
    """Who complains, towards the case."""

    SURVIVOR = "survivor"
    FOR_THEM = "for_them"
    HARMER = "harmer"
    OTHER = "other"


class Shown(StrEnum):
    """A part of the case that whoever handles the complaint may read: what was done when, and no word that was said."""

    CLOCKS = "clocks"
    CONTACTS = "contacts"
    PLANS = "plans"
    HOME = "home"


class Outcome(StrEnum):
    """What an answer says."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    WITHDRAWN = "withdrawn"


class CannotWaitError(PortalError):
    """This cannot be put off, or not so far, or not any more; `says` is the reason."""

    def __init__(self, says: str) -> None:
        """Keep the reason."""
        super().__init__(says)
        self.says = says


@dataclass(frozen=True, slots=True)
class Clock:
    """One step as its clock stands."""

    step: Step
    stage: Stage
    started_at: datetime
    due_at: datetime
    longer_days: int
    done_at: datetime | None = None


def days_for(step: Step, stage: Stage, times: ComplaintTimes) -> int:
    """How many working days a step has."""
    if step is Step.ACKNOWLEDGE:
        return times.acknowledge_days
    if step is Step.SETTLE:
        return SETTLING_DAYS
    return times.first_days if stage is Stage.ONE else times.second_days


def due_at(started_at: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """The end of office hours on that working day; the day on which it begins never counts."""
    found = due(WorkingDays(days), started_at, calendar)
    assert found is not None  # noqa: S101 - working days always make a time
    return found.at


def put_off(clock: Clock, days: int, times: ComplaintTimes, calendar: WorkingCalendar, now: datetime) -> datetime:
    """By when it is due then. Only an answer waits, once, before its time is over, and no longer than may be."""
    most = times.first_longer if clock.stage is Stage.ONE else times.second_longer
    if clock.step is not Step.ANSWER:
        raise CannotWaitError("Only an answer can be put off.")
    if clock.longer_days:
        raise CannotWaitError("It was put off once already, and cannot be again.")
    if clock.due_at < now:
        raise CannotWaitError("Its time is over: whoever complains is told before that, or not at all.")
    if not 1 <= days <= most:
        raise CannotWaitError(f"It can be put off by {most} working days at most.")
    return due_at(clock.started_at, days_for(clock.step, clock.stage, times) + days, calendar)


def may_show(by: Complains, parts: frozenset[Shown]) -> frozenset[Shown]:
    """What is shown for the answer: of whoever may do harm nothing, for it must not say that there is a case."""
    return frozenset() if by is Complains.HARMER else parts
