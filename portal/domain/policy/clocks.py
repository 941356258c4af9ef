"""What a policy says about time: which event starts a clock, what stops it, and what may be promised."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from portal.domain.clock import (
    ClockHours,
    ClockRule,
    Counted,
    Immediate,
    NotStated,
    StopAct,
    WorkingDays,
    WorkingHours,
)
from portal.domain.policy.said_date import SaidDate
from portal.domain.policy.stated import Frozen, Interpretation, Slug, Stated, Words, in_order
from portal.domain.policy.unfit import UnfitError

DISCLOSURE = "disclosure"
CONCERN = "concern"
THREAT_TO_LIFE = "threat-to-life"
UNSAFE_DAMAGE = "unsafe-damage"
SECURITY = "security"
"""A request for added security: only some policies give it a clock of its own (AG/013 OP8)."""
EVENTS_ALL_MUST_ANSWER = (DISCLOSURE, CONCERN, THREAT_TO_LIFE, UNSAFE_DAMAGE)

Count = Annotated[int, Field(gt=0)]


class ClockKind(StrEnum):
    """How time is counted."""

    IMMEDIATE = "immediate"
    CLOCK_HOURS = "clock_hours"
    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    NOT_STATED = "not_stated"


class Commitment(StrEnum):
    """Whether the policy binds itself or aims."""

    MUST = "must"
    AIM = "aim"


NEEDS: dict[ClockKind, frozenset[str]] = {
    ClockKind.IMMEDIATE: frozenset(),
    ClockKind.CLOCK_HOURS: frozenset({"hours"}),
    ClockKind.WORKING_DAYS: frozenset({"days"}),
    ClockKind.WORKING_HOURS: frozenset({"hours", "counted"}),
    ClockKind.NOT_STATED: frozenset(),
}


def _lines(names: set[str] | frozenset[str]) -> str:
    return " and ".join(f"{name} = ..." for name in sorted(names))


class Timed(Frozen):
    """A way of counting time, with exactly the numbers that it needs."""

    kind: ClockKind
    hours: Count | None = None
    days: Count | None = None
    counted: Counted | None = None

    @model_validator(mode="after")
    def _numbers_that_it_needs(self) -> "Timed":
        given = {name for name in ("hours", "days", "counted") if getattr(self, name) is not None}
        missing, idle = NEEDS[self.kind] - given, given - NEEDS[self.kind]
        if missing:
            raise UnfitError(f"A clock of kind {self.kind} lacks its number.", f"Add {_lines(missing)}.")
        if idle:
            raise UnfitError(f"A clock of kind {self.kind} has no use for this.", f"Take out {_lines(idle)}.")
        return self

    def rule(self) -> ClockRule:
        """The same in the terms of the clock, which knows nothing of policies."""
        match self.kind:
            case ClockKind.CLOCK_HOURS:
                return ClockHours(self.hours or 0)
            case ClockKind.WORKING_DAYS:
                return WorkingDays(self.days or 0)
            case ClockKind.WORKING_HOURS:
                return WorkingHours(self.hours or 0, self.counted or Counted.WORKING_DAYS)
            case ClockKind.IMMEDIATE:
                return Immediate()
            case ClockKind.NOT_STATED:
                return NotStated()


class Clock(Timed):
    """What the policy itself says about one event."""

    event: Slug
    starts: Words
    stop_act: StopAct
    commitment: Commitment
    clause: Words | None = None
    also: tuple[Words, ...] = ()
    note: Words | None = None
    survivor_may_set_time: Stated[bool]
    interpretation: Interpretation | None = None
    from_day: SaidDate | None = None
    to_day: SaidDate | None = None
    promise: Words
    """One sentence to show to the survivor, promising no more than the policy does."""

    @model_validator(mode="after")
    def _stated_needs_clause(self) -> "Clock":
        if self.stated and self.clause is None:
            raise UnfitError("A time that the policy states names no clause.", "Name the clause.")
        return self

    @model_validator(mode="after")
    def _from_before_to(self) -> "Clock":
        in_order(self.from_day, self.to_day)
        return self

    @property
    def stated(self) -> bool:
        """Whether the policy gives a time at all."""
        return self.kind is not ClockKind.NOT_STATED

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that this clock rests on."""
        return ((self.clause,) if self.clause else ()) + self.also


class OwnTarget(Timed):
    """A time that the landlord set for itself where its policy is silent; never shown as policy."""

    event: Slug
    set_by: Words
    on: SaidDate
    why: Words
    promise: Words
