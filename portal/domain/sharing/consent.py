"""What the person agreed to: one body, one purpose, some parts of the record, until a day or until withdrawn.

Sources: AG/013 OP5; NPH Dealing with cases, para 4; STAR 4.2; HS-026 3.2.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.domain.sharing.recipients import Recipient


class Part(StrEnum):
    """A part of the record that can be shared by itself: consent names parts, and so does each disclosure."""

    PERSON = "person"
    ADDRESS = "address"
    HAPPENED = "happened"
    INCIDENTS = "incidents"
    HOUSEHOLD = "household"
    OTHER_PERSON = "other_person"
    ORDERS = "orders"
    RISK = "risk"
    RISK_ANSWERS = "risk_answers"
    SAFETY_PLAN = "safety_plan"
    ACTION_PLAN = "action_plan"
    CONTACTS = "contacts"
    NOTES = "notes"
    DOCUMENTS = "documents"


class GivenHow(StrEnum):
    """How the person said yes."""

    WORDS = "words"
    WRITING = "writing"
    ADVOCATE = "advocate"


@dataclass(frozen=True, slots=True)
class Consent:
    """One yes. Whatever it does not name is not agreed to."""

    recipient: Recipient
    parts: frozenset[Part]
    given_at: datetime
    until: datetime
    withdrawn_at: datetime | None = None

    def in_force(self, at: datetime) -> bool:
        """Whether it counts at this moment: from when it was given, and no longer from the instant that it ended."""
        if not self.given_at <= at < self.until:
            return False
        return self.withdrawn_at is None or at < self.withdrawn_at

    def permits(self, recipient: Recipient, parts: frozenset[Part], at: datetime) -> bool:
        """Whether these parts may go to this body at this moment."""
        return bool(parts) and self.in_force(at) and self.recipient.is_same(recipient) and parts <= self.parts
