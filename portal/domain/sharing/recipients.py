"""Who something goes to: what kind of body, and its name. An agency is the same however its name is typed."""

from dataclasses import dataclass
from enum import StrEnum


class RecipientKind(StrEnum):
    """What kind of body it is; a policy's exceptions name kinds, not bodies."""

    POLICE = "police"
    CHILDREN = "children"
    ADULTS = "adults"
    MARAC = "marac"
    SUPPORT = "support"
    COUNCIL = "council"
    HEALTH = "health"
    SOLICITOR = "solicitor"
    COURT = "court"
    PROBATION = "probation"
    IN_HOUSE = "in_house"
    LANDLORD = "landlord"
    OTHER = "other"


AGENCIES = frozenset(RecipientKind) - {RecipientKind.IN_HOUSE, RecipientKind.OTHER, RecipientKind.SOLICITOR}
"""Bodies with a duty of their own towards people at risk: what a policy means by "agencies"."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A body that something goes to."""

    kind: RecipientKind
    name: str

    def is_same(self, other: "Recipient") -> bool:
        """Whether a consent for the one covers the other: the same name and kind, capitals and blanks aside."""
        return self.kind is other.kind and _plain(self.name) == _plain(other.name)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
