"""How lines of the timeline about people, orders and safeguarding are said."""

from collections.abc import Callable
from typing import Any

from portal.cases.household.words import PARTS, STANDINGS
from portal.cases.orders.words import CHANGES, POLICE
from portal.cases.safeguarding.words import GROUPS, OUTCOMES, TOLD
from portal.cases.serious.words import BECAUSE, MATTERS
from portal.domain.safeguarding import Group, Outcome, Told
from portal.domain.serious import Because, Matter
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
    "serious": "Serious matter",
    "serious_no": "Asked not to tell the police",
    "serious_looked": "Second person about not telling the police",
    "serious_told": "The police were told",
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


def _serious(facts: dict[str, Any]) -> str:
    return f": {MATTERS[Matter(facts['matter'])].lower()}"


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
    "serious": lambda facts: f"{_serious(facts)}. {BECAUSE[Because(facts['because'])]}".rstrip(". "),
    "serious_no": _serious,
    "serious_looked": lambda facts: f"{_serious(facts)}. {'Agreed' if facts['agreed'] == 'yes' else 'Given back'}",
    "serious_told": _serious,
}
"""What the codes of a line add to its heading."""
