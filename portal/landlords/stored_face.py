"""What a landlord’s public face holds, for those who have no page before them: offices, and for whom a service is."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.store.database import scope_of
from portal.store.tenancy import Landlord


@dataclass(frozen=True, slots=True)
class Open:
    """An office that is open to customers; empty words mean that nobody has entered them."""

    id: str
    name: str
    address: str
    hours: str


def open_offices(session: Session) -> tuple[Open, ...]:
    """Every office of the landlord that is open to customers, in the order of its pack (whg 2.1)."""
    return tuple(Open(**each) for each in _face(session).get("offices", ()))


def own_services(session: Session) -> frozenset[str]:
    """The ids of the services that the landlord itself keeps; the national lines are not among them."""
    return frozenset(each["id"] for each in _face(session).get("local", ()))


def tags_of(session: Session, service: str) -> tuple[str, ...]:
    """For whom a place of help is, by its id; nothing where the list does not know it."""
    face = _face(session)
    known = (*face.get("local", ()), *face.get("national", ()))
    return next((tuple(each["tags"]) for each in known if each["id"] == service), ())


def _face(session: Session) -> dict[str, Any]:
    return session.scalar(select(Landlord.face).where(Landlord.id == scope_of(session).landlord_id)) or {}
