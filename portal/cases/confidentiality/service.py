"""The verbs about who may know of a case: restrict it, name and un-name readers, bar somebody, and take it back.

Row security does the rest (portal.store.row_security). Sources: NPH Employees; HS-026 1.3 and 4.14; STAR 1.3; whg 1.3.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import conflicts
from portal.cases import service as cases
from portal.cases.confidentiality import queries
from portal.cases.confidentiality.models import CaseBar, CaseReader
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.service import NoSuchCaseError
from portal.domain.errors import PortalError
from portal.people.queries import Colleague
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of


class CannotBeNamedError(PortalError):
    """This colleague may not read cases here, is barred from this one, or is named already."""


class CannotBeBarredError(PortalError):
    """This is nobody with a role here, or somebody who is barred already."""


class NotOfThisCaseError(PortalError):
    """The person from whom somebody is to be barred stands in no such part of this case."""


class NobodyLeftError(PortalError):
    """A restricted case always has somebody named who may open it."""


class HasTheCaseError(PortalError):
    """The officer of a restricted case stays named for as long as they have it."""


class AlreadySoError(PortalError):
    """Somebody else has done this meanwhile."""


def restrict(
    session: Session, case_id: UUID, accounts: Iterable[UUID], why: str, actor: Actor, now: datetime
) -> None:
    """Let only these know of the case, with its officer and whoever restricts it."""
    case = cases.get(session, case_id, for_update=True)
    if case.restricted:
        raise AlreadySoError
    able = {each.account_id: each for each in queries.can_be_named(session, case_id, now)}
    always = [each for each in (actor.account_id, case.assigned_to) if each in able]
    wanted = list(dict.fromkeys([*always, *accounts]))
    if not set(wanted) <= set(able):
        raise CannotBeNamedError
    tell(session, case_id, "restricted", actor, now, words=why)
    for each in wanted:
        _name(session, case, able[each], why, actor, now)
    case.restricted, case.restricted_by = True, actor.account_id
    session.flush()
    _record(session, Fact.CASE_RESTRICTED, case_id, actor, now)


def lift(session: Session, case_id: UUID, why: str, actor: Actor, now: datetime) -> None:
    """Let everybody know of the case again who works cases here. Nobody who is barred."""
    case = cases.get(session, case_id, for_update=True)
    if not case.restricted:
        raise AlreadySoError
    case.restricted, case.restricted_by = False, None
    session.flush()
    tell(session, case_id, "unrestricted", actor, now, words=why)
    _record(session, Fact.CASE_RESTRICTION_LIFTED, case_id, actor, now)
    for row in _open_names(session, case_id):
        _end(session, row, why, actor, now)


def name(session: Session, case_id: UUID, account_id: UUID, why: str, actor: Actor, now: datetime) -> str:
    """Name a colleague, who may then open the case whatever else holds; their name."""
    case = cases.get(session, case_id, for_update=True)
    able = queries.can_be_named(session, case_id, now)
    who = next((each for each in able if each.account_id == account_id), None)
    if who is None:
        raise CannotBeNamedError
    _name(session, case, who, why, actor, now)
    return who.name


def unname(session: Session, case_id: UUID, reader_id: UUID, why: str, actor: Actor, now: datetime) -> None:
    """Take a name back. Not the last one, nor that of the officer who has the case."""
    case = cases.get(session, case_id, for_update=True)
    rows = _open_names(session, case_id)
    row = next((each for each in rows if each.id == reader_id), None)
    if row is None:
        raise ended_or_never(session, CaseReader, case_id, reader_id)
    if case.restricted and row.account_id == case.assigned_to:
        raise HasTheCaseError
    if case.restricted and not [each for each in rows if each is not row and not each.emergency]:
        raise NobodyLeftError
    tell(session, case_id, "reader_unnamed", actor, now, facts={"who": _name_of(session, case_id, row.id)}, words=why)
    _record(session, Fact.READER_UNNAMED, case_id, actor, now, str(row.account_id))
    _end(session, row, why, actor, now)


def bar(
    session: Session,
    case_id: UUID,
    account_id: UUID,
    why: str,
    actor: Actor,
    now: datetime,
    *,
    person_id: UUID | None = None,
) -> str:
    """Keep a colleague from knowing of the case: related to somebody in it, or somebody in it. Their name.

    With a person, from every case as well in which that person is recognised, now or later. What they had of it
    is taken from them. HS-026 1.3; NPH Employees: "closed to colleagues".
    """
    case = cases.get(session, case_id, for_update=True)
    if person_id and person_id not in queries.people(session, case_id):
        raise NotOfThisCaseError
    able = queries.can_be_barred(session, case_id, now)
    who = next((each for each in able if each.account_id == account_id), None)
    if who is None:
        raise CannotBeBarredError
    names = _open_names(session, case_id)
    theirs = [each for each in names if each.account_id == account_id]
    if case.restricted and not [each for each in names if each not in theirs and not each.emergency]:
        raise NobodyLeftError
    row_id = new_id()
    sealed = box_of(session, case_id).seal_json(CaseBar.__tablename__, row_id, {"why": why})
    tell(session, case_id, "barred", actor, now, facts={"who": who.name})
    _record(session, Fact.COLLEAGUE_BARRED, case_id, actor, now, str(account_id))
    for each in dict.fromkeys((case_id, *(conflicts.recognised(session, person_id) if person_id else ()))):
        conflicts.take_from(session, each, account_id)
    for each in theirs:
        _end(session, each, why, actor, now)
    made = {"since": now, "made_by": actor.account_id, "sealed": sealed}
    kept = {"landlord_id": case.landlord_id, "id": row_id, "case_id": case_id, "person_id": person_id}
    session.add(CaseBar(**kept, account_id=account_id, **made))
    session.flush()
    return who.name


def unbar(session: Session, case_id: UUID, bar_id: UUID, why: str, actor: Actor, now: datetime) -> None:
    """Take a bar back, with the reason."""
    cases.get(session, case_id)
    row = session.scalar(
        select(CaseBar).where(CaseBar.id == bar_id, CaseBar.case_id == case_id, CaseBar.ended_at.is_(None))
    )
    if row is None:
        raise ended_or_never(session, CaseBar, case_id, bar_id)
    who = next(each.name for each in queries.barred(session, case_id) if each.id == bar_id)
    tell(session, case_id, "unbarred", actor, now, facts={"who": who})
    _record(session, Fact.BAR_LIFTED, case_id, actor, now, str(row.account_id))
    _end(session, row, why, actor, now)


def ended_or_never(
    session: Session, table: type[CaseReader] | type[CaseBar], case_id: UUID, row_id: UUID
) -> PortalError:
    """Why a name or bar is not to be found: somebody was quicker, or it was never one of this case."""
    known = session.scalar(select(table.id).where(table.id == row_id, table.case_id == case_id))
    return AlreadySoError() if known else NoSuchCaseError()


def _name(session: Session, case: Case, who: Colleague, why: str, actor: Actor, now: datetime) -> None:
    row_id = new_id()
    sealed = box_of(session, case.id).seal_json(CaseReader.__tablename__, row_id, {"why": why})
    made = {"since": now, "made_by": actor.account_id, "sealed": sealed}
    session.add(
        CaseReader(landlord_id=case.landlord_id, id=row_id, case_id=case.id, account_id=who.account_id, **made)
    )
    session.flush()
    tell(session, case.id, "reader_named", actor, now, facts={"who": who.name}, words=why)
    _record(session, Fact.READER_NAMED, case.id, actor, now, str(who.account_id))


def _open_names(session: Session, case_id: UUID) -> list[CaseReader]:
    open_rows = select(CaseReader).where(CaseReader.case_id == case_id, CaseReader.ended_at.is_(None))
    return list(session.scalars(open_rows.with_for_update()))


def _name_of(session: Session, case_id: UUID, reader_id: UUID) -> str:
    return next(each.name for each in queries.named(session, case_id) if each.id == reader_id)


def _end(session: Session, row: CaseReader | CaseBar, why: str, actor: Actor, now: datetime) -> None:
    """Written to the database last of all: whoever ends their own name does not see the case afterwards."""
    box, place = box_of(session, row.case_id), row.__tablename__
    row.sealed = box.seal_json(place, row.id, box.open_json(place, row.id, row.sealed) | {"ended": why})
    row.ended_at, row.ended_by = now, actor.account_id
    session.flush()


def _record(
    session: Session, fact: Fact, case_id: UUID, actor: Actor, now: datetime, detail: str | None = None
) -> None:
    audit.record(session, fact, actor, now, subject="case", subject_id=case_id, detail=detail)
