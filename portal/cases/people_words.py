"""How lines of the timeline about people, orders and safeguarding are said."""

from collections.abc import Callable
from typing import Any

from portal.cases.household.words import PARTS, STANDINGS
from portal.cases.orders.words import CHANGES, POLICE
from portal.cases.safeguarding.words import GROUPS, OUTCOMES, TOLD
from portal.domain.safeguarding import Group, Outcome, Told
from portal.domain.standing import Standing
from portal.landlords.orders import catalogue

ABOUT_PEOPLE = {
    "person_added": "Added",
    "person_changed": "Changed what is known",
    "standing": "The person who does harm",
    "kinds": "Kinds of abuse recorded",
}
PROTECTING = {
    "order": "Order written down",
    "order_changed": "Order",
    "order_breach": "Order broken",
    "concern": "Safeguarding concern",
    "referral": "Safeguarding referral",
    "not_referred": "Decided not to refer",
    "referral_answer": "Answer to a referral",
}
LINES = ABOUT_PEOPLE | PROTECTING


def _part(facts: dict[str, Any]) -> str:
    return f": {PARTS[facts['part']].lower()}"


def _order(facts: dict[str, Any]) -> str:
    kind = catalogue().find(facts["order"])
    return f": {kind.title.lower() if kind else facts['order']}"


def _at_risk(facts: dict[str, Any]) -> str:
    return f": {GROUPS[Group(facts['group'])].lower()}"


def _answer(facts: dict[str, Any]) -> str:
    return f": {OUTCOMES[Outcome(facts['outcome'])].lower()}" if facts.get("outcome") else ""


MORE: dict[str, Callable[[dict[str, Any]], str]] = {
    "person_added": _part,
    "person_changed": _part,
    "standing": lambda facts: f": {STANDINGS[Standing(facts['standing'])].lower()}",
    "order": _order,
    "order_changed": lambda facts: f"{_order(facts)}. {CHANGES[facts['change']]}",
    "order_breach": lambda facts: f"{_order(facts)}. {POLICE[facts['police']]}",
    "concern": _at_risk,
    "referral": lambda facts: f"{_at_risk(facts)}. {TOLD[Told(facts['told'])]}",
    "not_referred": _at_risk,
    "referral_answer": _answer,
}
"""What the codes of a line add to its heading."""
