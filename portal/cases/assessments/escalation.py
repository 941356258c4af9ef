"""How often it has happened in twelve months: what potential escalation is counted from. Source: SafeLives criteria."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.incidents.queries import since

YEAR = timedelta(days=365)


def incidents(session: Session, case_id: UUID, now: datetime) -> int:
    """The incidents of the twelve months before a moment, by the incident log."""
    return len(since(session, case_id, now - YEAR))
