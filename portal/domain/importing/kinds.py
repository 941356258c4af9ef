"""What a file can bring: open cases, colleagues, homes; who may bring it, and how much of it at once."""

from enum import StrEnum

from portal.domain.permissions import Permission

LONGEST_FILE = 20_000


class Kind(StrEnum):
    """What a file can bring."""

    CASES = "cases"
    PEOPLE = "people"
    HOMES = "homes"


MOST_LINES: dict[Kind, int] = {Kind.CASES: 500, Kind.PEOPLE: 500, Kind.HOMES: LONGEST_FILE}
"""What one file may hold: one transaction takes it all over, or nothing."""
PERMISSIONS: dict[Kind, Permission] = {
    Kind.CASES: Permission.CASES_IMPORT,
    Kind.PEOPLE: Permission.PEOPLE_ADMIN,
    Kind.HOMES: Permission.HOMES_IMPORT,
}
