"""Once a year everybody who works here says that they keep what they learn in confidence.

Source: NPH Confidentiality and Consent; HS-026 4.5; whg 2.4. That it is asked anew after a year is the portal's own.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.people.models import ConfidenceKept
from portal.people.queries import colleagues
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of


@dataclass(frozen=True, slots=True)
class Kept:
    """A colleague, and when they last said so; `holds` for a year from that day."""

    account_id: object
    name: str
    role_names: str
    said_at: datetime | None
    holds: bool


def say(session: Session, actor: Actor, now: datetime) -> None:
    """Say so, once more."""
    if actor.account_id is None:
        message = "Somebody must say it."
        raise PermissionError(message)
    session.add(
        ConfidenceKept(
            landlord_id=scope_of(session).landlord_id, id=new_id(), account_id=actor.account_id, said_at=now
        )
    )
    audit.record(session, Fact.CONFIDENCE_KEPT, actor, now, subject="account", subject_id=actor.account_id)


def everybody(session: Session, now: datetime) -> list[Kept]:
    """Everybody with a role here, those first who have not said so within the year."""
    rows = session.execute(
        select(ConfidenceKept.account_id, func.max(ConfidenceKept.said_at))
        .where(ConfidenceKept.landlord_id == scope_of(session).landlord_id)
        .group_by(ConfidenceKept.account_id)
    )
    said = dict(iter(rows))
    found = [
        Kept(each.account_id, each.name, each.role_names, at, at is not None and _holds(at, now))
        for each in colleagues(session, now)
        for at in (said.get(each.account_id),)
    ]
    return sorted(found, key=lambda each: (each.holds, each.name))


def _holds(said_at: datetime, now: datetime) -> bool:
    said, today = in_london(said_at).date(), in_london(now).date()
    return (today.year - said.year, today.month, today.day) < (1, said.month, said.day)
