"""What the record of a case says about the four criteria: the form of a referral begins with it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.assessments import standing
from portal.cases.assessments.standing import Stands
from portal.cases.incidents.models import Incident
from portal.domain.calendar import in_london
from portal.domain.marac import Known, criteria_met
from portal.domain.policy import Policy
from portal.domain.risk import Criterion, Level
from portal.marac.areas.queries import AreaRow
from portal.marac.referrals.models import MaracReferral
from portal.marac.referrals.queries import flagged_until, same_pair
from portal.store.database import scope_of

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Record:
    """What is known, and the lines of an area beside it."""

    known: Known
    stands: Stands | None
    assessed_at: datetime | None
    flagged_until: date | None

    def met(self, area: AreaRow, at: datetime) -> tuple[Criterion, ...]:
        """The criteria that the record bears out by this area's numbers of the day of the assessment."""
        day = in_london(self.assessed_at or at).date()
        return criteria_met(self.known, area.lines(day))


def record_of(session: Session, case_id: UUID, policy: Policy, now: datetime) -> Record:
    """Read it; nothing of it is decided here."""
    stands = standing.now_of(session, case_id, policy)
    found = stands.found if stands else None
    first = (
        select(Incident.first_id)
        .where(
            Incident.landlord_id == scope_of(session).landlord_id,
            Incident.case_id == case_id,
            Incident.stands_at > now - YEAR,
        )
        .distinct()
    )
    written = len(session.scalars(first).all())
    known = Known(
        yes=found.tally.yes if found else None,
        judged_high=bool(stands and stands.level is Level.HIGH and stands.by_judgement),
        incidents=max(written, found.incidents if found else 0),
        heard_lately=_again(session, case_id, now),
    )
    flag = flagged_until(session, case_id, in_london(now).date())
    return Record(known, stands, stands.sheet.row.completed_at if stands and stands.sheet else None, flag)


def _again(session: Session, case_id: UUID, now: datetime) -> bool:
    """Has there been abuse between a flagged pair since the last referral?"""
    if flagged_until(session, case_id, in_london(now).date()) is None:
        return False
    sent = select(func.max(MaracReferral.sent_at)).where(
        MaracReferral.landlord_id == scope_of(session).landlord_id,
        MaracReferral.case_id.in_([case_id, *same_pair(session, case_id)]),
    )
    since = session.scalar(sent)
    happened = select(Incident.id).where(
        Incident.landlord_id == scope_of(session).landlord_id,
        Incident.case_id == case_id,
        Incident.stands_at > since,
    )
    return since is not None and session.scalar(happened.limit(1)) is not None
