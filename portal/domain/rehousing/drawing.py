"""A map of areas as plain shapes: circles and points on a square, so that no third party has to draw it."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.domain.rehousing.areas import Circle, Spot

SIDE = 320
EDGE = 30
SMALLEST = 4
LEAST_METRES = 2000.0


@dataclass(frozen=True, slots=True)
class Shape:
    """One circle on the square: where, how large, and what it is called."""

    x: int
    y: int
    r: int
    name: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The square with its circles, the point that is asked about, and how long a kilometre is."""

    shapes: tuple[Shape, ...]
    point: Shape | None
    kilometre: int
    side: int = SIDE


def drawn(circles: Mapping[str, Circle], point: Spot | None = None) -> Drawing | None:
    """A map of these; None where nothing is known of where they lie. North is above."""
    if not circles:
        return None
    reach = [(each.centre, each.metres) for each in circles.values()] + ([(point, 0.0)] if point else [])
    left = min(spot.east - metres for spot, metres in reach)
    right = max(spot.east + metres for spot, metres in reach)
    below = min(spot.north - metres for spot, metres in reach)
    above = max(spot.north + metres for spot, metres in reach)
    width = max(right - left, above - below, LEAST_METRES)
    scale = (SIDE - 2 * EDGE) / width
    east, north = (left + right - width) / 2, (below + above - width) / 2

    def shape(name: str, spot: Spot, metres: float) -> Shape:
        x, y = EDGE + (spot.east - east) * scale, SIDE - EDGE - (spot.north - north) * scale
        return Shape(round(x), round(y), max(round(metres * scale), SMALLEST), name)

    return Drawing(
        tuple(shape(name, each.centre, each.metres) for name, each in circles.items()),
        shape("This home", point, 0.0) if point else None,
        max(1, round(1000 * scale)),
    )
