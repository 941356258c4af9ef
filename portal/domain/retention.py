"""When the record of a closed case may be erased, and everything that stands against it.

Sources: UK GDPR Article 5(1)(e) and 17; whg 3.1; STAR 4.1. A record that is open, held or needed is never erased.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WARNED_BEFORE = timedelta(days=30)
"""How long before the end of keeping the officer and the managers hear of it: the portal's own figure."""


class Blocker(StrEnum):
    """Why a record is not erased."""

    OPEN = "open"
    HELD = "held"
    TASKS = "tasks"
    CLOCKS = "clocks"
    APPROVALS = "approvals"
    FILE_ASKED = "file_asked"
    AGENCIES = "agencies"
    WORK = "work"
    COMPLAINT = "complaint"
    NO_PERIOD = "no_period"
    KEPT = "kept"
    NOT_WARNED = "not_warned"


STILL_OPEN = (
    Blocker.TASKS,
    Blocker.CLOCKS,
    Blocker.APPROVALS,
    Blocker.FILE_ASKED,
    Blocker.AGENCIES,
    Blocker.WORK,
    Blocker.COMPLAINT,
)
"""What is open though the case is closed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands towards its erasure. `warned_on` is the day on which its people were told of the end."""

    closed: bool
    keep_until: date | None
    warned_on: date | None
    held: bool = False
    waits: frozenset[Blocker] = frozenset()
    """What is still open on it, of whatever kind."""


def end_of_keeping(closed_on: date, months: int) -> date:
    """The last day on which a record is kept: so many months after closing, or the end of a shorter month."""
    whole = closed_on.year * 12 + closed_on.month - 1 + months
    year, month = whole // 12, whole % 12 + 1
    return date(year, month, min(closed_on.day, monthrange(year, month)[1]))


def blockers(case: Standing, today: date) -> tuple[Blocker, ...]:
    """Everything that stands against erasing it today; nothing, where it may be erased."""
    found = {
        Blocker.OPEN: not case.closed,
        Blocker.HELD: case.held,
        **{each: each in case.waits for each in STILL_OPEN},
        Blocker.NO_PERIOD: case.keep_until is None,
        Blocker.KEPT: case.keep_until is not None and today <= case.keep_until,
        Blocker.NOT_WARNED: case.warned_on is None or today < case.warned_on + WARNED_BEFORE,
    }
    return tuple(each for each, stands in found.items() if stands)


def warning_due(case: Standing, today: date) -> bool:
    """Is it time to tell its people that the record is about to be erased?"""
    return (
        case.closed
        and case.warned_on is None
        and case.keep_until is not None
        and today >= case.keep_until - WARNED_BEFORE
    )
