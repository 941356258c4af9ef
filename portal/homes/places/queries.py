"""Where some postcodes lie, and how far a district reaches."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.rehousing.areas import Circle, Spot, circle, written
from portal.homes.places.models import Postcode


def spots(session: Session, codes: Iterable[str]) -> dict[str, Spot]:
    """Where each of these lies; one that the table does not know is left out."""
    wanted = {each for each in codes if written(each)}
    rows = session.execute(
        select(Postcode.code, Postcode.east, Postcode.north).where(Postcode.code.in_(wanted))
    )
    return {code: Spot(east, north) for code, east, north in rows}


def circles(session: Session, areas: Iterable[str]) -> dict[str, Circle]:
    """Each area as a circle on a map: its own where it has a radius, the reach of its postcodes where it is a part."""
    found: dict[str, Circle] = {}
    for area in areas:
        own = circle(area)
        whole = spots(session, [own[0] if own else area])
        if own and whole:
            found[area] = Circle(next(iter(whole.values())), own[1])
        elif whole:
            found[area] = Circle(next(iter(whole.values())), 0)
        elif own is None:
            reach = _reach(session, area)
            if reach:
                found[area] = reach
    return found


def _reach(session: Session, part: str) -> Circle | None:
    prefix = f"{part} %" if " " not in part else f"{part}%"
    east, north = Postcode.east, Postcode.north
    row = session.execute(
        select(func.min(east), func.max(east), func.min(north), func.max(north)).where(
            Postcode.code.like(prefix)
        )
    ).one()
    left, right, below, above = row
    if None in (left, right, below, above):
        return None
    centre = Spot((left + right) // 2, (below + above) // 2)
    return Circle(centre, max(right - left, above - below) // 2)
