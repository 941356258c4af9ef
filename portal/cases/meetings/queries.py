"""The meetings of a case for its pages, and the one that comes next for the head of every page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, select
from sqlalchemy.orm import Session

from portal.cases.meetings.models import Meeting
from portal.cases.meetings.words import AT, PLACE
from portal.domain.meetings import Agreed, Going, Purpose, State, Venue, against_visit
from portal.domain.wording import say_moment
from portal.people.models import Account
from portal.store.database import scope_of
from portal.store.record_keys import box_of
from portal.store.statements import HERE, Later, Statement, given, pose

SHOWN = 50


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting, opened; `officer` is None where whoever has the case meets them."""

    id: UUID
    purpose: Purpose
    venue: Venue
    starts_at: datetime
    officer: str | None
    officer_id: UUID | None
    agreed: Agreed
    overridden: bool
    state: State
    where: str
    note: str
    why: str
    outcome: str
    second: str | None
    second_id: UUID | None
    why_alone: str
    actor: str
    ended_by: str | None
    revision: int


def of_case(session: Session, case_id: UUID, most: int | None = None) -> list[MeetingRow]:
    """The meetings of a case, the newest first."""
    rows = session.execute(
        select(Meeting, Account.name)
        .join(Account, Account.id == Meeting.officer, isouter=True)
        .where(Meeting.landlord_id == scope_of(session).landlord_id, Meeting.case_id == case_id)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(most)
    )
    box, found = box_of(session, case_id), []
    opened = [(row, officer, box.open_json(PLACE, row.id, row.sealed)) for row, officer in rows]
    seconds = _names(session, {UUID(said["second"]) for _, _, said in opened if said.get("second")})
    for row, officer, said in opened:
        found.append(
            MeetingRow(
                id=row.id,
                purpose=Purpose(row.purpose),
                venue=Venue(row.venue),
                starts_at=row.starts_at,
                officer=officer,
                officer_id=row.officer,
                agreed=Agreed(row.agreed),
                overridden=row.verdict == "overridden",
                state=State(row.state),
                where=said["where"],
                note=said["note"],
                why=said["why"],
                outcome=said.get("outcome", ""),
                second=seconds.get(said.get("second", "")),
                second_id=UUID(said["second"]) if said.get("second") else None,
                why_alone=said.get("why_alone", ""),
                actor=row.actor,
                ended_by=row.ended_by,
                revision=row.revision,
            )
        )
    return found


def unsafe_now(row: MeetingRow, staff_risk: str | None, officer: UUID | None) -> bool:
    """A visit that would not be booked as it stands: of before the last assessment, or one of two goes no more."""
    two = row.second_id is not None and row.second_id != (row.officer_id or officer)
    going = Going(two, row.why_alone, may_override=True)
    return row.state is State.BOOKED and row.venue is Venue.HOME and bool(against_visit(staff_risk, going))


def _names(session: Session, accounts: set[UUID]) -> dict[str, str]:
    if not accounts:
        return {}
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(accounts)))
    return {str(account_id): name for account_id, name in rows}


NEXT = Statement(
    select(Meeting.starts_at, Meeting.venue)
    .where(
        Meeting.landlord_id == HERE,
        Meeting.case_id == given("case_id", Uuid()),
        Meeting.state == State.BOOKED.value,
    )
    .order_by(Meeting.starts_at)
)


def pose_booked(session: Session, case_id: UUID) -> Later[tuple[str, ...]]:
    """The meetings that are still to come, or to be recorded, each in a line for the head of the case."""
    found = pose(session, NEXT, case_id=case_id)
    return lambda: tuple(f"{say_moment(at)}, {AT[Venue(venue)]}" for at, venue in found.rows)
