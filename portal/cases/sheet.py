"""The row of one case as its pages read it: cheap to fetch, and nothing that could be changed there."""

from typing import cast
from uuid import UUID

from sqlalchemy import Uuid, select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.store.statements import HERE, Statement, ask_one, given

CaseSheet = Case
"""To whoever reads, a sheet is a case, with every column of its row under the same name. It is a frozen row:
to change a case, take the case itself (portal.cases.service.get)."""

SHEET = Statement(
    select(*Case.__table__.columns).where(Case.landlord_id == HERE, Case.id == given("case_id", Uuid()))
)


def sheet(session: Session, case_id: UUID) -> CaseSheet | None:
    """The case with this id; None for one that is not here."""
    return cast("CaseSheet | None", ask_one(session, SHEET, case_id=case_id))
