"""The words about actions."""

from portal.domain.marac import ActionState, Ended

ENDINGS = {
    Ended.DONE: "Done",
    Ended.UNABLE: "Tried, and it could not be done",
    Ended.NOT_DONE: "Not done",
}
STATES = {
    ActionState.OPEN: "Open",
    ActionState.OVERDUE: "Overdue",
    ActionState.DONE: "Done",
    ActionState.UNABLE: "Could not be done",
    ActionState.NOT_DONE: "Not done",
}
LOOKS = {
    ActionState.OPEN: "untimed",
    ActionState.OVERDUE: "missed",
    ActionState.DONE: "met",
    ActionState.UNABLE: "ended",
    ActionState.NOT_DONE: "missed",
}
