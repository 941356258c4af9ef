"""What invented staff have learned: by default enough for every policy, for as long as any test lasts."""

from datetime import UTC, date, datetime
from uuid import UUID

from portal.domain.training import Course, TrainingLevel
from portal.people import training
from portal.store.audit import PORTAL
from portal.store.database import Database
from portal.store.scope import LandlordScope

RECORDED = datetime(2026, 1, 5, 9, tzinfo=UTC)
COURSE = Course("Working cases", TrainingLevel.SPECIALIST, date(2020, 1, 6), date(2099, 12, 31))


def learned(database: Database, landlord_id: UUID, account_id: UUID, course: Course = COURSE) -> None:
    """Somebody has this course on record."""
    with database.work(LandlordScope(landlord_id)) as session:
        training.record(session, account_id, course, PORTAL, RECORDED)
