"""The words for what is counted of erased records."""

from collections.abc import Mapping
from typing import TypeVar

from portal.cases.assessments.words import LEVELS
from portal.cases.disclosures.words import RECIPIENTS
from portal.cases.retention.figures import Figure, What
from portal.cases.safeguarding.words import AGENCIES
from portal.cases.words import CLOSE_REASONS

Code = TypeVar("Code", bound=str)
LENGTHS = {
    "month": "Open for up to a month",
    "half_year": "Open for up to half a year",
    "year": "Open for up to a year",
    "longer": "Open for more than a year",
}


def _plain(table: Mapping[Code, str]) -> dict[str, str]:
    return {str(code): says for code, says in table.items()}


SAYS: dict[What, tuple[str, Mapping[str, str]]] = {
    What.CASES: ("Cases", {"all": ""}),
    What.OUTCOME: ("Closed: ", CLOSE_REASONS),
    What.LENGTH: ("", LENGTHS),
    What.RISK: ("Risk at the end: ", {**_plain(LEVELS), "none": "not assessed"}),
    What.PLAN: ("With ", {"agreed": "a plan that was agreed"}),
    What.SAFEGUARDING: ("Safeguarding: referred to ", _plain(AGENCIES)),
    What.SHARED: ("Something was shared with: ", _plain(RECIPIENTS)),
    What.ORDER: ("Order of a court: ", {}),
    What.HOME: ("At the home: ", {}),
}


def what_is_counted(each: Figure) -> str:
    """One sum in words; a code that a landlord's own lists name is said as it is."""
    before, names = SAYS[each.what]
    return before + names.get(each.code, each.code.replace("_", " ").replace("-", " "))
