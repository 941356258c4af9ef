"""What becomes of each mark once somebody has moved: it goes with them, stays with a reason, or ends.

Sources: NPH Information Sharing; STAR 5.3; whg 2.8. A mark on somebody who fled never stays at the home that they left:
it would stand on whoever lives there next, and tell whoever stayed that they are looked for. What is proposed here is
the portal's own; somebody decides on each mark.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.domain.flags import About, address_keys

SOON = timedelta(days=28)
"""A mark that outlives a move is looked at again within four weeks: the portal's own, no policy says."""


class Mover(StrEnum):
    """Who has left the home: the person who was hurt, or the person who harms."""

    THEY = "moved"
    OTHER = "left"


class Fate(StrEnum):
    """What becomes of one mark."""

    GOES = "goes"
    STAYS = "stays"
    ELSEWHERE = "elsewhere"
    OFF = "off"
    ENDS = "ends"


NEW_MARK = frozenset({Fate.GOES, Fate.ELSEWHERE, Fate.OFF})
"""Here the old mark ends and another one follows it, so that no mark ever knows two addresses."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A mark as it stands while somebody has moved."""

    about: About
    where: str
    at_new_home: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """What is known of the home that somebody left: where it is, and whether the person who harms lives there."""

    address: str
    harmer_there: bool | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the portal would do with a mark, and why."""

    fate: Fate
    why: str


def fates(mark: Standing, movers: Collection[Mover]) -> tuple[Fate, ...]:
    """What may become of such a mark."""
    if mark.at_new_home:
        return (Fate.STAYS, Fate.OFF, Fate.ENDS)
    if mark.about is About.SURVIVOR:
        return (Fate.GOES, Fate.OFF, Fate.ENDS) if Mover.THEY in movers else (Fate.STAYS, Fate.ENDS)
    if mark.about is About.OTHER:
        return (Fate.STAYS, Fate.ELSEWHERE, Fate.OFF, Fate.ENDS)
    return (Fate.STAYS, Fate.ENDS)


def proposed(mark: Standing, movers: Collection[Mover], home: Home) -> Proposed:
    """What is safest as far as the portal can know."""
    if mark.at_new_home:
        return Proposed(Fate.STAYS, "It stands at their new home already.")
    if mark.about is not About.SURVIVOR:
        return _of_harm(mark, home.harmer_there if Mover.OTHER not in movers else False, home)
    if Mover.THEY not in movers:
        return Proposed(Fate.STAYS, "They still live there.")
    return Proposed(Fate.GOES, "They live there no more; whoever visits the new home still has to heed it.")


def _of_harm(mark: Standing, harmer_there: bool | None, home: Home) -> Proposed:  # noqa: FBT001 - a fact of the home
    """A mark on the person who harms, or on an address: it stands where that person is."""
    if mark.where and not _same(mark.where, home.address):
        return Proposed(Fate.STAYS, "It stands at another address than the home that was left.")
    if harmer_there is None:
        return Proposed(Fate.STAYS, "Nobody has written down whether the other person still lives there.")
    if harmer_there:
        return Proposed(Fate.STAYS, "The other person still lives there.")
    if mark.about is About.OTHER:
        return Proposed(Fate.OFF, "The other person lives there no more, and nobody has written down where.")
    says = "The other person lives there no more: nobody has to be warned of this address."
    return Proposed(Fate.ENDS, says)


def looked_at_again(review_on: date, today: date) -> date:
    """The day on which a mark that outlives a move is looked at again: as set, and within four weeks."""
    latest = today + SOON
    return min(review_on, latest) if review_on > today else latest


def _same(one: str, other: str) -> bool:
    return bool(set(address_keys(one)) & set(address_keys(other)))
