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
    "damage": lambda facts: ", and it leaves somebody unsafe" if facts["unsafe"] == "yes" else "",
    "damage_settled": lambda facts: f": {PAYERS[facts['payer']]}",
    **dict.fromkeys(("job", "job_done", "job_cancelled"), _number),
}
"""What the codes of a line add to its heading."""
