"""Clearing a colleague, by name and for a time, to know whose case it is; and taking that back (HS-026 4.14)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from portal.cases import service as cases
from portal.cases.confidentiality.queries import can_be_given
from portal.cases.opening import tell
from portal.cases.service import NoSuchCaseError
from portal.domain.calendar import at_wall_clock, in_london
from portal.domain.errors import PortalError
from portal.domain.permissions import Permission
from portal.people.models import Account
from portal.people.queries import Colleague
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.cleared import IdentityClearance
from portal.store.database import scope_of
from portal.store.record_keys import box_of

LONGEST = timedelta(days=90)
"""For how long at most: the portal's own figure. Whoever still needs it then is cleared anew, with the reason."""
PLACE = IdentityClearance.__tablename__


class CannotBeClearedError(PortalError):
    """This colleague does not work this case, is cleared already, or knows by their role."""


class TooLongError(PortalError):
    """The day is past, or further away than anybody is cleared for."""


class EndedAlreadyError(PortalError):
    """Somebody else has taken it back, or its time is over."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """Who is or was cleared, by whom, for how long and why; `holds` at the moment of asking."""

    id: UUID
    account_id: UUID
    name: str
    by: str
    since: datetime
    until: datetime
    ended_at: datetime | None
    holds: bool
    why: str
    ended: str

    @property
    def last_day(self) -> date:
        """The last day of it."""
        return in_london(self.until - timedelta(seconds=1)).date()


def clear(
    session: Session, case_id: UUID, account_id: UUID, last_day: date, why: str, actor: Actor, now: datetime
) -> None:
    """Let a colleague who works this case know whose it is, to the end of a day."""
    case = cases.get(session, case_id, for_update=True)
    if not case.anonymous:
        raise NoSuchCaseError
    today = in_london(now).date()
    if not today <= last_day <= today + LONGEST:
        raise TooLongError
    who = next((each for each in can_be_cleared(session, case_id, now) if each.account_id == account_id), None)
    if who is None or actor.account_id is None:
        raise CannotBeClearedError
    row_id, until = new_id(), at_wall_clock(last_day + timedelta(days=1), time(0))
    made = {"since": now, "until": until, "made_by": actor.account_id}
    kept = {"landlord_id": case.landlord_id, "id": row_id, "case_id": case_id, "account_id": account_id}
    sealed = box_of(session, case_id).seal_json(PLACE, row_id, {"why": why})
    session.add(IdentityClearance(**kept, **made, sealed=sealed))
    session.flush()
    tell(session, case_id, "cleared", actor, now, facts={"who": who.name})
    _record(session, Fact.IDENTITY_CLEARED, case_id, account_id, actor, now)


def take_back(session: Session, case_id: UUID, clearance_id: UUID, why: str, actor: Actor, now: datetime) -> None:
    """End it before its time."""
    cases.get(session, case_id, for_update=True)
    row = session.scalar(
        select(IdentityClearance).where(
            IdentityClearance.landlord_id == scope_of(session).landlord_id,
            IdentityClearance.id == clearance_id,
            IdentityClearance.case_id == case_id,
        )
    )
    if row is None:
        raise NoSuchCaseError
    if row.ended_at or row.until <= now:
        raise EndedAlreadyError
    box = box_of(session, case_id)
    row.sealed = box.seal_json(PLACE, row.id, box.open_json(PLACE, row.id, row.sealed) | {"ended": why})
    row.ended_at, row.ended_by = now, actor.account_id
    session.flush()
    who = session.scalar(select(Account.name).where(Account.id == row.account_id))
    tell(session, case_id, "uncleared", actor, now, facts={"who": who})
    _record(session, Fact.IDENTITY_CLEARANCE_ENDED, case_id, row.account_id, actor, now)


def clearances(session: Session, case_id: UUID, now: datetime) -> list[Clearance]:
    """Everybody who is or was cleared for a case, the newest first."""
    row, maker = IdentityClearance, aliased(Account)
    rows = session.execute(
        select(row, Account.name, maker.name)
        .join(Account, Account.id == row.account_id)
        .join(maker, maker.id == row.made_by)
        .where(row.landlord_id == scope_of(session).landlord_id, row.case_id == case_id)
        .order_by(row.since.desc(), row.id.desc())
    )
    box, found = box_of(session, case_id), []
    for each, name, by in rows:
        said = box.open_json(PLACE, each.id, each.sealed)
        holds = each.ended_at is None and each.until > now
        found.append(
            Clearance(
                each.id, each.account_id, name, by, each.since, each.until, each.ended_at, holds,
                said["why"], said.get("ended", ""),
            )
        )  # fmt: skip
    return found


def can_be_cleared(session: Session, case_id: UUID, now: datetime) -> list[Colleague]:
    """Those who may work this case, know of it, and are not shown already whose it is."""
    already = {each.account_id for each in clearances(session, case_id, now) if each.holds}
    able = can_be_given(session, cases.get(session, case_id), now)
    return [each for each in able if not each.can(Permission.IDENTITY_READ) and each.account_id not in already]


def _record(
    session: Session, fact: Fact, case_id: UUID, account_id: UUID, actor: Actor, now: datetime
) -> None:
    audit.record(session, fact, actor, now, subject="case", subject_id=case_id, detail=str(account_id))
