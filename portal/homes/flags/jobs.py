"""What follows when somebody has left a home: its marks are looked at again."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.service import NoSuchCaseError
from portal.homes.flags.service import somebody_moved
from portal.store.audit import PORTAL

LEFT = "left"


def look_at_flags(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Each mark that stands on the case becomes somebody's task (NPH Information Sharing)."""
    with suppress(NoSuchCaseError):  # it was erased meanwhile
        somebody_moved(session, ids["case_id"], LEFT, PORTAL, now)
