"""Why each time of a case is what it is: its clocks with rule, clause and policy version, and its tasks."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import frame
from portal.cases.frame import Frame, Reader
from portal.cases.tasks import queries as tasks
from portal.cases.tasks.queries import TaskRow
from portal.deadlines.queries import ClockRow, clocks


@dataclass(frozen=True, slots=True)
class Reasons:
    """The clocks of one case and what is to be done on it, those that still run first."""

    frame: Frame
    clocks: tuple[ClockRow, ...]
    tasks: tuple[TaskRow, ...]


def read(session: Session, case_id: UUID, reader: Reader) -> Reasons:
    """All of it, written down as a reading of the case; NoSuchCaseError for one that is not here."""
    found = frame.read(session, case_id, reader)
    return Reasons(found, tuple(clocks(session, case_id=case_id)), tuple(tasks.of_case(session, case_id)))
