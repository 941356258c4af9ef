"""Where else somebody can turn: national lines kept once, and each landlord's own list."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from portal.domain.policy.said_date import SaidDate, last_day, later
from portal.domain.policy.stated import Frozen, Origin, Slug, Stated, Words

CHECK_EVERY_MONTHS = 6
WRITTEN = ("id", "name", "kind", "what", "number", "hours")
"""What a landlord's administrator writes of a service of its own list."""
OWN_LIST = "The landlord’s own list"


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

    @property
    def own(self) -> list[dict[str, Any]]:
        """The landlord's own list, as an administrator writes it."""
        rows = [each for each in self.services if each.clause is not None]
        return [
            {"id": each.id, "name": each.name, "kind": each.kind.value, "what": each.what,
             "number": each.number.value or "", "hours": each.hours.value or ""}
            for each in rows
        ]  # fmt: skip

    def with_own(self, rows: Sequence[Mapping[str, Any]]) -> "Directory":
        """The same with this list in the place of its own; what nobody writes of a service stays as it was."""
        known = {each.id: each for each in self.services}
        national = [json.loads(each.model_dump_json()) for each in self.services if each.clause is None]
        whole = {"services": [*national, *(_written(row, known.get(row["id"])) for row in rows)]}
        return Directory.model_validate_json(json.dumps(whole))

    def tagged(self, tag: str) -> tuple[Service, ...]:
        """The services that say they are for these people."""
        return tuple(service for service in self.services if tag in service.tags)


def _written(row: Mapping[str, Any], before: Service | None) -> dict[str, Any]:
    """A service as it is written; a new one nobody has checked yet."""
    kept: dict[str, Any] = (
        json.loads(before.model_dump_json())
        if before
        else {
            "clause": OWN_LIST,
            "run_by": {"not_stated": True},
            "last_checked": {"not_stated": True},
            "check_note": "Entered by the landlord; nobody has checked it yet.",
        }
    )
    said = {each: _said(row[each]) for each in ("number", "hours") if not before or row[each] != _value(before, each)}
    return kept | {each: row[each] for each in ("id", "name", "kind", "what")} | said


def _said(text: str) -> dict[str, Any]:
    return {"value": text, "origin": Origin.LANDLORDS_OWN.value} if text else {"not_stated": True}


def _value(service: Service, name: str) -> str:
    stated: Stated[str] = getattr(service, name)
    return stated.value or ""
