"""The meetings of a case for its pages, and the one that comes next for the head of every page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, select
from sqlalchemy.orm import Session

from portal.cases.meetings.models import Meeting
from portal.cases.meetings.words import AT
from portal.domain.meetings import Agreed, Purpose, State, Venue
from portal.domain.wording import say_moment
from portal.people.models import Account
from portal.store.database import scope_of
from portal.store.record_keys import box_of
from portal.store.statements import HERE, Statement, ask, given

PLACE = "meeting"
"""Where the words of a meeting are sealed."""
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
    actor: str
    ended_by: str | None
    revision: int


def of_case(session: Session, case_id: UUID) -> list[MeetingRow]:
    """The meetings of a case, the newest first."""
    rows = session.execute(
        select(Meeting, Account.name)
        .join(Account, Account.id == Meeting.officer, isouter=True)
        .where(Meeting.landlord_id == scope_of(session).landlord_id, Meeting.case_id == case_id)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(SHOWN)
    )
    box = box_of(session, case_id)
    found = []
    for row, officer in rows:
        said = box.open_json(PLACE, row.id, row.sealed)
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
                actor=row.actor,
                ended_by=row.ended_by,
                revision=row.revision,
            )
        )
    return found


NEXT = Statement(
    select(Meeting.starts_at, Meeting.venue)
    .where(
        Meeting.landlord_id == HERE,
        Meeting.case_id == given("case_id", Uuid()),
        Meeting.state == State.BOOKED.value,
    )
    .order_by(Meeting.starts_at)
)


def booked(session: Session, case_id: UUID) -> tuple[str, ...]:
    """The meetings that are still to come, or to be recorded, each in a line for the head of the case."""
    return tuple(f"{say_moment(at)}, {AT[Venue(venue)]}" for at, venue in ask(session, NEXT, case_id=case_id))
