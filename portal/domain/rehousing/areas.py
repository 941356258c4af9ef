"""Whether a home lies in an area that somebody must not be near: postcodes whole or in part, with a distance or not.

Sources: AG/013 OP8; whg 2.10; NPH Rehousing Options, para 2. Distances are straight lines on the national grid, from
a table that is loaded beforehand: no postcode is ever sent anywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, hypot

INWARD = 3
WHOLE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
PART = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?( \d([A-Z]([A-Z])?)?)?")
AROUND = re.compile(
    r"(?P<far>\d{1,2}(\.\d)?)\s*(?P<unit>km|kilometres?|miles?|mi)\s+(around|of|from)\s+(?P<code>.+)",
    re.IGNORECASE,
)
METRES = {"k": 1000.0, "m": 1609.344}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the national grid, in metres."""

    east: int
    north: int

    def away(self, other: "Spot") -> float:
        """How far in a straight line."""
        return hypot(self.east - other.east, self.north - other.north)


@dataclass(frozen=True, slots=True)
class Circle:
    """An area on a map."""

    centre: Spot
    metres: float


def written(postcode: str) -> str | None:
    """A whole postcode as it is kept, "NN1 4AB"; None for what is none."""
    plain = "".join(postcode.upper().split())
    return f"{plain[:-INWARD]} {plain[-INWARD:]}" if WHOLE.fullmatch(plain) else None


def area(part: str) -> str | None:
    """An area as it is kept: "NN1", "NN1 4", a whole postcode, or "3 km around NN1 4AB"; None for what is none."""
    around = circle(part)
    if around:
        code, metres = around
        return f"{ceil(metres / 100) / 10:g} km around {code}"
    whole = written(part)
    if whole:
        return whole
    plain = " ".join(part.upper().split())
    return plain if PART.fullmatch(plain) else None


def circle(part: str) -> tuple[str, float] | None:
    """The whole postcode in the middle of an area, and its radius in metres; None for an area without one."""
    found = AROUND.fullmatch(part.strip())
    code = written(found["code"]) if found else None
    if found is None or code is None:
        return None
    return code, round(float(found["far"]) * METRES[found["unit"][0].lower()])


def lies_in(postcode: str, within: str, spots: Mapping[str, Spot] | None = None) -> bool | None:
    """Whether a whole postcode lies in an area: NN14 does not lie in NN1. None where a distance cannot be measured."""
    around = circle(within)
    if around:
        (code, metres), known = around, spots or {}
        if code == postcode:
            return True
        if code not in known or postcode not in known:
            return None
        return known[code].away(known[postcode]) <= metres
    district, _, rest = within.partition(" ")
    home, _, inward = postcode.partition(" ")
    return home == district and inward.startswith(rest)
