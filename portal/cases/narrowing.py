"""Which part of the story of a case somebody wants to read: what kind, by whom, from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID


class Kind(StrEnum):
    """Which lines somebody wants to see."""

    ALL = "all"
    CONTACTS = "contacts"
    NOTES = "notes"
    INCIDENTS = "incidents"
    PLANS = "plans"
    WISHES = "wishes"
    REPORTS = "reports"
    RISK = "risk"
    SHARING = "sharing"
    CHANGES = "changes"
    SAFETY = "safety"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The part that is wanted, as it stands in an address; what cannot be read there narrows nothing."""

    kind: Kind = Kind.ALL
    who: UUID | None = None
    since: date | None = None
    until: date | None = None
    before: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Self:
        """From the part of an address behind the question mark."""
        kind = asked.get("kind", "")
        return cls(
            Kind(kind) if kind in set(Kind) else Kind.ALL,
            _id(asked.get("who", "")),
            _day(asked.get("since", "")),
            _day(asked.get("until", "")),
            asked.get("before", ""),
        )

    def asked(self, **other: str) -> dict[str, str]:
        """The same for an address, with something else in its place; what narrows nothing is left out."""
        found = {
            "kind": "" if self.kind is Kind.ALL else self.kind.value,
            "who": str(self.who or ""),
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return {name: value for name, value in (found | other).items() if value}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
