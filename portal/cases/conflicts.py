"""Who is barred from somebody, and so from every case in which that person is recognised, whatever comes first.

The database's own rule keeps them out (portal.store.row_security); here stands what follows for the work.
Sources: NPH Employees; HS-026 1.3.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, Uuid, and_, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal.cases.confidentiality.models import CaseBar
from portal.cases.household.models import PersonKey
from portal.cases.meetings import leaving
from portal.cases.models import Case
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline
from portal.store.base import Owned
from portal.store.database import scope_of
from portal.store.line import Posed
from portal.store.statements import HERE, Statement, given, pose


def barred_by_somebody(session: Session, case_ids: Collection[UUID] | None = None) -> Select[UUID, UUID]:
    """The cases, of these or of all, in which somebody is recognised from whom a colleague is barred; and whom."""
    found, case_id = _barred_by_somebody(scope_of(session).landlord_id)
    return found if case_ids is None else found.where(case_id.in_(case_ids))


def pose_barred_by_somebody(session: Session, case_ids: Collection[UUID]) -> Posed:
    """The same of these cases, for whoever asks for more at once."""
    return pose(session, BARRED_BY_SOMEBODY, case_ids=list(case_ids))


def _barred_by_somebody(landlord: UUID | BindParameter[Any]) -> tuple[Select[UUID, UUID], InstrumentedAttribute[UUID]]:
    here, there = aliased(PersonKey), aliased(PersonKey)
    found = (
        select(there.case_id, CaseBar.account_id)
        .join(here, _of_bar(here))
        .join(there, and_(there.landlord_id == here.landlord_id, there.token == here.token))
        .where(CaseBar.landlord_id == landlord, CaseBar.ended_at.is_(None))
    )
    return found, there.case_id


def recognised(session: Session, person_id: UUID) -> list[UUID]:
    """The cases in which this person is recognised, as far as the session may know of them."""
    here, there = aliased(PersonKey), aliased(PersonKey)
    same = and_(there.landlord_id == here.landlord_id, there.token == here.token)
    mine = (here.landlord_id == scope_of(session).landlord_id) & (here.person_id == person_id)
    keys = select(there.case_id).join(here, same).where(mine)
    return list(session.scalars(select(Case.id).where(_here(session, Case), Case.id.in_(keys))))


def take_over(session: Session, case_id: UUID, tokens: Collection[bytes]) -> None:
    """Take the work on a case from those who turn out to be barred from somebody who is recognised by these."""
    here = aliased(PersonKey)
    barred = (
        select(CaseBar.account_id)
        .join(here, _of_bar(here))
        .where(_here(session, CaseBar), CaseBar.ended_at.is_(None), here.token.in_(tokens))
    )
    for account_id in session.scalars(barred.distinct()).all():
        take_from(session, case_id, account_id)


def take_from(session: Session, case_id: UUID, account_id: UUID) -> None:
    """Nobody keeps work on a case that they must not know of."""
    case = session.scalar(select(Case).where(_here(session, Case), Case.id == case_id))
    if case is not None and case.assigned_to == account_id:
        case.assigned_to = None
    for table in (Task, Deadline):
        held = (table.case_id == case_id) & (table.owner == account_id)
        session.execute(update(table).where(_here(session, table), held).values(owner=None))
    leaving.take_from(session, account_id, case_id)
    session.flush()


def _of_bar(here: type[PersonKey]) -> ColumnElement[bool]:
    """The keys of the person from whom a bar keeps somebody."""
    return and_(
        here.landlord_id == CaseBar.landlord_id,
        here.case_id == CaseBar.case_id,
        here.person_id == CaseBar.person_id,
    )


def _here(session: Session, table: type[Owned]) -> ColumnElement[bool]:
    return table.landlord_id == scope_of(session).landlord_id


def _in_these() -> Statement:
    found, case_id = _barred_by_somebody(HERE)
    return Statement(found.where(case_id == func.any(given("case_ids", ARRAY(Uuid())))))


BARRED_BY_SOMEBODY = _in_these()
