"""When something happened, as far as anybody knows: an honest date is worth more in court than a precise one.

Source: HS-026 6.2 (accurate, detailed records). Nobody is made to name an hour that they do not remember.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Self

from portal.domain.calendar import at_wall_clock, in_utc
from portal.domain.errors import PortalError
from portal.domain.wording import say_day, say_moment


class Known(StrEnum):
    """How well the time of something is known."""

    EXACT = "exact"
    DAY = "day"
    ABOUT = "about"
    BETWEEN = "between"
    UNKNOWN = "unknown"


class UnfitTimeError(PortalError):
    """What was said about the time does not fit together. `field` names the question, the message says what to do."""

    def __init__(self, field: str, message: str) -> None:
        """Keep the question that it stands beside."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Happened:
    """A time as it was told: exactly, on a day, about a day, between two days, or not known."""

    known: Known
    day: date | None = None
    clock_time: time | None = None
    last_day: date | None = None

    def __post_init__(self) -> None:
        if self.known is Known.UNKNOWN:
            return
        if self.day is None:
            raise UnfitTimeError("day", "Enter the day, or choose that the time is not known.")
        if self.known is Known.EXACT and self.clock_time is None:
            raise UnfitTimeError("time", "Enter the time, or choose that only the day is known.")
        if self.known is Known.BETWEEN and (self.last_day is None or self.last_day < self.day):
            raise UnfitTimeError("last_day", "Enter a last day that is not before the first.")

    @property
    def earliest(self) -> datetime | None:
        """The first moment at which it can have been; None where nobody knows."""
        if self.day is None or self.known is Known.UNKNOWN:
            return None
        return at_wall_clock(self.day, self._exactly or time.min)

    @property
    def latest(self) -> datetime | None:
        """The last moment at which it can have been, by what was told; None where nobody knows."""
        if self.day is None or self.known is Known.UNKNOWN:
            return None
        if self._exactly:
            return self.earliest
        return at_wall_clock((self.last_day if self.known is Known.BETWEEN else None) or self.day, time(23, 59))

    @property
    def _exactly(self) -> time | None:
        return self.clock_time if self.known is Known.EXACT else None

    def stands_at(self, told_at: datetime) -> datetime:
        """Where it stands in the story: the latest moment that it can have been, never after it was told."""
        return min(self.latest or in_utc(told_at), in_utc(told_at))

    def may_be_since(self, moment: datetime, told_at: datetime) -> bool:
        """Can it have been at this moment or later? In doubt it counts: a risk is never counted down."""
        return self.stands_at(told_at) >= in_utc(moment)

    def check_not_to_come(self, now: datetime) -> None:
        """Refuse a time that has not come yet: nothing can be recorded before it has happened."""
        if self.earliest and self.earliest > in_utc(now):
            raise UnfitTimeError("day", "This cannot have happened yet: look at the day and the time.")

    def say(self) -> str:
        """As people say it: "about Thursday 2 April 2026"."""
        if self.day is None or self.known is Known.UNKNOWN:
            return "at a time that is not known"
        match self.known:
            case Known.EXACT:
                return say_moment(self.earliest) if self.earliest else ""
            case Known.ABOUT:
                return f"about {say_day(self.day)}"
            case Known.BETWEEN:
                return f"between {say_day(self.day)} and {say_day(self.last_day or self.day)}"
            case _:
                return say_day(self.day)

    def to_dict(self) -> dict[str, Any]:
        """For keeping."""
        kept = {
            "known": self.known.value,
            "day": self.day.isoformat() if self.day else None,
            "time": self.clock_time.isoformat("minutes") if self.clock_time else None,
            "last_day": self.last_day.isoformat() if self.last_day else None,
        }
        return {key: value for key, value in kept.items() if value is not None}

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Self:
        """From what was kept."""
        return cls(
            known=Known(kept["known"]),
            day=date.fromisoformat(kept["day"]) if "day" in kept else None,
            clock_time=time.fromisoformat(kept["time"]) if "time" in kept else None,
            last_day=date.fromisoformat(kept["last_day"]) if "last_day" in kept else None,
        )


def late(happened: Happened, written_at: datetime, after: timedelta) -> timedelta | None:
    """How long after the event it was written down, where that is longer than this; None where nobody can say."""
    if happened.latest is None:
        return None
    delay = in_utc(written_at) - happened.latest
    return delay if delay > after else None
