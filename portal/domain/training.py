"""What staff have learned, until when it holds, and whether it is enough for a task. Source: HS-026 4.16; whg 5.1."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TrainingLevel(StrEnum):
    """How deep a course goes; each level holds those before it."""

    AWARENESS = "awareness"
    SPECIALIST = "specialist"
    ADVOCATE = "advocate"

    @property
    def rank(self) -> int:
        """1 is the lowest."""
        return list(TrainingLevel).index(self) + 1


@dataclass(frozen=True, slots=True)
class Course:
    """One course that somebody completed; without an end it holds for good."""

    title: str
    level: TrainingLevel
    completed_on: date
    valid_until: date | None = None
    provider: str = ""

    def holds_on(self, day: date) -> bool:
        """From the day of completion to the last day of validity."""
        return self.completed_on <= day and (self.valid_until is None or day <= self.valid_until)


def valid_until(course: Course, every_months: int | None) -> date | None:
    """The last day on which it holds: as recorded, or so many months after it was completed; None for good."""
    if course.valid_until or every_months is None:
        return course.valid_until
    year, month = divmod(course.completed_on.month - 1 + every_months, 12)
    year, month = course.completed_on.year + year, month + 1
    return date(year, month, min(course.completed_on.day, monthrange(year, month)[1]))


def is_current(held: Iterable[Course], level: TrainingLevel, today: date) -> bool:
    """Whether one of these courses is deep enough and holds today."""
    return any(each.level.rank >= level.rank and each.holds_on(today) for each in held)


def ended_on(held: Iterable[Course], level: TrainingLevel, today: date) -> date | None:
    """The last day of the newest course that was deep enough and holds no longer."""
    over = (each.valid_until for each in held if each.level.rank >= level.rank and each.completed_on <= today)
    return max((day for day in over if day and day < today), default=None)
