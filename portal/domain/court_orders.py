"""Orders that protect somebody: the dated catalogue of their kinds, and how one stands on a day.

Sources: HS-026 5.1; NPH Perpetrators, Joint tenants; the Acts that each entry names. No legal advice: a landlord's
adviser checks an entry and enters the month in last_checked.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.domain.policy.said_date import SaidDate
from portal.domain.policy.stated import Frozen, Slug, Stated, Words

WARNED_DAYS_BEFORE = (28, 7)
"""The portal's own: no policy says when to look at an order again. Four weeks leave time for a hearing."""


class OrderKind(Frozen):
    """One kind of order, what breaking it means, and since when it can be made."""

    id: Slug
    title: Words
    law: Words
    since: SaidDate
    replaced_by: Slug | None = None
    breach: Words
    arrest: Words
    note: Words | None = None
    last_checked: Stated[SaidDate]


class OrderCatalogue(Frozen):
    """Every kind that the portal knows."""

    kinds: tuple[OrderKind, ...]

    def find(self, kind: str) -> OrderKind | None:
        """The kind with this id; None for one that is not in the catalogue any more."""
        return next((each for each in self.kinds if each.id == kind), None)


class Served(StrEnum):
    """Whether the person bound by it has been given it: until then many orders cannot be broken."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Arrest(StrEnum):
    """Whether police can arrest for a breach without a warrant."""

    ATTACHED = "attached"
    NOT_ATTACHED = "not_attached"
    UNKNOWN = "unknown"


class State(StrEnum):
    """How an order stands on a day."""

    IN_FORCE = "in_force"
    NOT_SERVED = "not_served"
    EXPIRED = "expired"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Term:
    """From when until when an order holds; no last day means until further order."""

    made_on: date
    ends_on: date | None
    ended_on: date | None
    served: Served

    def state(self, day: date) -> State:
        """How it stands on this day: the last day itself still counts."""
        if self.ended_on is not None and self.ended_on <= day:
            return State.ENDED
        if self.ends_on is not None and self.ends_on < day:
            return State.EXPIRED
        return State.IN_FORCE if self.served is Served.YES else State.NOT_SERVED

    @property
    def warnings(self) -> tuple[tuple[int, date], ...]:
        """How many days before the last one, and which day that is."""
        last = self.ends_on
        if last is None or self.ended_on is not None:
            return ()
        return tuple((before, last - timedelta(days=before)) for before in WARNED_DAYS_BEFORE)
