"""The duties of a landlord: those that wait, and what came of the others."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.duties import DUTIES, DutyKind
from portal.duties.models import Duty
from portal.people.models import Account
from portal.store.database import scope_of
from portal.store.record_keys import box_of

PLACE = "duty"
"""Where the words of a duty are sealed."""
SHOWN = 50


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty, opened. `wanted` holds what somebody asked for, where it was asked by somebody."""

    id: UUID
    kind: DutyKind
    what: str
    words: str
    wanted: dict[str, str]
    clause: str | None
    post: str | None
    opened_at: datetime
    owner: str | None
    ended_at: datetime | None
    ended_by: str | None
    about: str


def waiting(session: Session) -> list[DutyRow]:
    """What is still to be done, the oldest first."""
    rows = session.execute(
        select(Duty, Account.name)
        .join(Account, Account.id == Duty.owner, isouter=True)
        .where(Duty.landlord_id == scope_of(session).landlord_id, Duty.ended_at.is_(None))
        .order_by(Duty.opened_at, Duty.id)
        .limit(SHOWN)
    )
    return [_row(session, duty, owner) for duty, owner in rows]


def done(session: Session) -> list[DutyRow]:
    """What came of the others, the newest first."""
    rows = session.execute(
        select(Duty, Account.name)
        .join(Account, Account.id == Duty.owner, isouter=True)
        .where(Duty.landlord_id == scope_of(session).landlord_id, Duty.ended_at.is_not(None))
        .order_by(Duty.ended_at.desc(), Duty.id)
        .limit(SHOWN)
    )
    return [_row(session, duty, owner) for duty, owner in rows]


def _row(session: Session, duty: Duty, owner: str | None) -> DutyRow:
    said: dict[str, Any] = box_of(session, duty.id).open_json(PLACE, duty.id, duty.sealed)
    return DutyRow(
        id=duty.id,
        kind=DutyKind(duty.kind),
        what=DUTIES[DutyKind(duty.kind)],
        words=said["words"],
        wanted=said.get("wanted", {}),
        clause=duty.clause,
        post=duty.post,
        opened_at=duty.opened_at,
        owner=owner,
        ended_at=duty.ended_at,
        ended_by=duty.ended_by,
        about=said.get("about", ""),
    )
