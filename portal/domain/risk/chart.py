"""Risk over time as a drawing: steps from level to level. Only where things stand; how they look is for the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.domain.risk.levels import Level

WIDTH, HEIGHT = 640, 150
LEFT, RIGHT, TOP, BOTTOM = 84, 24, 20, 32
ROWS = {Level.HIGH: TOP, Level.MEDIUM: (TOP + HEIGHT - BOTTOM) // 2, Level.STANDARD: HEIGHT - BOTTOM}


@dataclass(frozen=True, slots=True)
class Point:
    """The level from a moment on, and whether judgement raised it."""

    at: datetime
    level: Level
    by_judgement: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a point stands in the drawing."""

    x: int
    y: int
    point: Point


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of steps; `line` is the path of an SVG."""

    line: str
    marks: tuple[Mark, ...]
    first: datetime
    last: datetime


def chart(points: Sequence[Point], until: datetime) -> Chart | None:
    """The steps up to a moment, the oldest first; None while there are none."""
    if not points:
        return None
    ordered = sorted(points, key=lambda each: each.at)
    first = ordered[0].at
    whole = max((until - first).total_seconds(), 1)
    room = WIDTH - LEFT - RIGHT
    marks = tuple(
        Mark(LEFT + round(room * min((each.at - first).total_seconds() / whole, 1)), ROWS[each.level], each)
        for each in ordered
    )
    steps = [
        f"M{marks[0].x} {marks[0].y}",
        *(f"H{each.x}V{each.y}" for each in marks[1:]),
        f"H{WIDTH - RIGHT}",
    ]
    return Chart("".join(steps), marks, first, until)
