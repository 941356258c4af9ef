"""What carries messages out of the portal, and what it may be given."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from portal.domain.errors import PortalError
from portal.messaging.cleared import Cleared
from portal.messaging.words import Kind, Words, words_of


class GatewayAwayError(PortalError):
    """The carrier itself cannot be reached or will not talk: no message is to blame."""


class LetterRefusedError(PortalError):
    """The carrier would not take this one; holds a code, never its words, which repeat addresses."""


@dataclass(frozen=True, slots=True)
class StaffLetter:
    """A message to a member of staff. It has no words of its own, so it cannot say too much."""

    message_id: UUID
    to: str
    kind: Kind
    code: str
    link: str
    count: int = 1
    secret: str = field(default="", repr=False)

    @property
    def words(self) -> Words:
        """The fixed words of its kind."""
        return words_of(self.kind, self.code, self.link, self.count, self.secret)


Letter = StaffLetter | Cleared


class Gateway(Protocol):
    """Carries letters. It may keep a connection open from one to the next, until it is closed."""

    def send(self, letter: Letter) -> None:
        """Hand a letter over; anything that is not one is a TypeError, and nothing is sent."""
        ...

    def close(self) -> None:
        """End what is open."""
        ...


def only_a_letter(thing: object) -> Letter:
    """Refuse everything that is neither fixed words for staff nor cleared by the contact guard."""
    if not isinstance(thing, StaffLetter | Cleared):
        message = (
            "A gateway sends fixed words to staff, or what the contact guard has cleared, and nothing else."
        )
        raise TypeError(message)
    return thing
