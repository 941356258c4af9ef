"""The levels of risk and the one direction in which a hand can move them. Source: SafeLives criteria; HS-026 4.7."""

from collections.abc import Iterable
from enum import StrEnum

from portal.domain.errors import PortalError
from portal.domain.policy.risk import Bands


class Level(StrEnum):
    """How great the risk is. Compare by `rank`: words would compare by their letters."""

    STANDARD = "standard"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """1 is the lowest."""
        return list(Level).index(self) + 1


class LoweringRefusedError(PortalError):
    """Only a new assessment, completed, can find a lower risk."""

    def __init__(self) -> None:
        super().__init__("Risk is never lowered by hand: only a new assessment can find it lower.")


def banded(count: int, bands: Bands) -> Level:
    """The level that a count comes to by itself."""
    if count >= bands.high_from:
        return Level.HIGH
    return Level.MEDIUM if count >= bands.medium_from else Level.STANDARD


def at_least(levels: Iterable[Level]) -> Level:
    """The highest of several."""
    return max(levels, key=lambda each: each.rank)


def judged(found: Level, judgement: Level | None) -> Level:
    """The level after professional judgement, which can say the same or more; LoweringRefusedError for less."""
    if judgement is None:
        return found
    if judgement.rank < found.rank:
        raise LoweringRefusedError
    return judgement


def risen(now: Level | None, to: Level) -> Level:
    """The level after somebody raises it between assessments; the same or less is refused."""
    if now is None or to.rank <= now.rank:
        raise LoweringRefusedError
    return to
