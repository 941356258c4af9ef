"""Where the lines are drawn, and by whom: a MARAC area, the policy, or the portal where nobody says anything."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.domain.policy import Policy
from portal.domain.policy.risk import PORTAL_BANDS, PORTAL_ESCALATION, Bands, MaracArea
from portal.domain.policy.stated import Origin, Stated


@dataclass(frozen=True, slots=True)
class Line:
    """A number, and who said so."""

    number: int
    says: str


DEFAULT_BY = "portal default, as SafeLives suggests"


def bands_of(policy: Policy) -> Bands:
    """The bands in force: the policy's, or the portal's."""
    return policy.risk.bands.value or _default()


def medium_line(policy: Policy) -> Line:
    """From how many the risk is medium."""
    return Line(bands_of(policy).medium_from, _by(policy.risk.bands))


def high_line(policy: Policy) -> Line:
    """From how many the risk is high."""
    return Line(bands_of(policy).high_from, _by(policy.risk.bands))


def marac_line(policy: Policy, area: str | None) -> Line:
    """From how many a case goes to the conference by its count: the area's own number goes before all."""
    return _strictest(_marac_line(policy, each) for each in _areas(policy, area)) or high_line(policy)


def escalation_line(policy: Policy, area: str | None) -> Line:
    """From how many incidents in twelve months a case goes to the conference."""
    default = Line(PORTAL_ESCALATION, "portal default, as SafeLives recommends")
    return _strictest(_of(each, each.incidents) or default for each in _areas(policy, area)) or default


def _areas(policy: Policy, slug: str | None) -> tuple[MaracArea, ...]:
    """The area of a case. While nobody knows it, every area counts, and the strictest line holds."""
    known = tuple(each for each in policy.marac_areas if each.id == slug)
    return known or policy.marac_areas


def _marac_line(policy: Policy, area: MaracArea) -> Line:
    return _of(area, area.threshold) or high_line(policy)


def _of(area: MaracArea, stated: Stated[int]) -> Line | None:
    return None if stated.value is None else Line(stated.value, f"{area.name}: {_by(stated)}")


def _strictest(lines: Iterable[Line]) -> Line | None:
    return min(lines, key=lambda each: each.number, default=None)


def _by(stated: Stated[Bands] | Stated[int]) -> str:
    if stated.clause:
        return stated.clause
    return (
        DEFAULT_BY if stated.value is None or stated.origin is Origin.PORTAL_DEFAULT else "the landlord’s own"
    )


def _default() -> Bands:
    value = PORTAL_BANDS.value
    if value is None:
        raise AssertionError
    return value
