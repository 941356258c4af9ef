"""Who may know of a case, as its page, its reminders and the giving of it to somebody need it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Uuid, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from portal.cases import people_told
from portal.cases.confidentiality.models import CaseBar, CaseReader, OfOneAccount
from portal.cases.conflicts import barred_by_somebody, pose_barred_by_somebody
from portal.cases.findable import OF_THE_CASE
from portal.cases.household.words import PARTS
from portal.cases.models import Case
from portal.deadlines.hearers import Matter
from portal.domain.lifecycle import Route
from portal.domain.permissions import Permission
from portal.people.models import Account
from portal.people.queries import Colleague, colleagues
from portal.store.database import scope_of
from portal.store.record_keys import box_of
from portal.store.statements import HERE, Later, Statement, given, pose


@dataclass(frozen=True, slots=True)
class Circle:
    """Who is named for a case, and who is barred from it, at one moment."""

    named: frozenset[UUID] = frozenset()
    barred: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody named or barred, with the reason opened; `said` holds all that was written about it."""

    id: UUID
    account_id: UUID
    name: str
    by: str
    since: datetime
    until: datetime | None
    ended_at: datetime | None
    emergency: bool
    reviewed_at: datetime | None
    person_id: UUID | None = None
    said: dict[str, str] = field(default_factory=dict)


def _holds(table: type[OfOneAccount]) -> ColumnElement[bool]:
    return (table.landlord_id == HERE) & (table.case_id == ANY_OF_THESE) & table.ended_at.is_(None)


ANY_OF_THESE = func.any(given("case_ids", ARRAY(Uuid())))
NAMED = Statement(
    select(CaseReader.case_id, CaseReader.account_id).where(_holds(CaseReader), CaseReader.emergency.is_(False))
)
BARRED = Statement(select(CaseBar.case_id, CaseBar.account_id).where(_holds(CaseBar)))
THESE = Statement(
    select(Case.id, Case.assigned_to, Case.route, Case.restricted, Case.restricted_by).where(
        Case.landlord_id == HERE, Case.id == ANY_OF_THESE
    )
)


def circles(session: Session, case_ids: Iterable[UUID]) -> dict[UUID, Circle]:
    """The circle of each of these cases. An hour's opening in an emergency puts nobody into it."""
    return _pose_circles(session, list(case_ids))()


def _pose_circles(session: Session, wanted: list[UUID]) -> Later[dict[UUID, Circle]]:
    named, barred = pose(session, NAMED, case_ids=wanted), pose(session, BARRED, case_ids=wanted)
    by_somebody = pose_barred_by_somebody(session, wanted)

    def circles() -> dict[UUID, Circle]:
        can, cannot = defaultdict(set), defaultdict(set)
        for case_id, account_id in named.rows:
            can[case_id].add(account_id)
        for case_id, account_id in (*barred.rows, *by_somebody.rows):
            cannot[case_id].add(account_id)
        return {each: Circle(frozenset(can[each]), frozenset(cannot[each])) for each in wanted}

    return circles


def matters(session: Session, case_ids: Iterable[UUID]) -> dict[UUID, Matter]:
    """What a reminder of each of these cases needs to know: who may open it, and who has it in hand."""
    wanted = list(case_ids)
    if not wanted:
        return {}
    posed, cases = _pose_circles(session, wanted), pose(session, THESE, case_ids=wanted)
    known, found = posed(), {}
    for case_id, officer, route, restricted, keeper in cases.rows:
        circle = known[case_id]
        found[case_id] = Matter(
            f"cases/{case_id}",
            officer,
            opened_with=Permission.STAFF_ROUTE_READ if route == Route.STAFF else Permission.CASE_READ,
            restricted=restricted,
            named=circle.named | ({officer} if officer and restricted else set()),
            barred=circle.barred,
            keeper=keeper,
        )
    return found


def can_be_given(session: Session, case: Case, now: datetime) -> list[Colleague]:
    """Those who could have this case: they work cases, come in, are not barred, and may know of it."""
    circle = circles(session, [case.id])[case.id]
    return [
        each
        for each in colleagues(session, now)
        if each.can(Permission.CASE_WORK)
        and each.account_id not in circle.barred
        and (each.account_id in circle.named or _is_open_to(case, each))
    ]


