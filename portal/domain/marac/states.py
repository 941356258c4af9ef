"""How a referral stands, what it can become, and who reads what somebody wrote for the conference."""

from enum import StrEnum


class State(StrEnum):
    """How a referral stands. A waiting one has not left the landlord: a second person has to agree first."""

    WAITING = "waiting"
    SENT = "sent"
    LISTED = "listed"
    HEARD = "heard"
    RETURNED = "returned"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"


MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.SENT, State.WITHDRAWN}),
    State.SENT: frozenset({State.LISTED, State.RETURNED, State.MOVED, State.WITHDRAWN}),
    State.LISTED: frozenset({State.LISTED, State.HEARD, State.RETURNED, State.MOVED, State.WITHDRAWN}),
    State.HEARD: frozenset({State.MOVED}),
    State.RETURNED: frozenset({State.WITHDRAWN}),
    State.MOVED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
"""Heard is heard: what was shared there is not unsaid, and the pair stays flagged."""


def may_become(now: State, then: State) -> bool:
    """Can it go from the one to the other?"""
    return then in MOVES[now]


class Shown(StrEnum):
    """Who reads what one body wrote: it alone, the area's coordinator too, or all who sit there and the landlord."""

    OWN = "own"
    COORDINATOR = "coordinator"
    ALL = "all"
