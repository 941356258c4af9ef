"""The verb: somebody made sure of a service of the landlord's own list. AG/013 OP9; HS-026 4.10; whg 1.7; STAR 3.5."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.directory.queries import keepers
from portal.domain.calendar import in_london
from portal.domain.errors import PortalError
from portal.landlords.checked import How
from portal.landlords.models import ServiceCheck
from portal.landlords.stored_face import own_services
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of


class NoSuchServiceError(PortalError):
    """The landlord's own list has no such service; the national lines are kept by whoever runs the portal."""


class NotCheckedYetError(PortalError):
    """A check is of today or of a day before."""


class NotAKeeperError(PortalError):
    """Only somebody who works here and may keep the list can look after an entry."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found to be right, and how."""

    on: date
    how: How
    number: str
    hours: str
    owner: UUID


def check(session: Session, service: str, found: Found, actor: Actor, now: datetime) -> None:
    """Record the check: from now on pages show its date, and the number that was found to be right."""
    if actor.account_id is None:
        message = "Somebody must have made sure."
        raise PermissionError(message)
    if service not in own_services(session):
        raise NoSuchServiceError
    if found.on > in_london(now).date():
        raise NotCheckedYetError
    if found.owner not in keepers(session, now):
        raise NotAKeeperError
    session.add(
        ServiceCheck(
            landlord_id=scope_of(session).landlord_id,
            id=new_id(),
            service=service,
            checked_on=found.on,
            how=found.how.value,
            number=found.number,
            hours=found.hours,
            owner=found.owner,
            recorded_at=now,
            recorded_by=actor.account_id,
        )
    )
    audit.record(session, Fact.SERVICE_CHECKED, actor, now, detail=service)
