"""Where else somebody can turn: national lines kept once, and each landlord's own list."""

from datetime import date
from enum import StrEnum

from portal.domain.policy.said_date import SaidDate, last_day, later
from portal.domain.policy.stated import Frozen, Slug, Stated, Words

CHECK_EVERY_MONTHS = 6


class ServiceKind(StrEnum):
    """Who stands behind it; AG/013 Objectives asks for both."""

    STATUTORY = "statutory"
    VOLUNTARY = "voluntary"


class Printed(Frozen):
    """Where the number was last seen in print, for as long as nobody has rung it."""

    at: SaidDate
    by: Words


class Service(Frozen):
    """One place of help, with the month in which somebody last made sure of it."""

    id: Slug
    name: Words
    kind: ServiceKind
    what: Words
    tags: tuple[Slug, ...] = ()
    areas: tuple[Words, ...] = ()
    """Where it works, as its own words say; nothing where nobody has said."""
    outside: bool = False
    """It works outside the landlord's own area: staff see that before they name it."""
    run_by: Stated[str]
    number: Stated[str]
    hours: Stated[str]
    last_checked: Stated[SaidDate]
    check_note: Words
    printed: Printed | None = None
    clause: Words | None = None

    def unchecked(self, today: date, checked: str | None = None) -> bool:
        """Whether nobody has made sure of it in the last half-year; `checked` is when somebody did, if later known."""
        checked = checked or self.last_checked.value
        return checked is None or last_day(later(checked, CHECK_EVERY_MONTHS)) < today


class NationalLines(Frozen):
    """The lines that every landlord in a nation shows."""

    services: tuple[Service, ...]


class LocalDirectory(Frozen):
    """A landlord's own list, and whether it shows the national lines."""

    national: bool
    services: tuple[Service, ...] = ()


class Directory(Frozen):
    """What one landlord shows: the national lines first, then its own."""

    services: tuple[Service, ...]

    def tagged(self, tag: str) -> tuple[Service, ...]:
        """The services that say they are for these people."""
        return tuple(service for service in self.services if tag in service.tags)
