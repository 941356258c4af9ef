"""Has somebody to say why they look? Not the officer of the case, nor whoever is named for it or has a task on it.

Source: HS-026 6.1, 6.2; domain 98: a reason is asked of whoever is not the owner of a record.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import DateTime, Uuid, select, union_all
from sqlalchemy.orm import Session

from portal.cases.confidentiality.models import CaseReader
from portal.cases.looking.models import PLACE, LookReason
from portal.cases.sheet import CaseSheet
from portal.cases.tasks.models import Task
from portal.domain.looking import Asking, Why
from portal.people.models import Account
from portal.store.database import scope_of
from portal.store.record_keys import box_of
from portal.store.statements import HERE, Statement, ask, given

LASTS = timedelta(hours=12)
"""For how long an answer holds: a working day, so that work is not held up and the next day is asked for anew."""
SHOWN = 100
CASE, ACCOUNT = given("case_id", Uuid()), given("account_id", Uuid())
THEIRS = Statement(
    union_all(
        select(LookReason.id).where(
            LookReason.landlord_id == HERE,
            LookReason.account_id == ACCOUNT,
            LookReason.case_id == CASE,
            LookReason.at > given("since", DateTime(timezone=True)),
        ),
        select(CaseReader.id).where(
            CaseReader.landlord_id == HERE,
            CaseReader.account_id == ACCOUNT,
            CaseReader.case_id == CASE,
            CaseReader.ended_at.is_(None),
        ),
        select(Task.id).where(
            Task.landlord_id == HERE, Task.case_id == CASE, Task.owner == ACCOUNT, Task.ended_at.is_(None)
        ),
    ).limit(1)
)
"""What makes a case somebody's own for now: an answer, a name on its list, or something to do on it."""


def asked(
    session: Session, case: CaseSheet, asking: Asking, account_id: UUID | None, now: datetime
) -> bool:
    """Should this reader say why? A case that nobody has is everybody's, so that nobody is left alone."""
    if asking is Asking.NOT_ASKED or account_id is None or case.assigned_to in {None, account_id}:
        return False
    return not ask(session, THEIRS, case_id=case.id, account_id=account_id, since=now - LASTS)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, opened."""

    at: datetime
    name: str
    why: Why
    words: str


def said(session: Session, case_id: UUID) -> list[Said]:
    """What those answered who were asked, the newest first."""
    rows = session.execute(
        select(LookReason, Account.name)
        .join(Account, Account.id == LookReason.account_id)
        .where(LookReason.landlord_id == scope_of(session).landlord_id, LookReason.case_id == case_id)
        .order_by(LookReason.at.desc(), LookReason.id.desc())
        .limit(SHOWN)
    )
    box = box_of(session, case_id)
    return [
        Said(row.at, name, Why(row.reason), box.open_json(PLACE, row.id, row.sealed)["words"]) for row, name in rows
    ]
