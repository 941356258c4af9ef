"""What stands on the desk between landlords: a need and a home, as coarse as they can be, and who has agreed.

Sources: AG/013 OP8; STAR 3.12, 3.16. Neither side learns who the other is before both have agreed.
"""

from dataclasses import dataclass
from enum import StrEnum

from portal.domain.rehousing.offers import Tenure


class Card(StrEnum):
    """What a card on the desk is."""

    NEED = "need"
    HOME = "home"
    NEED_AGREES = "need_agrees"
    HOME_AGREES = "home_agrees"
    NO = "no"
    TAKEN_DOWN = "taken_down"
    LETTER_TO_HOME = "letter_to_home"
    LETTER_TO_NEED = "letter_to_need"


class Region(StrEnum):
    """As fine as a place ever is on the desk."""

    NORTH_EAST = "north_east"
    NORTH_WEST = "north_west"
    YORKSHIRE = "yorkshire"
    EAST_MIDLANDS = "east_midlands"
    WEST_MIDLANDS = "west_midlands"
    EAST = "east"
    LONDON = "london"
    SOUTH_EAST = "south_east"
    SOUTH_WEST = "south_west"
    WALES = "wales"


class Access(StrEnum):
    """What somebody needs to get about in a home."""

    STEP_FREE = "step_free"
    WHEELCHAIR = "wheelchair"
    GROUND_FLOOR = "ground_floor"


class Released(StrEnum):
    """What she lets go with her, part by part, so that she need not tell it again (STAR 3.12)."""

    NAME = "name"
    CONTACT = "contact"
    HOUSEHOLD = "household"
    NEEDS = "needs"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Need:
    """What is looked for: size, tenancy, regions, access. Nothing else leaves."""

    bedrooms: int
    tenure: Tenure
    regions: tuple[Region, ...]
    access: tuple[Access, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """What is offered, as coarse."""

    bedrooms: int
    tenure: Tenure
    region: Region
    access: tuple[Access, ...]

    def lacks(self, need: Need) -> tuple[str, ...]:
        """What keeps this home from meeting the need."""
        found = []
        if self.region not in need.regions:
            found.append("It lies in a region that is not looked for.")
        if self.bedrooms < need.bedrooms:
            found.append("It has fewer bedrooms than are needed.")
        if self.tenure.rank < need.tenure.rank:
            found.append("It would be held less firmly than the present home.")
        if set(need.access) - set(self.access):
            found.append("It lacks access that is needed.")
        return tuple(found)
