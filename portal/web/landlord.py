"""Whose page is this: the landlord named at the start of the address, or nobody."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeAlias, cast
from uuid import UUID

from flask import Flask, abort, current_app, g, request
from sqlalchemy import func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from portal.store.tenancy import Landlord
from portal.web.here import landlord_work, public_work

Work: TypeAlias = Session
"""A unit of work as pages hand it on: they never ask it anything themselves."""
Keep = Callable[[Work], object]
"""What a page has kept when its form is answered."""
KEPT_SECONDS = 1
"""How long what was read counts without asking: a change is seen at once by whoever made it, and by all within this."""
NEVER_READ = ""
ROWS_AS_THEY_ARE = select(
    func.md5(
        func.string_agg(
            func.concat(Landlord.id, literal_column("landlord.xmin")),
            aggregate_order_by(literal_column("','"), Landlord.id),
        )
    )
)
"""A few letters that are others as soon as any landlord's row is, by PostgreSQL's own number of each row's version."""


@dataclass(frozen=True, slots=True)
class LandlordHere:
    """A landlord as pages need it; `face` is its public side (portal.landlords.face)."""

    id: UUID
    slug: str
    name: str
    code: str
    face: dict[str, Any]
    opened: bool = True

    @property
    def short_name(self) -> str:
        """What lists call it."""
        said: str | None = self.face.get("short_name")
        return said or self.name


class Landlords:
    """The landlords by slug and id, read again as soon as anything about one has changed."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._by_slug: dict[str, LandlordHere] = {}
        self.national: list[dict[str, Any]] = []
        self._as_they_were: str | None = NEVER_READ
        self._read_at = -1e9

    def all(self) -> dict[str, LandlordHere]:
        """Every active landlord by slug. While one asks anew, the others go on with what is there, if anything is."""
        if self._is_old():
            with self._lock:
                if self._is_old():
                    self._read()
        return self._by_slug

    def _is_old(self) -> bool:
        return self._as_they_were == NEVER_READ or time.monotonic() - self._read_at > KEPT_SECONDS

    def _read(self) -> None:
        self._read_at = time.monotonic()
        with public_work() as session:
            as_they_are = session.scalar(ROWS_AS_THEY_ARE)
            if as_they_are == self._as_they_were:
                return
            rows = session.execute(
                select(Landlord.id, Landlord.slug, Landlord.name, Landlord.code, Landlord.face,
                       Landlord.opened_at.is_not(None), Landlord.active)
                .order_by(Landlord.name)
            ).all()
        self._by_slug = {row.slug: LandlordHere(*row[:-1]) for row in rows if row.active}
        self.national = next((row.face["national"] for row in rows if row.face.get("national")), [])
        self._as_they_were = as_they_are

    def changed(self) -> None:
        """This process has changed one: look again with the next question."""
        self._read_at = -1e9

    def get(self, slug: str) -> LandlordHere | None:
        """One landlord; a slug that is new is looked up at once."""
        found = self.all().get(slug)
        if found is None and self._read_at < time.monotonic() - 1:
            self._read_at = -1e9
            found = self.all().get(slug)
        return found


def init_app(app: Flask) -> None:
    """Take the landlord out of the address before anything else looks at the request."""
    known = app.extensions["landlords"] = Landlords()

    @app.url_value_preprocessor
    def find_landlord(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "landlord" in values:
            g.landlord = known.get(values.pop("landlord"))
        elif values is None:  # no such page: its answer still has the landlord's way out
            g.landlord = known.get(request.path.split("/")[1])

    @app.url_defaults
    def same_landlord(endpoint: str, values: dict[str, Any]) -> None:
        here = g.get("landlord")
        if here and "landlord" not in values and app.url_map.is_endpoint_expecting(endpoint, "landlord"):
            values["landlord"] = here.slug


def landlords() -> dict[str, LandlordHere]:
    """Every active landlord by slug."""
    return _known().all()


def national_lines() -> list[dict[str, Any]]:
    """The lines that are the same for every landlord: for a page behind which there is none, or none any more."""
    return _known().national


def landlord_changed() -> None:
    """What was published just now shows on the very next page."""
    _known().changed()


def current_landlord() -> LandlordHere:
    """The landlord of this page; without one the page does not exist."""
    found: LandlordHere | None = g.get("landlord")
    if found is None:
        abort(404)
    return found


def work() -> AbstractContextManager[Session]:
    """One unit of work in the scope of this page's landlord."""
    return landlord_work(current_landlord().id)


def _known() -> Landlords:
    return cast("Landlords", current_app.extensions["landlords"])
