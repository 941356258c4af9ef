"""The referrals of a case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.support.models import PLACE, SupportReferral
from portal.domain.support import Answer, Body, Outcome
from portal.people.models import Account
from portal.store.database import scope_of
from portal.store.record_keys import box_of


@dataclass(frozen=True, slots=True)
class SupportRow:
    """One offer or referral, opened."""

    id: UUID
    body: Body
    answer: Answer
    made_at: datetime
    by: str
    chase_at: datetime | None
    outcome: Outcome | None
    outcome_at: datetime | None
    said: dict[str, str]

    @property
    def waits(self) -> bool:
        """Has the service still to say what came of it?"""
        return self.answer is Answer.AGREED and self.outcome is None


def of_case(session: Session, case_id: UUID) -> list[SupportRow]:
    """Everything that was offered, the newest first."""
    rows = session.execute(
        select(SupportReferral, Account.name)
        .join(Account, Account.id == SupportReferral.account_id)
        .where(SupportReferral.landlord_id == scope_of(session).landlord_id, SupportReferral.case_id == case_id)
        .order_by(SupportReferral.made_at.desc(), SupportReferral.id.desc())
    )
    box = box_of(session, case_id)
    return [
        SupportRow(
            row.id,
            Body(row.body),
            Answer(row.answer),
            row.made_at,
            name,
            row.chase_at,
            Outcome(row.outcome) if row.outcome else None,
            row.outcome_at,
            box.open_json(PLACE, row.id, row.sealed),
        )
        for row, name in rows
    ]
