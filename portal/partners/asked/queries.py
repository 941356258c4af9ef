"""What agencies are asked to do, as far as it is there for whoever asks."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.cases.tasks.service import Ending
from portal.partners.agencies.models import Agency
from portal.partners.asked.models import AgencyTask
from portal.partners.grants.keys import NoKeyError, box_of

PLACE, OUTCOME = "agency_task", "agency_task.outcome"


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One thing to do."""

    id: UUID
    landlord_id: UUID
    case_id: UUID
    grant_id: UUID
    agency: str
    due_on: date
    made_at: datetime
    made_name: str
    taken_at: datetime | None
    taken_name: str | None
    ended_at: datetime | None
    ended_name: str | None
    ending: Ending | None
    words: str
    outcome: str

    def late(self, today: date) -> bool:
        """Is its day over, and nothing came of it yet?"""
        return self.ended_at is None and self.due_on < today


def of_grant(session: Session, grant_id: UUID) -> list[AskedRow]:
    """What is asked about one shared case, open ones first."""
    return _rows(session, _asked().where(AgencyTask.grant_id == grant_id))


def of_case(session: Session, case_id: UUID) -> list[AskedRow]:
    """What the landlord asked of agencies in this case."""
    return _rows(session, _asked().where(AgencyTask.case_id == case_id))


def open_ones(session: Session) -> list[AskedRow]:
    """Everything open that is there: for an agency over all landlords, what falls due first at the top."""
    return _rows(session, _asked().where(AgencyTask.ended_at.is_(None)))


def _asked() -> Select[AgencyTask, str]:
    return (
        select(AgencyTask, Agency.name)
        .join(Agency, Agency.id == AgencyTask.agency_id)
        .order_by(AgencyTask.ended_at.is_not(None), AgencyTask.due_on, AgencyTask.id)
    )


def _rows(session: Session, query: Select[AgencyTask, str]) -> list[AskedRow]:
    found = []
    for kept, agency in session.execute(query):
        try:
            box = box_of(session, kept.landlord_id, kept.id)
        except NoKeyError:  # its time ended between the two questions
            continue
        found.append(
            AskedRow(
                id=kept.id,
                landlord_id=kept.landlord_id,
                case_id=kept.case_id,
                grant_id=kept.grant_id,
                agency=agency,
                due_on=kept.due_on,
                made_at=kept.made_at,
                made_name=kept.made_name,
                taken_at=kept.taken_at,
                taken_name=kept.taken_name,
                ended_at=kept.ended_at,
                ended_name=kept.ended_name,
                ending=Ending(kept.ending) if kept.ending else None,
                words=box.open(PLACE, kept.id, kept.sealed),
                outcome=box.open(OUTCOME, kept.id, kept.outcome) if kept.outcome else "",
            )
        )
    return found
