"""What follows: a file that was asked for is taken over, or back; those that nobody takes over are let go."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.systems.importing import service, taking_over
from portal.work.programme import Open


def take_file_over(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Take a file over."""
    taking_over.take_over(session, ids["import_id"], now)


def take_file_back(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Take back what came of a file."""
    taking_over.take_back(session, ids["import_id"], now)


def let_imports_go(open_: Open, now: datetime) -> None:
    """Destroy the lines of files whose day is over, and the codes that nobody handed over in time."""
    with open_() as session:
        service.let_go(session, now)
