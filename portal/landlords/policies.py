"""Which policy version is in force, and the calendar that goes with it."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Date, select
from sqlalchemy.orm import Session

from portal.domain.calendar import WorkingCalendar
from portal.domain.errors import PortalError
from portal.domain.policy import Policy
from portal.domain.policy.hours import hours_that_count
from portal.landlords.models import PolicyVersion
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.statements import HERE, Statement, ask_one, given

LONDON = ZoneInfo("Europe/London")


class NoPolicyError(PortalError):
    """This landlord had no policy in force on that day."""


class PinnedPolicy:
    """One stored version: what a case keeps to, whatever is published later."""

    __slots__ = ("calendar", "policy", "version_id")

    def __init__(self, version_id: UUID, body: dict[str, Any]) -> None:
        """Read the stored body; it was validated when it was loaded."""
        self.version_id = version_id
        self.policy = Policy.model_validate_json(json.dumps(body))
        self.calendar = calendar_of(self.policy)


def calendar_of(policy: Policy) -> WorkingCalendar:
    """The working days and hours of the landlord whose policy this is."""
    closed = frozenset(each.day for each in policy.closure_days)
    hours = hours_that_count(policy.office_hours)
    return WorkingCalendar(closed, hours.opens, hours.closes)


_read: dict[UUID, PinnedPolicy] = {}


def pinned(session: Session, version_id: UUID) -> PinnedPolicy:
    """The version with this id. Versions never change, so each is read once per process."""
    found = _read.get(version_id)
    if found is None:
        row = session.execute(select(PolicyVersion.body).where(PolicyVersion.id == version_id)).one()
        found = _read[version_id] = PinnedPolicy(version_id, row.body)
    return found


IN_FORCE = Statement(
    select(PolicyVersion.id)
    .where(PolicyVersion.landlord_id == HERE, PolicyVersion.in_force_from <= given("day", Date()))
    .order_by(PolicyVersion.in_force_from.desc(), PolicyVersion.loaded_at.desc(), PolicyVersion.id.desc())
    .limit(1)
)


def in_force(session: Session, at: datetime) -> PinnedPolicy:
    """The version in force at a moment: the newest one in force on that day, by the landlord's own calendar."""
    day = at.astimezone(LONDON).date()
    found = ask_one(session, IN_FORCE, day=day)
    if found is None:
        message = f"No policy was in force on {day:%d %B %Y}."
        raise NoPolicyError(message)
    return pinned(session, found.id)


def last_to_come(session: Session, at: datetime) -> PinnedPolicy:
    """The version that a next one follows: one approved and still to come into force, else the one in force."""
    here = PolicyVersion.landlord_id == scope_of(session).landlord_id
    newest = (PolicyVersion.in_force_from.desc(), PolicyVersion.loaded_at.desc(), PolicyVersion.id.desc())
    day = at.astimezone(LONDON).date()
    ahead = select(PolicyVersion.id).where(here, PolicyVersion.in_force_from > day).order_by(*newest).limit(1)
    found = session.scalar(ahead)
    return pinned(session, found) if found else in_force(session, at)


def close_of_business(session: Session, day: date, at: datetime) -> datetime:
    """The end of office hours on a day, by the policy in force at a moment."""
    return in_force(session, at).calendar.close_of_business(day)


def keep(session: Session, policy: Policy, now: datetime) -> UUID:
    """Store a policy as a new version; the same content again is the same version."""
    digest = policy.digest()
    found = session.scalar(select(PolicyVersion.id).where(PolicyVersion.digest == digest))
    if found:
        return found
    version = PolicyVersion(
        landlord_id=scope_of(session).landlord_id,
        id=new_id(),
        reference=policy.document.cite,
        label=policy.document.version.value or f"in force from {policy.in_force_from:%d %B %Y}",
        in_force_from=policy.in_force_from,
        digest=digest,
        body=policy.model_dump(mode="json"),
        loaded_at=now,
    )
    session.add(version)
    session.flush()
    return version.id
