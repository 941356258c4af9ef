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
    "panel_guest": "Whoever reported, at the panel",
    "move": "A move",
    "offer": "An offer of a home",
    "viewing": "When they see a home was arranged",
    "tenancy_ends": "The end of the tenancy",
    "flag": "A mark",
    "exchange": "The desk between landlords",
    "stay_plan": "The plan to stay",
    "rent": "Rent while a home changes",
    "arrears": "Arrears of the old home",
    "tenancy_held": "How the home is held",
    "joint_advice": "Independent legal advice",
    "quit_arrived": "A notice to quit came",
    "tenancy_step": "The person who harms",
    "register": "The housing register",
    "change_offer": "Help to change, for the person who harms",
    "new_home": "A new address is kept apart",
    "new_home_checked": "What else gives a new address away was gone through",
    "new_home_reader": "Who may see a new address",
    "damage": "Damage written down",
    "damage_settled": "Cost of damage",
    "job": "Job ordered",
    "job_done": "Job done",
    "job_cancelled": "Job called off",
    "job_no_access": "Nobody could get in for job",
    "job_time": "Another time was asked for job",
    "moved_out": "Another system says that somebody moved out of the home",
}
STATES = {
    "asked": "asked for",
    "signposted": "told whom to ask",
    "passed_on": "asked of whoever manages the home",
    "agreed": "agreed to",
    "refused": "refused",
    "declined": "they do not want it",
}
PAYERS = {
    "landlord": "the landlord bears it",
    "perpetrator": "to be asked of the person who did it",
    "survivor": "charged to the person who was hurt",
}


MOVES = {
    "prepared": "what is known before it was written down",
    "agreed": "agreed",
    "not_agreed": "not agreed",
    "moved": "they have moved in",
}
OUTCOMES = {
    "open": "made, and not answered yet",
    "accepted": "accepted",
    "refused": "refused",
    "refused_unsafe": "refused because it is not safe",
    "withdrawn_unsafe": "taken back because it is not safe",
    "withdrawn": "taken back for our own reasons",
}
WHOSE = {"officer": "led by us", "tenant": "the tenant’s own notice"}
OVERRIDDEN = ", an exception by a manager before another home was sure"
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


HELD = {
    "survivor": "by the person who was hurt, alone",
    "other": "by the person who harms, alone",
    "joint": "by both, as joint tenants",
    "neither": "by neither of them",
}
TENANCY_STEPS = {
    "letter": "warning letter",
    "injunction": "injunction",
    "notice": "notice seeking possession",
    "possession": "claim for possession",
    "eviction": "eviction",
    "quit": "the notice to quit",
}
STEP_STATES = {
    "asked": "asked for",
    "agreed": "a manager agreed",
    "refused": "a manager decided against it",
    "dated": "dates written down",
    "ended": "over",
}
REGISTER = {
    "opened": "an investigation began",
    "nothing": "nothing follows",
    "kept_off": "kept off",
    "reduced": "put into the reduced band",
}
PLAN = {"draft": "a draft", "active": "in force"}
RENT = {"nil": "set to nil", "both": "benefits on both homes"}
RENT_ANSWERS = {"offered": "offered", "accepted": "they took it", "declined": "they did not want it"}
FLAGS = {
    "survivor": "on the person who was hurt",
    "other": "on the person who harms",
    "address": "on an address",
}
FLAG_STATES = {
    "put": "put",
    "ended": "over",
    "goes": "goes with them",
    "stays": "stays where it is",
    "elsewhere": "goes with the other person",
    "off": "stays on the person, at no address",
    "ends": "over",
}
QUIT_BY = {"other": " from the other tenant", "system": ", as another system says"}
EXCHANGE = {
    "posted": "a need posted, without a name",
    "agreed": "they want a home that was offered",
    "refused": "they do not want a home that was offered",
    "down": "taken down",
    "handed_over": "handed over what they released",
    "opened": "the other landlord’s letter was opened",
}
GUEST = {
    "invited": "invited to this one item",
    "taken_back": "the invitation was taken back",
    "came": "they came",
    "absent": "they did not come",
}
CHANGE = {"taken": "taken", "declined": "not wanted", "unknown": "answer not known"}


def _option(facts: dict[str, Any]) -> str:
    return f": {TITLES[OptionKind(facts['option'])].lower()}"


def _number(facts: dict[str, Any]) -> str:
    return f" {facts['number']}"


MORE: dict[str, Callable[[dict[str, Any]], str]] = {
    "measure": lambda facts: f": {facts['measure'].lower()}, {STATES[facts['state']]}",
    "option": lambda facts: f"{_option(facts)}, {STEPS[facts['step']]}",
    "panel": _option,
    "panel_guest": lambda facts: f": {GUEST[facts['step']]}",
    "move": lambda facts: f": {MOVES[facts['state']]}",
    "offer": lambda facts: f": {OUTCOMES[facts['outcome']]}",
    "tenancy_ends": lambda facts: f": {WHOSE[facts['whose']]}{OVERRIDDEN if facts.get('rule') else ''}",
    "flag": lambda facts: f" {FLAGS[facts['about']]}: {FLAG_STATES[facts['state']]}",
    "exchange": lambda facts: f": {EXCHANGE[facts['state']]}",
    "stay_plan": lambda facts: f": {PLAN[facts['state']]}",
    "rent": lambda facts: f": {RENT[facts['kind']]}, {RENT_ANSWERS[facts['answer']]}",
    "arrears": lambda facts: ": divided" if facts["divided"] == "yes" else ": not divided",
    "tenancy_held": lambda facts: f" {HELD[facts['held']]}",
    "joint_advice": lambda facts: ": told whom to ask" if facts["advice"] == "told" else ": they do not want it",
    "quit_arrived": lambda facts: QUIT_BY.get(facts["by"], " from them"),
    "tenancy_step": lambda facts: f": {TENANCY_STEPS[facts['step']]}, {STEP_STATES[facts['state']]}",
    "register": lambda facts: f": {REGISTER[facts['verdict']]}",
    "change_offer": lambda facts: f": {CHANGE[facts['answer']]}",
    "damage": lambda facts: ", and it leaves somebody unsafe" if facts["unsafe"] == "yes" else "",
    "damage_settled": lambda facts: f": {PAYERS[facts['payer']]}",
    **dict.fromkeys(("job", "job_done", "job_cancelled", "job_no_access", "job_time"), _number),
}
"""What the codes of a line add to its heading."""
