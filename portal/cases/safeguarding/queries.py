"""Concerns and referrals of a case, and what waits at a landlord: concerns nobody acted on, answers nobody has."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.safeguarding.models import Concern, Referral
from portal.domain.lifecycle import CaseStage
from portal.domain.safeguarding import DOORS, Door, Group
from portal.store.database import scope_of
from portal.store.record_keys import box_of

MOST_SHOWN = 200
OF_CHILDREN = [group.value for group, door in DOORS.items() if door is Door.CHILDREN]


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One referral with its words opened."""

    id: UUID
    ground: str
    told: str
    made_at: datetime
    chase_at: datetime
    actor: str
    outcome: str | None
    outcome_at: datetime | None
    outcome_by: str | None
    said: dict[str, str]


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """One concern, what was decided, and its referrals."""

    id: UUID
    group: Group
    person_id: UUID | None
    whom: str
    harms: tuple[str, ...]
    words: str
    noted_at: datetime
    actor: str
    account_id: UUID | None
    decision: str | None
    decided_at: datetime | None
    decided_by: str | None
    why: str
    referrals: tuple[ReferralRow, ...]

    @property
    def door(self) -> Door:
        """Which side of the council it belongs to."""
        return DOORS[self.group]


def concerns(session: Session, case_id: UUID) -> list[ConcernRow]:
    """Every concern of a case, the newest first."""
    box, here = box_of(session, case_id), scope_of(session).landlord_id
    sent: dict[UUID, list[ReferralRow]] = {}
    for row in session.scalars(
        select(Referral)
        .where(Referral.landlord_id == here, Referral.case_id == case_id)
        .order_by(Referral.made_at.desc(), Referral.id.desc())
    ):
        said = box.open_json("safeguarding_referral", row.id, row.sealed)
        sent.setdefault(row.concern_id, []).append(
            ReferralRow(
                row.id,
                row.ground,
                row.told,
                row.made_at,
                row.chase_at,
                row.actor,
                row.outcome,
                row.outcome_at,
                row.outcome_by,
                said,
            )
        )
    found = []
    for concern in session.scalars(
        select(Concern)
        .where(Concern.landlord_id == here, Concern.case_id == case_id)
        .order_by(Concern.noted_at.desc(), Concern.id.desc())
    ):
        said = box.open_json("safeguarding_concern", concern.id, concern.sealed)
        found.append(
            ConcernRow(
                id=concern.id,
                group=Group(concern.risk_group),
                person_id=concern.person_id,
                whom=said["whom"],
                harms=tuple(said["harms"]),
                words=said["words"],
                noted_at=concern.noted_at,
                actor=concern.actor,
                account_id=concern.account_id,
                decision=concern.decision,
                decided_at=concern.decided_at,
                decided_by=concern.decided_by,
                why=said["why"],
                referrals=tuple(sent.get(concern.id, ())),
            )
        )
    return found


def child_waits(session: Session, case_id: UUID) -> bool:
    """Is there a concern about a child on which nobody has acted? Such a case cannot be closed (whg 2.4)."""
    wanted = select(Concern.id).where(
        Concern.landlord_id == scope_of(session).landlord_id,
        Concern.case_id == case_id,
        Concern.decision.is_(None),
        Concern.risk_group.in_(OF_CHILDREN),
    )
    return session.scalar(wanted.limit(1)) is not None


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A case in which a concern or an answer waits, without a name: the reference leads to it."""

    case_id: UUID
    reference: str
    group: str
    since: datetime


def without_referral(session: Session) -> list[WaitingRow]:
    """Concerns on which nobody has acted, the oldest first; only in cases that the reader may open."""
    rows = session.execute(
        select(Case.id, Case.reference, Concern.risk_group, Concern.noted_at)
        .join(Concern, (Concern.landlord_id == Case.landlord_id) & (Concern.case_id == Case.id))
        .where(
            Case.landlord_id == scope_of(session).landlord_id,
            Case.stage != CaseStage.CLOSED.value,
            Concern.decision.is_(None),
        )
        .order_by(Concern.noted_at, Concern.id)
        .limit(MOST_SHOWN)
    )
    return [WaitingRow(*row) for row in rows]


def without_answer(session: Session, now: datetime) -> list[WaitingRow]:
    """Referrals whose time to ask has come and whose outcome nobody has recorded, the longest first."""
    rows = session.execute(
        select(Case.id, Case.reference, Concern.risk_group, Referral.chase_at)
        .join(Referral, (Referral.landlord_id == Case.landlord_id) & (Referral.case_id == Case.id))
        .join(Concern, (Concern.landlord_id == Referral.landlord_id) & (Concern.id == Referral.concern_id))
        .where(
            Case.landlord_id == scope_of(session).landlord_id,
            Referral.outcome.is_(None),
            Referral.chase_at <= now,
        )
        .order_by(Referral.chase_at, Referral.id)
        .limit(MOST_SHOWN)
    )
    return [WaitingRow(*row) for row in rows]
