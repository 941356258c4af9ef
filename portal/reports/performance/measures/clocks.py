"""Promises kept, clock by clock: the policy's own time and the one that the survivor asked for stand apart.

Sources: HS-026 6.1; STAR 3.1, 5.1, section 2; AG/013 OP1; NPH Dealing with cases.
"""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, func, select

from portal.deadlines.models import Deadline
from portal.deadlines.words import EVENTS
from portal.domain.policy import CONCERN, DISCLOSURE, THREAT_TO_LIFE, UNSAFE_DAMAGE
from portal.domain.policy.clocks import SECURITY
from portal.reports.performance.measures.flow import OTHERS, PERSON
from portal.reports.performance.measures.measure import Measure, Rows, Timing, When, first_of

CELLS = {
    "in_time": "In the time that the policy states",
    "their_time": "In the time that they asked for",
    "own_target": "In the landlord’s own target, where the policy states no time",
    "late": "Done late",
    "never": "Ended without it, after the time",
    "untimed": "Done, where nobody states a time",
    "running": "Still running, in time",
    "overdue": "Still running, overdue",
    "open": "Still open, where nobody states a time",
    "ended": "Ended without it, before it was due",
}
WHOSE = {DISCLOSURE: PERSON, CONCERN: OTHERS}
"""Each report starts exactly one of these two: how many clocks there are is how many reports there are."""
KEPT = ("in_time", "their_time", "own_target")
"""The cells of a promise that was kept."""
ABOUT = {
    DISCLOSURE: "From each report by the person to the act that the policy names.",
    CONCERN: "From each concern that somebody else raised or a colleague noticed.",
    THREAT_TO_LIFE: "From each report of a threat to life.",
    UNSAFE_DAMAGE: "From each report of damage that leaves somebody unsafe to its repair.",
    SECURITY: "From each request for added security.",
}


def _cell(now: When) -> ColumnElement[str]:
    at = Deadline
    met, timed = at.met_at.is_not(None), at.due_at.is_not(None)
    in_time = met & timed & (at.met_at <= at.due_at)
    running = at.ended_at.is_(None)
    return first_of(
        {
            "their_time": in_time & at.survivor_set_at.is_not(None),
            "own_target": in_time & (at.origin == "landlords_own"),
            "in_time": in_time,
            "late": met & timed,
            "untimed": met,
            "overdue": running & timed & (at.due_at < now.now),
            "running": running & timed,
            "open": running,
            "never": at.ended_at > at.due_at,
        },
        "ended",
    )


def _started(event: str) -> Callable[[When], Rows]:
    def rows(when: When) -> Rows:
        return select(_cell(when).label("cell"), Deadline.case_id).where(
            Deadline.landlord_id == when.landlord_id,
            Deadline.event == event,
            when.within(Deadline.started_at),
        )

    return rows


def _took(event: str) -> Callable[[When], Select[float]]:
    def rows(when: When) -> Select[float]:
        return select(func.extract("epoch", Deadline.met_at - Deadline.started_at)).where(
            Deadline.landlord_id == when.landlord_id,
            Deadline.event == event,
            Deadline.met_at.is_not(None),
            when.within(Deadline.started_at),
        )

    return rows


MEASURES = tuple(
    Measure(
        key=f"clock-{event}",
        group="Promises kept",
        title=f"Clocks started by {EVENTS[event]}",
        about=about,
        of=WHOSE.get(event, f"clocks of {event}"),
        cells=CELLS,
        rows=_started(event),
        took=(Timing("Until it was done, half of them within", _took(event)),),
    )
    for event, about in ABOUT.items()
)
