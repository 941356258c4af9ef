"""The verbs of support: ask a landlord to be let in, the landlord's answer, and its end; each on the landlord's record.

Whoever is let in has a role without any case, which ends by itself.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.permissions import Permission, Role
from portal.messaging.words import Kind
from portal.operators.models import SupportAccess
from portal.people.colleagues import colleagues
from portal.people.staff import give_roles
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.work.notices import Notice, desk_of, leave

LONGEST_HOURS = 8


class AskedAlreadyError(PortalError):
    """This person has asked already, or is in."""


class NotWaitingError(PortalError):
    """It was answered, has ended or never was."""


def ask(session: Session, reason: str, hours: int, actor: Actor, now: datetime) -> UUID:
    """Ask the landlord of this scope; whoever says there who may do what hears of it."""
    if actor.account_id is None:
        raise PermissionError("Somebody must ask.")
    here = scope_of(session).landlord_id
    wanted = select(SupportAccess).where(
        SupportAccess.landlord_id == here,
        SupportAccess.account_id == actor.account_id,
        SupportAccess.ended_at.is_(None),
    )
    if any(
        each.answered_at is None or (each.until_at and each.until_at > now)
        for each in session.scalars(wanted)
    ):
        raise AskedAlreadyError("You have asked already.")
    row = SupportAccess(
        landlord_id=here,
        id=new_id(),
        account_id=actor.account_id,
        name=actor.name,
        reason=reason,
        hours=min(hours, LONGEST_HOURS),
        asked_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, Fact.SUPPORT_ASKED, actor, now, subject="support", subject_id=row.id)
    link = f"{desk_of(session)}/support"
    able = [each for each in colleagues(session, now) if Permission.PEOPLE_ADMIN in each.permissions]
    leave(session, [Notice(each.account_id, row.id, Kind.REVIEW, link) for each in able], now)
    return row.id


def let_in(session: Session, access_id: UUID, actor: Actor, now: datetime) -> None:
    """Let them in from now on, for as long as they asked; then it ends by itself."""
    row = _waiting(session, access_id)
    row.answered_at, row.answered_by = now, actor.name
    row.until_at = now + timedelta(hours=row.hours)
    give_roles(session, row.account_id, [Role.SUPPORT], actor, now, ends_at=row.until_at)
    audit.record(
        session,
        Fact.SUPPORT_LET_IN,
        actor,
        now,
        subject="support",
        subject_id=row.id,
        detail=f"hours:{row.hours}",
    )


def refuse(session: Session, access_id: UUID, actor: Actor, now: datetime) -> None:
    """Not now."""
    row = _waiting(session, access_id)
    row.answered_at, row.answered_by = now, actor.name
    audit.record(session, Fact.SUPPORT_REFUSED, actor, now, subject="support", subject_id=row.id)


def end(session: Session, access_id: UUID, actor: Actor, now: datetime, *, own: bool = False) -> None:
    """End it at once: the landlord at any time, and whoever is done, their `own` alone."""
    row = _found(session, access_id)
    if own and row.account_id != actor.account_id:
        raise NotWaitingError
    if row.ended_at or (row.until_at is None and row.answered_at):
        raise NotWaitingError
    row.ended_at, row.ended_by = now, actor.name
    if row.until_at and row.until_at > now:
        give_roles(session, row.account_id, [], actor, now)
    audit.record(session, Fact.SUPPORT_ENDED, actor, now, subject="support", subject_id=row.id)


def note_page(session: Session, page: str, actor: Actor, now: datetime) -> None:
    """That support opened a page, by the page's own name."""
    audit.record(session, Fact.SUPPORT_LOOKED, actor, now, subject="page", detail=page)


def _found(session: Session, access_id: UUID) -> SupportAccess:
    row = session.get(SupportAccess, (scope_of(session).landlord_id, access_id), with_for_update=True)
    if row is None:
        raise NotWaitingError
    return row


def _waiting(session: Session, access_id: UUID) -> SupportAccess:
    row = _found(session, access_id)
    if row.answered_at or row.ended_at:
        raise NotWaitingError
    return row
