"""Serious matters of a case, what went to the police, and what waits at a landlord."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.disclosures.models import Disclosure, SharingRequest
from portal.cases.models import Case
from portal.cases.serious.models import PLACE, SeriousMatter
from portal.domain.lifecycle import CaseStage
from portal.domain.serious import Because, Matter
from portal.domain.sharing import RecipientKind
from portal.store.database import scope_of
from portal.store.record_keys import box_of

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Noted:
    """One thing that came to be known of it."""

    at: datetime
    by: str
    because: Because
    words: str


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One serious matter with its words opened."""

    id: UUID
    matter: Matter
    noted: tuple[Noted, ...]
    proposed_at: datetime | None
    proposed_by: UUID | None
    proposer: str | None
    why: str
    instead: str
    returned: str
    decision: str | None
    decided_at: datetime | None
    decided_by: str | None
    second: str
    left_id: UUID | None
    revision: int

    @property
    def waits_for_second(self) -> bool:
        """Has somebody asked that it is not reported, and nobody answered yet?"""
        return self.decision is None and self.proposed_at is not None


@dataclass(frozen=True, slots=True)
class WaitingMatter:
    """A case in which a serious matter waits, without a name."""

    case_id: UUID
    reference: str
    matter: str
    since: datetime
    asked: bool


def matters(session: Session, case_id: UUID) -> list[MatterRow]:
    """Every serious matter of a case, the newest first."""
    row = SeriousMatter
    found = session.scalars(
        select(row)
        .where(row.landlord_id == scope_of(session).landlord_id, row.case_id == case_id)
        .order_by(row.noted_at.desc(), row.id.desc())
    ).all()
    box = box_of(session, case_id) if found else None
    return [_row(each, box.open_json(PLACE, each.id, each.sealed)) for each in found if box]


def waits(session: Session, case_id: UUID) -> bool:
    """Is there one without an answer? Such a case cannot be closed (whg 2.4)."""
    row = SeriousMatter
    wanted = select(row.id).where(
        row.landlord_id == scope_of(session).landlord_id, row.case_id == case_id, row.decision.is_(None)
    )
    return session.scalar(wanted.limit(1)) is not None


def waiting(session: Session) -> list[WaitingMatter]:
    """Those without an answer over all open cases that the reader may know of, the oldest first."""
    row = SeriousMatter
    rows = session.execute(
        select(Case.id, Case.reference, row.matter, row.noted_at, row.proposed_at)
        .join(row, (row.landlord_id == Case.landlord_id) & (row.case_id == Case.id))
        .where(
            Case.landlord_id == scope_of(session).landlord_id,
            Case.stage != CaseStage.CLOSED.value,
            row.decision.is_(None),
        )
        .order_by(row.noted_at, row.id)
        .limit(MOST_SHOWN)
    )
    return [WaitingMatter(case, reference, kind, at, asked is not None) for case, reference, kind, at, asked in rows]


def told_police(session: Session, case_id: UUID) -> dict[UUID, datetime]:
    """What has left this case for the police, by whatever right, the newest first."""
    gone, share = Disclosure, SharingRequest
    rows = session.execute(
        select(gone.id, gone.at)
        .join(share, (share.landlord_id == gone.landlord_id) & (share.id == gone.share_id))
        .where(
            gone.landlord_id == scope_of(session).landlord_id,
            gone.case_id == case_id,
            share.recipient_kind == RecipientKind.POLICE.value,
        )
        .order_by(gone.at.desc(), gone.id.desc())
    )
    return {each.id: each.at for each in rows}


def _row(row: SeriousMatter, said: dict[str, Any]) -> MatterRow:
    return MatterRow(
        id=row.id,
        matter=Matter(row.matter),
        noted=tuple(
            Noted(datetime.fromisoformat(each["at"]), each["by"], Because(each["because"]), each["words"])
            for each in said["noted"]
        ),
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        proposer=row.proposer,
        why=said.get("why", ""),
        instead=said.get("instead", ""),
        returned=said.get("returned", ""),
        decision=row.decision,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        second=said.get("second", ""),
        left_id=row.left_id,
        revision=row.revision,
    )
