"""The terms of a move under a policy: band, offers, area, tenure, money; each with its clause, or not stated."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.domain.policy import Origin, Policy
from portal.domain.policy.law import LawCatalogue
from portal.domain.policy.parameters import in_words
from portal.domain.policy.said_date import first_day
from portal.domain.policy.said_date import in_words as in_day_words
from portal.domain.policy.stated import Stated


@dataclass(frozen=True, slots=True)
class Term:
    """One term; no value means that the policy does not state one."""

    key: str
    title: str
    value: str | None
    clauses: tuple[str, ...]
    origin: Origin
    law: tuple[str, ...] = ()
    """What law has come since that touches it, for a landlord's adviser to look at."""


TITLES = {
    "need": "Need",
    "band": "Band",
    "offers": "Number of offers",
    "like_for_like": "Like for like",
    "area": "Where a new home may lie",
    "no_priority": "When there is no priority",
    "decision": "Who decides",
    "consulted": "Who is asked",
    "tenure": "Security of tenure",
    "conditions": "Before a move",
    "ending_tenancy": "Ending the tenancy",
    "local_connection": "Local connection",
    "arrears": "Arrears now",
    "arrears_decision": "Arrears afterwards",
    "rent_during_move": "Rent during the move",
    "aftercare": "Afterwards",
}
OF_MONEY = {"arrears", "arrears_decision", "rent_during_move"}


def terms(policy: Policy, law: LawCatalogue) -> tuple[Term, ...]:
    """Every term in a fixed order, the unstated ones too."""
    return tuple(_terms(policy, law))


def _terms(policy: Policy, law: LawCatalogue) -> Iterator[Term]:
    for key, title in TITLES.items():
        part = "money" if key in OF_MONEY else "rehousing"
        stated: Stated[object] = getattr(getattr(policy, part), key)
        said = None if stated.value is None else in_words(stated.value)
        newer = tuple(_newer(policy, law, f"{part}.{key}")) if said else ()
        yield Term(key, title, said, stated.clauses, stated.origin, newer)
    counts = policy.moving.safety_refusals_count
    yield Term(
        "safety_refusals",
        "An offer refused because it is not safe",
        "Counts as an offer" if counts.value else "Does not count as an offer",
        counts.clauses,
        counts.origin,
    )


def _newer(policy: Policy, law: LawCatalogue, key: str) -> Iterator[str]:
    for entry in law.entries:
        if key in entry.touches and first_day(entry.dated) > policy.in_force_from:
            yield f"{entry.title}, {in_day_words(entry.dated)}: {entry.says}"
