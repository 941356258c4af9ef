"""Local forums, initiatives that prevent abuse, and regular contact: what each is, and when it is due.

Sources: AG/013 Operational Principle 9; whg 2.11. How often somebody meets is set by the landlord: no policy says it.
"""

from datetime import date
from enum import StrEnum

from portal.domain.policy.said_date import last_day, later


class What(StrEnum):
    """What somebody takes part in."""

    FORUM = "forum"
    INITIATIVE = "initiative"
    CONTACT = "contact"


class With(StrEnum):
    """With which kind of body; the first six are those that policies name."""

    COUNCIL = "council"
    NHS = "nhs"
    POLICE = "police"
    CHARITY = "charity"
    GROUP = "group"
    IDVA = "idva"
    MARAC = "marac"
    OTHER = "other"


NAMED = (With.COUNCIL, With.NHS, With.POLICE, With.CHARITY, With.GROUP, With.IDVA)
"""With whom regular contact is kept (whg 2.11)."""


def next_day(held_on: date, every_months: int | None) -> date | None:
    """When it is due again, so many months after the last time; none where no rhythm is set."""
    return last_day(later(held_on.isoformat(), every_months)) if every_months else None
