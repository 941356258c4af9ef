"""What a worker can be asked to do, as data: jobs that follow an event, and rounds that come with time."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from portal.domain.calendar import at_wall_clock, in_london

Open = Callable[[], AbstractContextManager[Session]]
"""Begins a unit of work at the landlord of the round; committed when its block ends."""

ONE_DAY = timedelta(days=1)
LONG = 900
"""Seconds that a job may take which a person waits for and watches: a file of thousands of lines."""
STALE = timedelta(hours=12)


class Urgency(StrEnum):
    """The queues. A worker empties the first before it looks at the next."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Reaction:
    """A job that follows an event, once, in one transaction with the note that it was done."""

    name: str
    urgency: Urgency
    does: Callable[[Session, Mapping[str, UUID], datetime], object]
    longest: int | None = None
    """Seconds that it may take where that is more than others may."""


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again, counted from midnight UTC of 1 January 1970, so that two schedulers agree."""

    span: timedelta

    def latest(self, now: datetime) -> datetime | None:
        """The newest moment that is not after this one."""
        seconds = self.span.total_seconds()
        return datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day, when clocks in London show this time."""

    at: time

    def latest(self, now: datetime) -> datetime | None:
        """The newest moment that is not after this one; None once it is half a day old, too late to make up for."""
        today = in_london(now).date()
        moments = (at_wall_clock(day, self.at) for day in (today, today - ONE_DAY))
        newest = next(moment for moment in moments if moment <= now)
        return newest if now - newest < STALE else None


@dataclass(frozen=True, slots=True)
class Round:
    """A job that is done for each landlord at certain times. Twice must be as good as once."""

    name: str
    urgency: Urgency
    when: Every | Daily
    does: Callable[[Open, datetime], object]


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything that follows from events and from time."""

    reactions: Mapping[str, tuple[Reaction, ...]]
    """By the name of the event."""
    rounds: tuple[Round, ...]

    def reaction(self, name: str) -> Reaction:
        """The reaction with this name; an unknown name raises KeyError."""
        return {each.name: each for several in self.reactions.values() for each in several}[name]

    def round(self, name: str) -> Round:
        """The round with this name; an unknown name raises KeyError."""
        return {each.name: each for each in self.rounds}[name]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the portal's processes go about it, in seconds. Tests are in more of a hurry than people."""

    look: float = 1.0
    """Between two looks at the outbox."""
    beat: float = 15.0
    """Between two signs of life."""
    job: int = 30
    """The longest that a job may take; one that has started before that is taken for lost."""
    again: float = 30.0
    """Before a job that was promised and is not done is asked for again, at first."""
    latest: float = 600.0
    """The same, after many failures."""
    patience: float = 30.0
    """The longest pause while Redis or the database is away."""
