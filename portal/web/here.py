"""The parts that a running portal has, and how a request finds them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from flask import current_app
from redis import Redis
from sqlalchemy.orm import Session

from portal.domain.permissions import Permission
from portal.settings import Settings
from portal.store.database import Database, Glance
from portal.store.scope import NOBODY, AccountScope, AgencyScope, LandlordScope, PublicScope
from portal.web.principal import AtAgency, current_principal


@dataclass(frozen=True, slots=True)
class Portal:
    """Everything that create_app put together. `now` is the only clock of the web."""

    settings: Settings
    database: Database
    redis: Redis
    now: Callable[[], datetime]


def portal() -> Portal:
    """The parts of the portal that serves this request."""
    return cast("Portal", current_app.extensions["portal"])


def now() -> datetime:
    """This moment, in UTC."""
    return portal().now()


def landlord_work(landlord_id: UUID) -> AbstractContextManager[Session]:
    """One unit of work in the scope of one landlord, with the cases that are there for whoever is signed in."""
    who = current_principal()
    staff_cases = who is not None and who.can(landlord_id, Permission.STAFF_ROUTE_READ)
    identities = who is not None and who.can(landlord_id, Permission.IDENTITY_READ)
    conference = who is not None and who.can(landlord_id, Permission.CONFERENCE_MINUTES)
    reader = who.account_id if who else NOBODY
    return portal().database.work(LandlordScope(landlord_id, staff_cases, reader, identities, conference))


def published_work(landlord_id: UUID) -> AbstractContextManager[Session]:
    """One unit of work with nobody's eyes, for figures that are the same whoever reads them.

    No case about an employee is there, and none that is restricted to some: that there is one shows in no figure.
    """
    return portal().database.work(LandlordScope(landlord_id, staff_cases=False, reader=NOBODY))


def tenants_work(landlord_id: UUID) -> AbstractContextManager[Session]:
    """One unit of work with the reader's eyes, without any case about an employee: for figures about tenants."""
    who = current_principal()
    reader = who.account_id if who else NOBODY
    return portal().database.work(LandlordScope(landlord_id, staff_cases=False, reader=reader))


def taking_in(landlord_id: UUID) -> AbstractContextManager[Session]:
    """One unit of work with the portal's own eyes, for whoever tells or asks, and is shown nothing of what it reads.

    A report about an employee is taken in so, an emergency looked up, and the job of a link opened.
    """
    return portal().database.work(LandlordScope(landlord_id))


def my_agency() -> AtAgency:
    """The agency of whoever is signed in; only for pages that access control has let its people into."""
    who = current_principal()
    if who is None or who.agency is None:
        message = "This page was reached by somebody who works for no agency."
        raise PermissionError(message)
    return who.agency


def agency_work() -> AbstractContextManager[Session]:
    """One unit of work in the scope of the agency that whoever is signed in works for."""
    who = current_principal()
    return portal().database.work(AgencyScope(my_agency().id, who.account_id if who else NOBODY))


def account_work(account_id: UUID) -> AbstractContextManager[Session]:
    """One unit of work in the scope of one person's own account."""
    return portal().database.work(AccountScope(account_id))


def public_work() -> AbstractContextManager[Session]:
    """One unit of work on what belongs to no landlord."""
    return portal().database.work(PublicScope())


def public_glance() -> AbstractContextManager[Glance]:
    """The same for what every request asks: statements that are written once, and no session around them."""
    return portal().database.glance(PublicScope())