def can_be_named(session: Session, case_id: UUID, now: datetime) -> list[Colleague]:
    """Those who could be named: they may read cases, and are neither barred nor named already."""
    circle = circles(session, [case_id])[case_id]
    able = [each for each in colleagues(session, now) if each.can(Permission.CASE_READ)]
    return [each for each in able if each.account_id not in circle.named | circle.barred]


def can_be_barred(session: Session, case_id: UUID, now: datetime) -> list[Colleague]:
    """Everybody with a role here who is not barred already."""
    barred = circles(session, [case_id])[case_id].barred
    return [each for each in colleagues(session, now) if each.account_id not in barred]


def named(session: Session, case_id: UUID) -> list[Entry]:
    """Everybody who is or was named, or opened the case in an emergency; the newest first."""
    return _entries(session, case_id, CaseReader)


def barred(session: Session, case_id: UUID) -> list[Entry]:
    """Everybody who is or was barred, the newest first."""
    return _entries(session, case_id, CaseBar)


def barred_elsewhere(session: Session, case_id: UUID) -> list[str]:
    """Who is barred from this case because they are barred from somebody in it, as another case says."""
    rows = barred_by_somebody(session, [case_id]).where(CaseBar.case_id != case_id).subquery()
    names = select(Account.name).join(rows, rows.c.account_id == Account.id).distinct().order_by(Account.name)
    return list(session.scalars(names))


def people(session: Session, case_id: UUID) -> dict[UUID, str]:
    """From whom of a case somebody can be barred: those who can be recognised elsewhere."""
    return {
        person: details.get("name") or PARTS[part]
        for person, part, details in people_told.everybody(session, case_id)
        if part in OF_THE_CASE
    }


def closed_to_some(session: Session) -> ColumnElement[bool]:
    """Cases that not everybody who works cases may know of: whoever counts them for somebody looks at each."""
    bars = select(CaseBar.id).where(
        CaseBar.landlord_id == Case.landlord_id, CaseBar.case_id == Case.id, CaseBar.ended_at.is_(None)
    )
    by_somebody = select(barred_by_somebody(session).subquery().c.case_id)
    return or_(Case.restricted, Case.route == Route.STAFF.value, bars.exists(), Case.id.in_(by_somebody))


def barred_from(session: Session, account_id: UUID | None) -> CompoundSelect[UUID]:
    """The cases that somebody is barred from, of themselves or because of somebody in them."""
    barred = (CaseBar.account_id == account_id) & CaseBar.ended_at.is_(None)
    somebody = barred_by_somebody(session).where(CaseBar.account_id == account_id).subquery()
    return select(CaseBar.case_id).where(barred).union(select(somebody.c.case_id))


def _is_open_to(case: Case, each: Colleague) -> bool:
    return not case.restricted and (case.route != Route.STAFF or each.can(Permission.STAFF_ROUTE_READ))


def _entries(session: Session, case_id: UUID, table: type[CaseReader] | type[CaseBar]) -> list[Entry]:
    maker = aliased(Account)
    rows = session.execute(
        select(table, Account.name, maker.name)
        .join(Account, Account.id == table.account_id)
        .join(maker, maker.id == table.made_by)
        .where(table.landlord_id == scope_of(session).landlord_id, table.case_id == case_id)
        .order_by(table.since.desc(), table.id.desc())
    )
    box = box_of(session, case_id)
    found = []
    for found_row, name, named_by in rows:
        row = cast("CaseReader | CaseBar", found_row)
        more: dict[str, Any] = (
            {"until": row.until, "emergency": row.emergency, "reviewed_at": row.reviewed_at}
            if isinstance(row, CaseReader)
            else {"until": None, "emergency": False, "reviewed_at": None, "person_id": row.person_id}
        )
        found.append(
            Entry(
                id=row.id,
                account_id=row.account_id,
                name=name,
                by=named_by,
                since=row.since,
                ended_at=row.ended_at,
                said=box.open_json(table.__tablename__, row.id, row.sealed),
                **more,
            )
        )
    return found
