"""The cases that nobody has assessed, as a list that somebody reads: what it showed is written down."""

from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.assessments import queries
from portal.cases.assessments.queries import Unassessed
from portal.cases.frame import Reader
from portal.store import audit
from portal.store.audit import Fact


def not_assessed(session: Session, reader: Reader, after: UUID | None) -> tuple[list[Unassessed], UUID | None]:
    """One page of it, and where the next begins."""
    rows, more = queries.not_assessed(session, after)
    shown = [each.line.id for each in rows]
    audit.record(session, Fact.TEAM_READ, reader.actor, reader.now, permission=reader.permission, shown=shown)
    return rows, more
