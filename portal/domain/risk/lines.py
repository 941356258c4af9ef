"""Where the lines are drawn, and by whom: a MARAC area, the policy, or the portal where nobody says anything."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.domain.policy import Policy
from portal.domain.policy.risk import PORTAL_BANDS, PORTAL_ESCALATION, Bands, MaracArea
from portal.domain.policy.stated import Origin, Stated


@dataclass(frozen=True, slots=True)
class Line:
    """A number, and who said so."""

    number: int
    says: str


@dataclass(frozen=True, slots=True)
class AreaLines:
    """The numbers that an area has drawn for itself, as they stood when somebody was assessed."""

    id: str
    name: str
    threshold: int
    incidents: int


Drawn = tuple[AreaLines, ...]
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


def marac_line(policy: Policy, area: str | None, drawn: Drawn = ()) -> Line:
    """From how many a case goes to the conference by its count: the area's own number goes before all."""
    default = high_line(policy)
    return _line(policy, area, [(each, each.threshold) for each in drawn], lambda each: each.threshold, default)


def escalation_line(policy: Policy, area: str | None, drawn: Drawn = ()) -> Line:
    """From how many incidents in twelve months a case goes to the conference."""
    default = Line(PORTAL_ESCALATION, "portal default, as SafeLives recommends")
    return _line(policy, area, [(each, each.incidents) for each in drawn], lambda each: each.incidents, default)


def _line(
    policy: Policy,
    slug: str | None,
    drawn: Iterable[tuple[AreaLines, int]],
    stated: Callable[[MaracArea], Stated[int]],
    default: Line,
) -> Line:
    """The line of a case's area. While nobody knows the area, every one counts, and the strictest line holds.

    What an area has drawn itself and what a landlord states of it both count: again the stricter of the two.
    """
    lines: dict[str, list[Line]] = {each.id: list(_of(each, stated(each))) for each in policy.marac_areas}
    for area, number in drawn:
        lines.setdefault(area.id, []).append(Line(number, f"{area.name}: the area’s own number"))
    known = {slug: lines[slug]} if slug in lines else lines
    return _strictest(_strictest(each) or default for each in known.values()) or default


def _of(area: MaracArea, stated: Stated[int]) -> Iterable[Line]:
    if stated.value is not None:
        yield Line(stated.value, f"{area.name}: {_by(stated)}")


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
