"""What of a case could be shared with an agency in the portal: shares that stand, whose agency has an agreement."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.cases.consents import queries as consents
from portal.cases.disclosures import queries as shares
from portal.cases.disclosures.leaving import why_not
from portal.cases.disclosures.queries import ShareRow
from portal.domain.calendar import in_london
from portal.domain.sharing import Part
from portal.partners.agencies.queries import AgencyRow, agencies
from portal.partners.agreements import queries as agreements
from portal.partners.agreements.queries import AgreementRow, AgreementState
from portal.partners.grants.models import AgencyGrant

SHARED_ALREADY = "This case is shared with the agency already. Change that, or end it first."
IN_FILES_ONLY = frozenset({Part.DOCUMENTS})
"""What an agency is not shown here: documents leave as files, each chosen by itself."""


@dataclass(frozen=True, slots=True)
class Offerable:
    """A share, the agency that it is for, the agreement that it rests on, and what of it an agency may see."""

    share: ShareRow
    agency: AgencyRow
    agreement: AgreementRow
    parts: tuple[Part, ...]
    latest: datetime | None
    """The end of the consent that it rests on."""
    why_not: str = ""

    @property
    def left_out(self) -> tuple[Part, ...]:
        """What the share has and the agreement has not."""
        return tuple(part for part in self.share.parts if part not in self.parts)


def offerable(session: Session, case_id: UUID, now: datetime) -> list[Offerable]:
    """Every share of the case whose recipient is an agency with which an agreement stands, the newest first."""
    found = (of_share(session, case_id, each, now) for each in shares.shares(session, case_id).rows)
    has_it = set(session.scalars(standing(case_id, now)))
    return [
        replace(each, why_not=each.why_not or SHARED_ALREADY) if each.agency.id in has_it else each
        for each in found
        if each is not None
    ]


def standing(case_id: UUID, now: datetime) -> Select[UUID]:
    """The agencies that have this case, or an offer of it that they have not declined."""
    return select(AgencyGrant.agency_id).where(
        AgencyGrant.case_id == case_id,
        AgencyGrant.ended_at.is_(None),
        AgencyGrant.until_at > now,
        AgencyGrant.accepted.is_not(False),
    )


def of_share(session: Session, case_id: UUID, share: ShareRow, now: datetime) -> Offerable | None:
    """This share as it could be offered; None where its recipient is no agency with an agreement here."""
    today = in_london(now).date()
    by_id = {each.id: each for each in agencies(session) if each.active and each.recipient.is_same(share.recipient)}
    rows = (each for each in agreements.register(session) if each.agency_id in by_id and not each.ended_at)
    agreed = next(rows, None)
    if agreed is None:
        return None
    given = (each for each in consents.of_case(session, case_id, now) if each.id == share.consent_id)
    consent = next(given, None)
    parts = tuple(part for part in share.parts if part in agreed.parts and part not in IN_FILES_ONLY)
    reason = why_not(session, case_id, share, now)
    if agreed.state(today) is AgreementState.OVERDUE:
        reason = "The agreement with this agency is past the day of its review."
    elif not parts:
        reason = "The agreement with this agency names none of these parts."
    until = consent.consent.until if consent else None
    return Offerable(share, by_id[agreed.agency_id], agreed, parts, until, reason)
