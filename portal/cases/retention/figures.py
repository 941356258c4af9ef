"""What may remain of an erased record: numbers by year, in which nobody is.

Each figure is a sum over all cases of one year that were erased, of one thing at a time. No row is of a case, none
leads to one, and no two things are counted together, so that nobody is told apart by them. A case about an employee
leaves none: among so few, a number is a name. Source: NNEDV on parting narrative from statistics; UK GDPR recital 26.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session

from portal.cases.models import Case
from portal.domain.calendar import in_london
from portal.domain.lifecycle import Route
from portal.store.base import Base, Owned, new_id
from portal.store.database import scope_of

FEWEST = 5
"""A smaller number is shown as "fewer than 5": the portal's own figure."""


class What(StrEnum):
    """What is counted."""

    CASES = "cases"
    OUTCOME = "outcome"
    LENGTH = "length"
    RISK = "risk"
    PLAN = "plan"
    SAFEGUARDING = "safeguarding"
    SHARED = "shared"
    ORDER = "order"
    HOME = "home"


class KeptFigure(Owned, Base):
    """How many of the erased cases that were opened in a year had one thing."""

    __tablename__ = "kept_figure"

    year: Mapped[int]
    what: Mapped[str]
    code: Mapped[str]
    count: Mapped[int]

    __table_args__ = (
        UniqueConstraint("landlord_id", "year", "what", "code"),
        Index("ix_kept_figure_what", "landlord_id", "what", "year"),
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """One sum as it may be shown; `count` is None where it is too small to be told."""

    year: int
    what: What
    code: str
    count: int | None


OF_A_CASE: tuple[tuple[What, str, str], ...] = (
    (What.PLAN, "plan_version", ""),
    (What.SAFEGUARDING, "safeguarding_referral", "door"),
    (What.SHARED, "share", "recipient_kind"),
    (What.ORDER, "court_order", "kind"),
    (What.HOME, "home_measure", "measure"),
)
"""Tables with codes of things that a case had, by name because some stand in parts above this one."""
LENGTHS = ((timedelta(days=31), "month"), (timedelta(days=183), "half_year"), (timedelta(days=365), "year"))


def keep(session: Session, case: Case) -> None:
    """Add a case that is about to be erased to the sums of its year."""
    if case.route == Route.STAFF:
        return
    year = in_london(case.opened_at).year
    rows = [
        {"landlord_id": case.landlord_id, "id": new_id(), "year": year, "what": what.value, "code": code, "count": 1}
        for what, code in [*_of_itself(case), *_of_what_it_had(session, case.id)]
    ]
    adding = insert(KeptFigure).on_conflict_do_update(
        index_elements=["landlord_id", "year", "what", "code"],
        set_={"count": KeptFigure.count + 1},
    )
    session.execute(adding, rows)


def figures(session: Session) -> list[Figure]:
    """Every sum of erased cases, the newest year first; small ones are not told."""
    row = KeptFigure
    rows = session.execute(
        select(row.year, row.what, row.code, row.count)
        .where(row.landlord_id == scope_of(session).landlord_id)
        .order_by(row.year.desc(), row.what, row.code)
    )
    return [Figure(year, What(what), code, count if count >= FEWEST else None) for year, what, code, count in rows]


def _of_itself(case: Case) -> Iterable[tuple[What, str]]:
    yield What.CASES, "all"
    yield What.OUTCOME, case.closed_reason or "none"
    yield What.RISK, case.risk_level or "none"
    if case.closed_at:
        lasted = case.closed_at - case.opened_at
        yield What.LENGTH, next((code for most, code in LENGTHS if lasted <= most), "longer")


def _of_what_it_had(session: Session, case_id: UUID) -> Iterable[tuple[What, str]]:
    for what, name, column in OF_A_CASE:
        row = Base.metadata.tables[name].c
        mine = (row.landlord_id == scope_of(session).landlord_id) & (row.case_id == case_id)
        if column:
            yield from ((what, code) for code in session.scalars(select(row[column]).where(mine).distinct()))
        elif session.scalar(select(func.count()).where(mine)):
            yield what, "agreed"
