"""Something in a policy that its landlord ought to settle; it never stops the portal."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PolicyWarning:
    """What was found, under which clause, and what to do about it."""

    code: str
    clause: str | None
    says: str
    do: str


def listed(things: Iterable[str]) -> str:
    """Several things in one sentence: "a, b and c"."""
    *most, last = list(things)
    return f"{', '.join(most)} and {last}" if most else last
