"""What somebody who may see the tenancy file is given of it, and who asks (HS-026 4.14).

A joint tenant has a right to the file also where he abuses. Whoever acts for him is given what he would be given:
nothing here takes account of who asks.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.anonymity import INSTEAD
from portal.domain.contact.bland import not_bland

PHONE_DIGITS = 9


class Asker(StrEnum):
    """Who asks to see the file."""

    JOINT_TENANT = "joint_tenant"
    ACTING = "acting"


class ActsAs(StrEnum):
    """What somebody is who acts for the joint tenant."""

    SOLICITOR = "solicitor"
    ADVISER = "adviser"
    RELATIVE = "relative"
    ELECTED = "elected"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file. `why` says what the portal found in it; it is out then, or where somebody took it out."""

    number: int
    words: str
    why: tuple[str, ...]
    taken: bool

    @property
    def out(self) -> bool:
        """Whether it is left out of what is given."""
        return self.taken or bool(self.why)


def lines(text: str, secrets: Collection[str], taken: Collection[int]) -> tuple[Line, ...]:
    """The file line by line. `secrets` are the case's reference and how they are reached; `taken`, what is out."""
    found = [each.strip() for each in text.splitlines()]
    return tuple(
        Line(number, words, _why(words, secrets), number in taken) for number, words in enumerate(found) if words
    )


def as_he_reads_it(found: Collection[Line]) -> str:
    """What is given: the lines that stay, with nothing to show that there were others."""
    return "".join(f"{each.words}\n" for each in found if not each.out)


def _why(words: str, secrets: Collection[str]) -> tuple[str, ...]:
    numbers = {digits[-PHONE_DIGITS:] for each in secrets if len(digits := _digits(each)) >= PHONE_DIGITS}
    found = list(not_bland(words, secrets))
    if any(number in _digits(words) for number in numbers) or INSTEAD in words:
        found.append("The words hold something personal.")
    return tuple(dict.fromkeys(found))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
