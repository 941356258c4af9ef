"""What clocks are about, in the words that officers use."""

from portal.domain.tasks import TASK, TASKS

ACTS = {"contacted": "Make contact", "responded": "Respond", "interviewed": "Interview", "repaired": "Repair"}
ACTS_OR_TASKS = ACTS | TASKS
ACTS_DONE = {
    "contacted": "They were contacted",
    "responded": "They got a response",
    "interviewed": "They were interviewed",
    "repaired": "The damage was repaired",
}
EVENTS = {
    "disclosure": "a report by the person",
    "concern": "a concern that somebody raised",
    "threat-to-life": "a threat to life",
    "unsafe-damage": "damage that leaves somebody unsafe",
    "security": "a request for security",
    TASK: "a task",
}
ORIGINS = {
    "policy": "The policy",
    "landlords_own": "The landlord’s own target, not the policy",
    "not_stated": "The policy states no time, and the landlord has set none",
}


def act(stop_act: str | None) -> str:
    """What has to be done: "Interview". Without a clock there is nothing to name."""
    return ACTS_OR_TASKS.get(stop_act or "", "Nothing due")


def act_done(stop_act: str) -> str:
    """The act as something that has happened."""
    return ACTS_DONE.get(stop_act, stop_act)


def event(name: str | None) -> str:
    """What started the clock; an event that only one policy knows is shown by its own name."""
    return EVENTS.get(name or "", (name or "").replace("-", " "))
