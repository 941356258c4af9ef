"""Marks on a person or an address that keep people safe: neutral words, a reason, evidence, a day to look again.

Sources: STAR 5.3; NPH Information Sharing. The words of a mark are the same for everybody and tell no cause: whoever
goes to a door learns what to do there, and not why.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.policy import Policy
from portal.domain.policy.stated import Stated
from portal.domain.rehousing.board import Reason
from portal.domain.securing import Refusal


class About(StrEnum):
    """On whom or what a mark stands."""

    SURVIVOR = "survivor"
    OTHER = "other"
    ADDRESS = "address"


class Wording(StrEnum):
    """What a mark says to whoever is at the door or on the telephone."""

    VULNERABLE = "vulnerable"
    ASK_FIRST = "ask_first"
    TWO = "two"
    OFFICE = "office"


SAYS = {
    Wording.VULNERABLE: "Vulnerable",
    Wording.ASK_FIRST: "Ask the office before a visit",
    Wording.TWO: "Two people visit",
    Wording.OFFICE: "Meet at the office only",
}
FITS = {
    About.SURVIVOR: (Wording.VULNERABLE, Wording.ASK_FIRST),
    About.OTHER: (Wording.TWO, Wording.OFFICE, Wording.ASK_FIRST),
    About.ADDRESS: (Wording.TWO, Wording.ASK_FIRST),
}
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
NUMBERS = re.compile(r"\d+[a-z]?\b")
WITH_EVIDENCE = frozenset({About.OTHER, About.ADDRESS})


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that somebody wants to put, or to keep as it is now."""

    about: About
    wording: Wording
    where: str
    reason: str
    evidence: str
    told: str
    review_on: date | None


def rule_of(policy: Policy, about: About) -> Stated[str]:
    """What the policy says of such marks."""
    flags = policy.flags
    return {About.SURVIVOR: flags.survivor, About.OTHER: flags.perpetrator, About.ADDRESS: flags.address}[
        about
    ]


def against(policy: Policy, mark: Mark, today: date) -> tuple[Refusal, ...]:
    """Everything that this mark lacks; empty where it may stand."""
    return tuple(_against(policy, mark, today))


def _against(policy: Policy, mark: Mark, today: date) -> Iterator[Refusal]:
    clause = rule_of(policy, mark.about).clause
    if mark.wording not in FITS[mark.about]:
        yield Refusal("wording", Reason("These words do not fit: choose others.", clause))
    if not mark.reason.strip():
        yield Refusal("reason", Reason("Write why. It stays here.", clause))
    if mark.about in WITH_EVIDENCE and not mark.evidence.strip():
        yield Refusal("evidence", Reason("Write what shows it: no mark stands on hearsay.", clause))
    if mark.about is About.ADDRESS and not mark.where.strip():
        yield Refusal("where", Reason("Write the address.", clause))
    if not mark.told.strip():
        yield Refusal("told", Reason("Write who was told of it, or why they were not.", clause))
    if mark.review_on is None or mark.review_on <= today:
        yield Refusal("review_on", Reason("Enter a day to come on which it is looked at again.", clause))


def address_keys(address: str) -> tuple[str, ...]:
    """An address as it is compared, the surest way first.

    That is the numbers of the home with its postcode, however the rest is written; and its letters and digits,
    whatever stands between them. Only the second where it has no postcode.
    """
    whole = "".join(each for each in address.casefold() if each.isalnum())
    found = list(POSTCODE.finditer(address))
    numbers = NUMBERS.findall(address[: found[-1].start()].casefold()) if found else []
    short = ("|".join((*numbers, f"{found[-1][1]}{found[-1][2]}".casefold())),) if numbers else ()
    return tuple(dict.fromkeys((*short, *((whole,) if whole else ()))))


def has_postcode(address: str) -> bool:
    """Whether an address can be found however the rest of it is written."""
    return POSTCODE.search(address) is not None
