"""The days and hours at which a person can be reached safely, by London clocks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Self

from portal.domain.calendar import LONDON, in_london, in_utc

CLOCKS_CHANGE = time(1, tzinfo=UTC)
TWO_WEEKS = 15
A_MONDAY = date(2026, 1, 5)
"""Of a week in which no clock changes."""


class Weekday(StrEnum):
    """A day of the week."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


WEEK = tuple(Weekday)
MONDAY_TO_FRIDAY = frozenset(WEEK[:5])


@dataclass(frozen=True, slots=True)
class Window:
    """From one time to another on some days; an end at or before the start is on the following day."""

    days: frozenset[Weekday]
    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start == self.end != time.min:
            raise ValueError("From and to are the same time; a whole day is from 00:00 to 00:00.")

    def includes(self, local: datetime) -> bool:
        """Is this London time inside? The start belongs to the window, the end does not."""
        begun_today = WEEK[local.weekday()] in self.days and self.start <= local.time()
        if self.start < self.end:
            return begun_today and local.time() < self.end
        begun_yesterday = WEEK[local.weekday() - 1] in self.days
        return begun_today or (begun_yesterday and local.time() < self.end)

    def in_words(self) -> str:
        """As in "Mon, Wed 09:00 to 12:00"."""
        days = ", ".join(day.title() for day in WEEK if day in self.days)
        return f"{_RUNS.get(self.days, days)} {self.start:%H:%M} to {self.end:%H:%M}"

    def to_dict(self) -> dict[str, Any]:
        """As it is stored."""
        days = [day.value for day in WEEK if day in self.days]
        return {"days": days, "start": self.start.isoformat(), "end": self.end.isoformat()}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Read what was stored; anything unreadable raises ValueError or KeyError."""
        days = frozenset(Weekday(day) for day in stored["days"])
        return cls(days, time.fromisoformat(stored["start"]), time.fromisoformat(stored["end"]))


_RUNS = {MONDAY_TO_FRIDAY: "Mon to Fri", frozenset(WEEK[5:]): "Sat and Sun", frozenset(WEEK): "every day"}

UNSTATED_HOURS = Window(MONDAY_TO_FRIDAY, time(9), time(17))
"""What staff keep to until the person has been asked which hours are safe: the portal's default."""


class Times(StrEnum):
    """What the person said about hours."""

    NEVER_STATED = "never_stated"
    ANY_TIME = "any_time"
    ONLY_THESE = "only_these"


@dataclass(frozen=True, slots=True)
class SafeTimes:
    """When contact is safe. Windows count only under ONLY_THESE, and none of them means never."""

    said: Times = Times.NEVER_STATED
    windows: tuple[Window, ...] = ()

    def include(self, moment: datetime) -> bool:
        """Is it safe at this moment?"""
        if self.said is Times.ANY_TIME:
            return True
        local = in_london(moment)
        return any(window.includes(local) for window in self.kept)

    def first_from(self, moment: datetime) -> datetime | None:
        """The first safe moment from this one on, in UTC; None if there is none."""
        after = in_utc(moment)
        if self.include(after):
            return after
        today = in_london(after).date()
        for day in (today + timedelta(days=offset) for offset in range(TWO_WEEKS)):
            if later := [at for at in self._beginnings(day) if at > after]:
                return min(later)  # what begins on a later day begins later
        return None

    def reach_beyond(self, other: "SafeTimes") -> bool:
        """Is any moment of a week safe here that is not safe there? Both change only where a window begins or ends."""
        edges = {time.min, *(edge for each in (*self.kept, *other.kept) for edge in (each.start, each.end))}
        week = (A_MONDAY + timedelta(days=offset) for offset in range(len(WEEK)))
        moments = [datetime.combine(day, edge, LONDON) for day in week for edge in edges]
        return any(self.include(each) and not other.include(each) for each in moments)

    def in_words(self) -> str:
        """As in "Mon to Fri 09:00 to 12:00"."""
        if self.said is Times.ANY_TIME:
            return "at any time"
        if self.said is Times.NEVER_STATED:
            return "safe hours not yet asked"
        return "; ".join(window.in_words() for window in self.windows) or "at no time"

    def to_dict(self) -> dict[str, Any]:
        """As it is stored."""
        return {"said": self.said.value, "windows": [window.to_dict() for window in self.windows]}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Read what was stored; what cannot be read allows less, never more."""
        said = stored.get("said", Times.NEVER_STATED)
        hours = Times(said) if said in set(Times) else Times.ONLY_THESE
        return cls(hours, tuple(_readable(stored.get("windows", ()))))

    @property
    def kept(self) -> tuple[Window, ...]:
        return self.windows if self.said is Times.ONLY_THESE else (UNSTATED_HOURS,)

    def _beginnings(self, day: date) -> Iterator[datetime]:
        """Where safe times can begin on a day: at the start of a window, or inside one when the clocks change."""
        starts = [datetime.combine(day, CLOCKS_CHANGE)]
        for window in self.kept:
            once = datetime.combine(day, window.start, LONDON)
            starts += [once.astimezone(UTC), once.replace(fold=1).astimezone(UTC)]
        yield from (start for start in starts if self.include(start))


def _readable(windows: list[Mapping[str, Any]]) -> Iterator[Window]:
    for stored in windows:
        try:
            yield Window.from_dict(stored)
        except (ValueError, KeyError, TypeError):
            continue
