"""Whether anything is to be invented. What invents knows every feature, so it is loaded only where something is."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from importlib import import_module
from uuid import UUID

from sqlalchemy import select

from portal.demo.staff import LANDLORDS
from portal.domain.errors import PortalError
from portal.referrals.models import Report
from portal.settings import Env, Settings
from portal.store.database import Database
from portal.store.scope import LandlordScope, PublicScope
from portal.store.tenancy import Landlord

INVENTS = "portal.demo.filling"
Step = Callable[[str], AbstractContextManager[None]]


class NoDemoHereError(PortalError):
    """Invented people belong into a demonstration or a test, never beside real ones."""


def fill(settings: Settings, now: datetime, step: Step = lambda _says: nullcontext()) -> int:
    """Give each landlord that has no report its staff and stories; the number of landlords that were filled.

    A fill that was broken off goes on where it was. Each landlord is one step of what whoever waits is told.
    """
    if settings.env not in {Env.DEMO, Env.TEST}:
        raise NoDemoHereError("Invented people are put in with PORTAL_ENV=demo only.")
    database = Database(settings)
    try:
        empty = _empty(database)
        if empty:
            import_module(INVENTS).invent(database, empty, now, step)
        return len(empty)
    finally:
        database.dispose()


def _empty(database: Database) -> list[Landlord]:
    with database.work(PublicScope()) as session:
        known = {each.slug: each for each in session.scalars(select(Landlord).where(Landlord.active))}
    wanted = [known[slug] for slug in LANDLORDS if slug in known]
    return [each for each in wanted if _is_empty(database, each.id)]


def _is_empty(database: Database, landlord_id: UUID) -> bool:
    with database.work(LandlordScope(landlord_id)) as session:
        return session.scalar(select(Report.id).limit(1)) is None
