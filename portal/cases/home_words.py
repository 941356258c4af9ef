"""How lines of the timeline about the home are said: what was asked for, broken, ordered and done."""

from collections.abc import Callable
from typing import Any

from portal.domain.policy.moving import OptionKind
from portal.domain.rehousing.board import TITLES

HOME = {
    "measure": "Making the home safer",
    "housing": "What is known about the home was answered",
    "option": "Option",
    "panel": "A panel recommended",
    "move": "A move",
    "offer": "An offer of a home",
    "tenancy_ends": "The end of the tenancy",
    "new_home": "A new address is kept apart",
    "new_home_reader": "Who may see a new address",
    "damage": "Damage written down",
    "damage_settled": "Cost of damage",
    "job": "Job ordered",
    "job_done": "Job done",
    "job_cancelled": "Job called off",
}
STATES = {
    "asked": "asked for",
    "signposted": "told whom to ask",
    "agreed": "agreed to",
    "refused": "refused",
    "declined": "they do not want it",
}
PAYERS = {
    "landlord": "the landlord bears it",
    "perpetrator": "to be asked of the person who did it",
    "survivor": "charged to the person who was hurt",
}


MOVES = {"prepared": "what is known before it was written down", "agreed": "agreed", "not_agreed": "not agreed"}
OUTCOMES = {
    "open": "made, and not answered yet",
    "accepted": "accepted",
    "refused": "refused",
    "refused_unsafe": "refused because it is not safe",
    "withdrawn_unsafe": "taken back because it is not safe",
    "withdrawn": "taken back for our own reasons",
}
WHOSE = {"officer": "led by us", "tenant": "the tenant’s own notice"}
STEPS = {
    "explained": "explained to them",
    "wanted": "they want it",
    "declined": "they do not want it",
    "asked": "another body was asked",
    "answered_yes": "the other body said yes",
    "answered_no": "the other body said no",
    "approved": "approved here",
    "not_approved": "not approved here",
}


def _option(facts: dict[str, Any]) -> str:
    return f": {TITLES[OptionKind(facts['option'])].lower()}"


def _number(facts: dict[str, Any]) -> str:
    return f" {facts['number']}"


MORE: dict[str, Callable[[dict[str, Any]], str]] = {
    "measure": lambda facts: f": {facts['measure'].lower()}, {STATES[facts['state']]}",
    "option": lambda facts: f"{_option(facts)}, {STEPS[facts['step']]}",
    "panel": _option,
    "move": lambda facts: f": {MOVES[facts['state']]}",
    "offer": lambda facts: f": {OUTCOMES[facts['outcome']]}",
    "tenancy_ends": lambda facts: f": {WHOSE[facts['whose']]}",
    "damage": lambda facts: ", and it leaves somebody unsafe" if facts["unsafe"] == "yes" else "",
    "damage_settled": lambda facts: f": {PAYERS[facts['payer']]}",
    **dict.fromkeys(("job", "job_done", "job_cancelled"), _number),
}
"""What the codes of a line add to its heading."""
