"""The board of an area, over all landlords. No query here says for whom or until when: the database does."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from portal.domain.marac import State
from portal.domain.risk import Criterion
from portal.marac.areas.models import MaracMeeting
from portal.marac.referrals.models import MaracReferral
from portal.marac.referrals.queries import COPY, PLACE, in_order
from portal.partners.grants.keys import NoKeyError, box_of
from portal.store.scope import AgencyScope
from portal.store.tenancy import Landlord


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One case before the conference, as somebody at an agency finds it."""

    id: UUID
    landlord_id: UUID
    case_id: UUID
    landlord: str
    area_id: UUID
    mine: bool
    """Whether the agency that looks coordinates its area."""
    state: State
    criteria: tuple[Criterion, ...]
    urgent: bool
    late: bool
    sent_at: datetime
    made_name: str
    meeting_id: UUID | None
    meets_at: datetime | None
    flagged_until: date | None
    revision: int
    said: dict[str, str]
    copy: dict[str, Any]

    @property
    def consented(self) -> bool:
        """Whether they agreed to it."""
        return not self.said.get("no_consent")


def board(session: Session) -> list[BoardRow]:
    """Everything that is there: what has no meeting yet first, urgent ones at the top, then by meeting; heard last."""
    query = _there().order_by(
        MaracReferral.state == State.HEARD.value,
        MaracMeeting.at.asc().nulls_first(), MaracReferral.urgent.desc(), MaracReferral.sent_at, MaracReferral.id,
    )  # fmt: skip
    return [each for each in (_row(session, found) for found in session.execute(query)) if each]


def one(session: Session, conference_id: UUID) -> BoardRow | None:
    """One of them."""
    found = session.execute(_there().where(MaracReferral.id == conference_id)).first()
    return _row(session, found) if found else None


def _there() -> Select[MaracReferral, str, datetime]:
    return (
        select(MaracReferral, Landlord.name, MaracMeeting.at)
        .join(Landlord, Landlord.id == MaracReferral.landlord_id)
        .join(MaracMeeting, MaracMeeting.id == MaracReferral.meeting_id, isouter=True)
    )


def _row(session: Session, found: Row[MaracReferral, str, datetime]) -> BoardRow | None:
    kept, landlord, meets_at = found
    scope = session.info["scope"]
    try:
        box = box_of(session, kept.landlord_id, kept.id)
    except NoKeyError:  # its time ended between the two questions
        return None
    if kept.summary is None or kept.sent_at is None:
        return None
    return BoardRow(
        id=kept.id,
        landlord_id=kept.landlord_id,
        case_id=kept.case_id,
        landlord=landlord,
        area_id=kept.area_id,
        mine=isinstance(scope, AgencyScope) and scope.agency_id == kept.agency_id,
        state=State(kept.state),
        criteria=in_order(kept.criteria),
        urgent=kept.urgent,
        late=kept.late,
        sent_at=kept.sent_at,
        made_name=kept.made_name,
        meeting_id=kept.meeting_id,
        meets_at=meets_at,
        flagged_until=kept.flagged_until,
        revision=kept.revision,
        said=box.open_json(PLACE, kept.id, kept.sealed),
        copy=box.open_json(COPY, kept.id, kept.summary),
    )
