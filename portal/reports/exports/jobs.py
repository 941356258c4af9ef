"""What follows: a file that was asked for is made; every hour those whose day is over are let go."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.reports.exports import service
from portal.work.programme import Open


def make_export(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Make the file."""
    service.make(session, ids["export_id"], now)


def let_exports_go(open_: Open, now: datetime) -> None:
    """Destroy what can be saved no more."""
    with open_() as session:
        service.let_go(session, now)
