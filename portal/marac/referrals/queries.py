"""The referrals of one case, as its landlord finds them, and whether the pair is flagged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, aliased

from portal.cases.household.models import PersonKey
from portal.cases.models import Person
from portal.domain.marac import State
from portal.domain.risk import Criterion
from portal.marac.areas.models import MaracArea, MaracMeeting
from portal.marac.referrals.models import MaracReferral
from portal.partners.grants.keys import box_of
from portal.store.database import scope_of

PLACE, COPY, OUTCOME = "marac_referral", "marac_referral.summary", "marac_referral.outcome"
PAIR = ("survivor", "other_person")


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One referral of a case."""

    id: UUID
    case_id: UUID
    area_id: UUID
    area: str
    share_id: UUID
    consent_id: UUID | None
    state: State
    criteria: tuple[Criterion, ...]
    urgent: bool
    late: bool
    made_at: datetime
    made_name: str
    sent_at: datetime | None
    meeting_id: UUID | None
    meets_at: datetime | None
    flagged_until: date | None
    moved_to: UUID | None
    decided_at: datetime | None
    decided_name: str | None
    revision: int
    said: dict[str, Any]
    reason: str


def of_case(session: Session, case_id: UUID) -> list[ReferralRow]:
    """Every referral of this case, the newest first."""
    query = _referrals().where(
        MaracReferral.landlord_id == scope_of(session).landlord_id, MaracReferral.case_id == case_id
    )
    rows = session.execute(query.order_by(MaracReferral.made_at.desc(), MaracReferral.id.desc()))
    return [_row(session, each) for each in rows]


def one(session: Session, case_id: UUID, conference_id: UUID) -> ReferralRow | None:
    """One referral, if it is of this case."""
    return next((each for each in of_case(session, case_id) if each.id == conference_id), None)


def here(session: Session) -> list[ReferralRow]:
    """Every referral of this landlord's cases that somebody waits for, or that was heard: those that meet first."""
    query = _referrals().where(
        MaracReferral.landlord_id == scope_of(session).landlord_id,
        MaracReferral.state.in_([State.WAITING, State.SENT, State.LISTED, State.HEARD, State.RETURNED]),
    )
    rows = session.execute(query.order_by(MaracMeeting.at.asc().nulls_first(), MaracReferral.made_at))
    return [_row(session, each) for each in rows]


def flagged_until(session: Session, case_id: UUID, day: date) -> date | None:
    """Until when the two people of this case are flagged: by a referral of it, or of a case about the same two."""
    found = session.scalars(
        select(MaracReferral.flagged_until).where(
            MaracReferral.landlord_id == scope_of(session).landlord_id,
            MaracReferral.case_id.in_([case_id, *same_pair(session, case_id)]),
            MaracReferral.flagged_until >= day,
            MaracReferral.state.not_in([State.WAITING, State.WITHDRAWN]),
        )
    )
    return max((each for each in found if each), default=None)


def same_pair(session: Session, case_id: UUID) -> list[UUID]:
    """Other cases here in which both the person and whoever does harm are recognised."""
    both = [set(session.scalars(_recognised(session, case_id, part))) for part in PAIR]
    return sorted(both[0] & both[1])


def _recognised(session: Session, case_id: UUID, part: str) -> Select[UUID]:
    ours, theirs, one_here, one_there = aliased(PersonKey), aliased(PersonKey), aliased(Person), aliased(Person)
    landlord_id = scope_of(session).landlord_id
    return (
        select(theirs.case_id)
        .join(ours, (ours.landlord_id == theirs.landlord_id) & (ours.token == theirs.token))
        .join(one_here, (one_here.landlord_id == ours.landlord_id) & (one_here.id == ours.person_id))
        .join(one_there, (one_there.landlord_id == theirs.landlord_id) & (one_there.id == theirs.person_id))
        .where(
            ours.landlord_id == landlord_id,
            ours.case_id == case_id,
            theirs.case_id != case_id,
            one_here.part == part,
            one_there.part == part,
        )
    )


def _referrals() -> Select[MaracReferral, str, datetime]:
    return (
        select(MaracReferral, MaracArea.name, MaracMeeting.at)
        .join(MaracArea, MaracArea.id == MaracReferral.area_id)
        .join(MaracMeeting, MaracMeeting.id == MaracReferral.meeting_id, isouter=True)
    )


def _row(session: Session, found: Row[MaracReferral, str, datetime]) -> ReferralRow:
    kept, area, meets_at = found
    box = box_of(session, kept.landlord_id, kept.id)
    return ReferralRow(
        id=kept.id,
        case_id=kept.case_id,
        area_id=kept.area_id,
        area=area,
        share_id=kept.share_id,
        consent_id=kept.consent_id,
        state=State(kept.state),
        criteria=in_order(kept.criteria),
        urgent=kept.urgent,
        late=kept.late,
        made_at=kept.made_at,
        made_name=kept.made_name,
        sent_at=kept.sent_at,
        meeting_id=kept.meeting_id,
        meets_at=meets_at,
        flagged_until=kept.flagged_until,
        moved_to=kept.moved_to,
        decided_at=kept.decided_at,
        decided_name=kept.decided_name,
        revision=kept.revision,
        said=box.open_json(PLACE, kept.id, kept.sealed),
        reason=box.open(OUTCOME, kept.id, kept.outcome) if kept.outcome else "",
    )


def in_order(criteria: Iterable[str]) -> tuple[Criterion, ...]:
    """Codes as criteria, in their own order."""
    known = set(criteria)
    return tuple(each for each in Criterion if each.value in known)
