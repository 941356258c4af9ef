"""Loading the table of postcodes from a file: with a header that names its columns, or in the order of Code-Point Open.

Known headers are those of the ONS Postcode Directory (pcds, oseast1m, osnrth1m) and plain ones (postcode, eastings,
northings). Both data sets are free to use with their attribution; the portal ships neither.
"""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.rehousing.areas import written
from portal.homes.places.models import Postcode

BATCH = 5_000
NAMES = (
    {"postcode", "pcds", "pcd"},
    {"eastings", "easting", "oseast1m"},
    {"northings", "northing", "osnrth1m"},
)
WITHOUT_HEADER = (0, 2, 3)


class NotPostcodesError(PortalError):
    """The file names no columns that are known, and its rows do not look like Code-Point Open."""


def load(session: Session, lines: Iterable[str]) -> int:
    """Take every postcode with a place in; one that is there already is moved. The number of those taken in."""
    rows, taken = _rows(lines), 0
    while batch := list(islice(rows, BATCH)):
        once = {each["code"]: each for each in batch}
        wanted = insert(Postcode).values(list(once.values()))
        moved = {"east": wanted.excluded.east, "north": wanted.excluded.north}
        session.execute(wanted.on_conflict_do_update(index_elements=["code"], set_=moved))
        taken += len(once)
    return taken


def _rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    reader = csv.reader(lines)
    first = next(reader, [])
    at = _columns(first)
    for row in reader if at else (first, *reader):
        code, east, north = (row[each].strip() if each < len(row) else "" for each in at or WITHOUT_HEADER)
        whole = written(code)
        if whole and east.isdecimal() and north.isdecimal() and int(east):
            yield {"code": whole, "east": int(east), "north": int(north)}


def _columns(first: list[str]) -> tuple[int, ...] | None:
    """Where the three columns stand; None where the file has no header."""
    if first and written(first[0]):
        return None
    plain = [each.strip().casefold() for each in first]
    found = tuple(next((at for at, name in enumerate(plain) if name in names), -1) for names in NAMES)
    if -1 in found:
        raise NotPostcodesError("The first line names no columns postcode, eastings and northings.")
    return found
