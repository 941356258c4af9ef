"""The platform's verbs about agencies. No landlord adds one: "it is there already" would say that another has."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.sharing import RecipientKind
from portal.domain.sharing.recipients import AGENCIES
from portal.partners.agencies.models import Agency
from portal.store.base import new_id

KINDS = AGENCIES - {RecipientKind.LANDLORD}
"""What an agency can be; landlords are on the portal in their own right."""


class AgencyKnownError(PortalError):
    """There is an agency of this name."""


class NoSuchAgencyError(PortalError):
    """There is no agency of this name."""


def add(session: Session, name: str, kind: RecipientKind, now: datetime) -> UUID:
    """Put an agency on the portal."""
    if _named(session, name):
        raise AgencyKnownError
    agency = Agency(id=new_id(), name=" ".join(name.split()), kind=kind.value, active=True, made_at=now)
    session.add(agency)
    session.flush()
    return agency.id


def leave(session: Session, name: str) -> None:
    """The agency has left the portal: from this instant none of its people gets in."""
    _of(session, name).active = False


def come_back(session: Session, name: str) -> None:
    """It has come back: its people get in as before."""
    _of(session, name).active = True


def _of(session: Session, name: str) -> Agency:
    found = _named(session, name)
    if found is None:
        raise NoSuchAgencyError
    return found


def _named(session: Session, name: str) -> Agency | None:
    """The same however capitals and blanks are typed."""
    plain = " ".join(name.split()).casefold()
    return session.scalar(select(Agency).where(func.lower(Agency.name) == plain))
