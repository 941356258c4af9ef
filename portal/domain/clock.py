"""The kinds of time limit a policy can set, and the acts that meet it."""

from dataclasses import dataclass
from enum import StrEnum


class Counted(StrEnum):
    """Which hours a limit in working hours counts; a policy must choose, because "24 working hours" can mean either."""

    WORKING_DAYS = "working_days"
    OFFICE_HOURS = "office_hours"


class StopAct(StrEnum):
    """What ends a clock. An attempt that did not reach the survivor is none of these."""

    CONTACTED = "contacted"
    RESPONDED = "responded"
    INTERVIEWED = "interviewed"
    REPAIRED = "repaired"


def _at_least_one(number: int, unit: str) -> None:
    if number < 1:
        raise ValueError(f"a limit in {unit} needs at least 1, not {number}; for none at all use Immediate")


@dataclass(frozen=True, slots=True)
class Immediate:
    """Due at the very moment of the report."""


@dataclass(frozen=True, slots=True)
class ClockHours:
    """Elapsed hours, every hour of every day."""

    hours: int

    def __post_init__(self) -> None:
        _at_least_one(self.hours, "hours")


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Close of business on the n-th working day after the local date of the report."""

    days: int

    def __post_init__(self) -> None:
        _at_least_one(self.days, "working days")


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Hours of working days only, counted around the clock or in office hours."""

    hours: int
    counted: Counted

    def __post_init__(self) -> None:
        _at_least_one(self.hours, "working hours")


@dataclass(frozen=True, slots=True)
class NotStated:
    """The policy is silent: no due time, and none may be made up."""


ClockRule = Immediate | ClockHours | WorkingDays | WorkingHours | NotStated
