"""How an action of the conference stands. Who could not do it has tried; who did not do it has not.

Source: SafeLives, minutes checklist; NPH Dealing with cases, para 3: officers act properly on all actions.
"""

from datetime import date
from enum import StrEnum


class Ended(StrEnum):
    """How an action ended."""

    DONE = "done"
    UNABLE = "unable"
    NOT_DONE = "not_done"


class ActionState(StrEnum):
    """How it stands on a day."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    UNABLE = "unable"
    NOT_DONE = "not_done"


def state_of(due_on: date, ended: Ended | None, today: date) -> ActionState:
    """Open up to and with its day."""
    if ended:
        return ActionState(ended.value)
    return ActionState.OVERDUE if due_on < today else ActionState.OPEN
