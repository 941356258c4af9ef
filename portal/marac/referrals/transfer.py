"""A case goes from one area's conference to another's, because somebody has moved: whole, and at once.

The other coordinator finds it in the same instant: what this conference had of it, with the flag on the pair, and how
contact is safe as it is at each opening. Nothing more of the record follows before its officer has decided on which
ground it goes there, because what may leave is decided for each body. Source: SafeLives, transfers between MARACs.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.disclosures import queries as shares
from portal.cases.disclosures.leaving import why_not
from portal.cases.disclosures.queries import ShareRow
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending
from portal.domain.marac import State
from portal.marac.areas import queries as areas
from portal.marac.areas.queries import AreaRow
from portal.marac.referrals.models import MaracReferral
from portal.marac.referrals.queries import COPY, PLACE, ReferralRow
from portal.marac.referrals.sending import bring_up_to_date
from portal.marac.referrals.service import (
    FINDS_FOR,
    SOURCE,
    NoSuchReferralError,
    ReferralChangedError,
    ReferralRefusedError,
    body_of,
    note,
)
from portal.partners.grants.keys import box_of, new_box
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of

STANDING = [State.WAITING.value, State.SENT.value, State.LISTED.value]


@dataclass(frozen=True, slots=True)
class Moved:
    """To which area, why, and what was written and agreed at this one: who, what, and how it stands."""

    area_id: UUID
    reason: str
    before: tuple[dict[str, str], ...] = ()


def receive(
    session: Session, old: MaracReferral, to: AreaRow, where: Moved, actor: Actor, now: datetime
) -> UUID | None:
    """Put it before the other area; None where a referral of this case stands there already."""
    if _stands(session, old.case_id, to.id) or old.summary is None:
        return None
    here = areas.area(session, old.area_id)
    if here is None:
        raise NoSuchReferralError
    was, made_id = box_of(session, old.landlord_id, old.id), new_id()
    said = was.open_json(PLACE, old.id, old.sealed)
    said |= {"from": here.name, "moved_because": where.reason, "before": list(where.before)}
    new = MaracReferral(
        landlord_id=old.landlord_id, id=made_id, case_id=old.case_id, area_id=to.id, agency_id=to.agency_id,
        share_id=old.share_id, consent_id=old.consent_id, state=State.SENT.value, criteria=old.criteria,
        urgent=old.urgent, late=to.late(now), made_at=now, made_by=old.made_by, made_name=old.made_name,
        sent_at=old.sent_at, flagged_until=old.flagged_until, until_at=now + FINDS_FOR, decided_at=now,
        decided_name=actor.name,
        sealed=new_box(session, made_id, old.case_id, now).seal_json(PLACE, made_id, said),
    )  # fmt: skip
    session.add(new)
    session.flush()
    new.summary = box_of(session, new.landlord_id, made_id).seal_json(
        COPY, made_id, was.open_json(COPY, old.id, old.summary)
    )
    bring_up_to_date(session, new, actor, now)
    note(session, Fact.CONFERENCE_SENT, old.case_id, made_id, "transferred", actor, now)
    return made_id


def grounds(session: Session, row: ReferralRow, area: AreaRow, now: datetime) -> list[ShareRow]:
    """On which the officer could let it stay there; nothing where it came from nowhere, or that is decided."""
    share = shares.share(session, row.case_id, row.share_id)
    if "from" not in row.said or share is None or share.recipient.is_same(body_of(area)):
        return []
    return [
        each
        for each in shares.shares(session, row.case_id).rows
        if each.recipient.is_same(body_of(area)) and not why_not(session, row.case_id, each, now)
    ]


def decide(
    session: Session, case_id: UUID, conference_id: UUID, revision: int, share_id: UUID, actor: Actor, now: datetime
) -> None:
    """The officer says on which ground it stays there: from now on the copy is what the record is."""
    kept = _held(session, case_id, conference_id, revision)
    area, share = areas.area(session, kept.area_id), shares.share(session, case_id, share_id)
    if area is None or share is None or not share.recipient.is_same(body_of(area)):
        raise ReferralRefusedError("Choose a ground that is for this area’s coordinator.", "share")
    reason = why_not(session, case_id, share, now)
    if reason:
        raise ReferralRefusedError(reason, "share")
    kept.share_id, kept.consent_id, kept.revision = share_id, share.consent_id, revision + 1
    session.flush()
    bring_up_to_date(session, kept, actor, now)
    tasks.settle(session, case_id, f"{SOURCE} answer", conference_id, Ending.DONE, actor, now)
    note(session, Fact.CONFERENCE_DECIDED, case_id, conference_id, "ground", actor, now)


def _stands(session: Session, case_id: UUID, area_id: UUID) -> bool:
    here = (MaracReferral.landlord_id == scope_of(session).landlord_id) & (MaracReferral.case_id == case_id)
    found = select(MaracReferral.id).where(here, MaracReferral.area_id == area_id, MaracReferral.state.in_(STANDING))
    return session.scalar(found.limit(1)) is not None


def _held(session: Session, case_id: UUID, conference_id: UUID, revision: int) -> MaracReferral:
    wanted = select(MaracReferral).where(
        MaracReferral.landlord_id == scope_of(session).landlord_id,
        MaracReferral.id == conference_id,
        MaracReferral.case_id == case_id,
    )
    kept = session.scalar(wanted.with_for_update())
    if kept is None:
        raise NoSuchReferralError
    if kept.revision != revision or kept.state not in {State.SENT, State.LISTED, State.HEARD}:
        raise ReferralChangedError
    return kept
