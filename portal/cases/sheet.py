"""The row of one case as its pages read it: cheap to fetch, and nothing that could be changed there."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import Uuid, exists, select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.tasks.models import Task
from portal.domain.tasks import TaskKind
from portal.people.models import Account
from portal.store.record_keys import RecordKey, of_record, unwrapped
from portal.store.statements import HERE, Statement, ask_one, given

CaseSheet = Case
"""To whoever reads, a sheet is a case, with every column of its row under the same name. It is a frozen row:
to change a case, take the case itself (portal.cases.service.get)."""

SHEET = Statement(
    select(
        *Case.__table__.columns,
        Account.name.label("officer_name"),
        exists()
        .where(
            Task.landlord_id == Case.landlord_id,
            Task.case_id == Case.id,
            Task.kind == TaskKind.NOTICE_TO_QUIT.value,
            Task.ended_at.is_(None),
        )
        .label("notice_waits"),
        RecordKey.wrapped,
        RecordKey.blanks,
    )
    .join(Account, Account.id == Case.assigned_to, isouter=True)
    .join(RecordKey, of_record(Case), isouter=True)
    .where(Case.landlord_id == HERE, Case.id == given("case_id", Uuid()))
)


def sheet(session: Session, case_id: UUID) -> CaseSheet | None:
    """The case with this id; None for one that is not here. Its key comes with it."""
    row = ask_one(session, SHEET, case_id=case_id)
    if row is not None and row.wrapped is not None:
        unwrapped(session, case_id, row.wrapped, row.blanks)
    return cast("CaseSheet | None", row)


def officer_name(case: CaseSheet) -> str | None:
    """Who has the case of this sheet, by name."""
    name: str | None = cast("Any", case).officer_name
    return name


def notice_waits(case: CaseSheet) -> bool:
    """Whether a notice to quit came that nobody has answered: it stands on every page of the case."""
    return bool(cast("Any", case).notice_waits)
