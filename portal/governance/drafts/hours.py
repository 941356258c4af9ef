"""A version that changes nothing but when the landlord works: its own affair, and no text that a body has approved.

A second person still approves it. Neither the body that the policy names nor an impact assessment is asked for.
"""

from collections.abc import Mapping
from typing import Any

from portal.domain.policy.stated import Origin

WHEN_OPEN = ("office_hours", "closure_days")
NAMES_OF_VERSION = ("version", "in_force_from")


def only_hours(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the two differ in office hours or days closed, neither of them by a clause, and in nothing else."""
    if any(_by_clause(each) for each in (before, after)) or _hours(before) == _hours(after):
        return False
    return _rest(before) == _rest(after)


def _by_clause(content: Mapping[str, Any]) -> bool:
    hours = content.get("office_hours") or {}
    return bool(hours.get("value")) and hours.get("origin", Origin.POLICY.value) == Origin.POLICY.value


def _hours(content: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(content.get(each) or None for each in WHEN_OPEN)


def _rest(content: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: each for name, each in content.items() if name not in WHEN_OPEN}
    document = {name: each for name, each in content["document"].items() if name not in NAMES_OF_VERSION}
    return kept | {"document": document}
