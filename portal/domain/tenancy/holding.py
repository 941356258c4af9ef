"""How a home is held, and what is known of why somebody left it. Whatever nobody has asked yet is left unknown."""

from dataclasses import dataclass
from enum import StrEnum

from portal.domain.rehousing.offers import Tenure


class Held(StrEnum):
    """Who is our tenant."""

    SURVIVOR = "survivor"
    OTHER = "other"
    JOINT = "joint"
    NEITHER = "neither"


class Agreement(StrEnum):
    """Whose tenancy agreement it is: some landlords manage homes of a council under the council's own."""

    OWN = "own"
    COUNCIL = "council"


class Tie(StrEnum):
    """What the two are to each other, as far as a ground asks."""

    PARTNERS = "partners"
    RELATIVES = "relatives"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Holding:
    """One home as it is held. None means that nobody has asked."""

    held: Held | None = None
    tenure: Tenure | None = None
    agreement: Agreement | None = None
    tie: Tie | None = None
    left: bool | None = None
    not_returning: bool | None = None
    caused: bool | None = None
    nuisance: bool | None = None
    broken_term: bool | None = None
    convicted: bool = False
    found_by_court: bool | None = None

    @property
    def theirs(self) -> bool | None:
        """Whether the person who harms is our tenant, alone or beside the other."""
        return None if self.held is None else self.held in {Held.OTHER, Held.JOINT}

    @property
    def gone_for_good(self) -> bool:
        """They have left and will not come back."""
        return bool(self.left and self.not_returning)
