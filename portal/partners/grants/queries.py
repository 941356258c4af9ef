"""What has been shared with agencies out of one case, as its officer sees it: until when, the answer, each opening."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.sharing import Part
from portal.partners.agencies.models import Agency
from portal.partners.grants.keys import box_of
from portal.partners.grants.models import AgencyGrant
from portal.store.audit import AuditEntry, Fact
from portal.store.database import scope_of

OFFER, OUTCOME = "agency_grant", "agency_grant.outcome"


class GrantState(StrEnum):
    """How a grant stands at a moment."""

    COMING = "coming"
    UNANSWERED = "unanswered"
    OPEN = "open"
    DECLINED = "declined"
    OVER = "over"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody at the agency opened a part."""

    at: datetime
    who: str
    part: str


@dataclass(frozen=True, slots=True)
class GrantRow:
    """One grant as the pages of its case show it."""

    id: UUID
    case_id: UUID
    agency: str
    share_id: UUID
    agreement_id: UUID
    consent_id: UUID | None
    parts: tuple[Part, ...]
    from_at: datetime
    until_at: datetime
    made_at: datetime
    made_name: str
    answered_at: datetime | None
    accepted: bool | None
    answered_name: str | None
    ended_at: datetime | None
    ended_by: str | None
    revision: int
    offer: dict[str, str]
    reason: str
    openings: tuple[Opening, ...]

    def state(self, at: datetime) -> GrantState:
        """In a word."""
        if self.ended_at:
            return GrantState.REVOKED
        if at >= self.until_at:
            return GrantState.OVER
        if self.accepted is False:
            return GrantState.DECLINED
        if self.accepted:
            return GrantState.OPEN
        return GrantState.COMING if at < self.from_at else GrantState.UNANSWERED

    def stands(self, at: datetime) -> bool:
        """Can it still be changed or ended?"""
        return self.state(at) in {GrantState.COMING, GrantState.UNANSWERED, GrantState.OPEN}


def of_case(session: Session, case_id: UUID) -> list[GrantRow]:
    """Every grant out of this case, the newest first."""
    rows = session.execute(
        select(AgencyGrant, Agency.name)
        .join(Agency, Agency.id == AgencyGrant.agency_id)
        .where(AgencyGrant.landlord_id == scope_of(session).landlord_id, AgencyGrant.case_id == case_id)
        .order_by(AgencyGrant.made_at.desc(), AgencyGrant.id.desc())
    ).all()
    opened = _openings(session, case_id) if rows else {}
    return [_row(session, kept, agency, opened.get(str(kept.id), ())) for kept, agency in rows]


def one(session: Session, case_id: UUID, grant_id: UUID) -> GrantRow | None:
    """One grant, if it is of this case."""
    return next((each for each in of_case(session, case_id) if each.id == grant_id), None)


def _openings(session: Session, case_id: UUID) -> dict[str, tuple[Opening, ...]]:
    """Who opened which part when, the newest first, by grant: read from the audit, which nobody can change."""
    rows = session.execute(
        select(AuditEntry.at, AuditEntry.actor, AuditEntry.detail)
        .where(
            AuditEntry.landlord_id == scope_of(session).landlord_id,
            AuditEntry.subject_id == case_id,
            AuditEntry.fact == Fact.GRANT_OPENED.value,
        )
        .order_by(AuditEntry.position.desc())
    )
    found: dict[str, tuple[Opening, ...]] = {}
    for at, who, detail in rows:
        grant, _, part = (detail or "").partition(" ")
        found[grant] = (*found.get(grant, ()), Opening(at, who, part))
    return found


def _row(session: Session, kept: AgencyGrant, agency: str, opened: tuple[Opening, ...]) -> GrantRow:
    box = box_of(session, kept.landlord_id, kept.id)
    return GrantRow(
        id=kept.id,
        case_id=kept.case_id,
        agency=agency,
        share_id=kept.share_id,
        agreement_id=kept.agreement_id,
        consent_id=kept.consent_id,
        parts=tuple(part for part in Part if part.value in kept.parts),
        from_at=kept.from_at,
        until_at=kept.until_at,
        made_at=kept.made_at,
        made_name=kept.made_name,
        answered_at=kept.answered_at,
        accepted=kept.accepted,
        answered_name=kept.answered_name,
        ended_at=kept.ended_at,
        ended_by=kept.ended_by,
        revision=kept.revision,
        offer=box.open_json(OFFER, kept.id, kept.sealed),
        reason=box.open(OUTCOME, kept.id, kept.outcome) if kept.outcome else "",
        openings=opened,
    )
