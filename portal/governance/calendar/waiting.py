"""What waits for somebody on their first page: overdue, missing, or a version of the policy that is to be agreed."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.governance.calendar.entries import Entry, Kind, Stand
from portal.governance.calendar.queries import calendar
from portal.landlords.policies import NoPolicyError

TO_AGREE = frozenset({Kind.APPROVAL, Kind.OFFER})


def waiting(session: Session, now: datetime) -> list[Entry]:
    """Of the calendar what cannot wait for its day: what is to be agreed first, then what is overdue or missing."""
    today = in_london(now).date()
    try:
        found = calendar(session, now)
    except NoPolicyError:
        return []
    agree = [each for each in found if each.kind in TO_AGREE]
    return agree + [each for each in found if each.kind not in TO_AGREE and each.stand(today) is Stand.OVERDUE]
