"""A measure: one statement that puts each thing into one cell. The figure and the list behind it are both of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, Uuid, case, cast, false, literal, null, select, true

from portal.cases.models import Case
from portal.domain.figures import Quarter
from portal.domain.suppression import Key


@dataclass(frozen=True, slots=True)
class When:
    """Of what a measure is asked: whose rows, in which quarter, as of when."""

    landlord_id: UUID
    quarter: Quarter
    now: datetime
    officers: frozenset[UUID] | None = None
    """Only of cases that these have; of all where nobody is named."""

    def of(self, rows: Subquery) -> ColumnElement[bool]:
        """Is what is counted one of their cases?"""
        if self.officers is None:
            return true()
        theirs = select(Case.id).where(Case.landlord_id == self.landlord_id, Case.assigned_to.in_(self.officers))
        found: ColumnElement[bool] = rows.c[1].in_(theirs)
        return found

    def within(self, column: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column of any table
        """Did it happen in the quarter, and not after now?"""
        found: ColumnElement[bool] = (column >= self.quarter.begins) & (
            column < min(self.quarter.ends, self.now)
        )
        return found


Rows = Select[Any, Any]
"""A cell and a case for each thing that is counted; no case where a report has none yet."""
Cells = Mapping[str, ColumnElement[bool]]


def of_nobody(answers: Any, name: str) -> Callable[[When], Rows]:  # noqa: ANN401 - a table of answers by month
    """What was said to one question in answers that lead to nobody, of which only the month is kept.

    Nothing before the quarter is over: whoever watched could otherwise see whose answer moved a number.
    """

    def rows(when: When) -> Rows:
        said = answers.answers[name].as_string()
        query = select(said.label("cell"), cast(null(), Uuid)).where(
            answers.landlord_id == when.landlord_id,
            answers.month >= when.quarter.first,
            answers.month < when.quarter.after().first,
            said.is_not(None),
        )
        return query if when.quarter.over(when.now) else query.where(false())

    return rows


@dataclass(frozen=True, slots=True)
class Timing:
    """How long something took, for each thing that is counted: a statement of seconds."""

    says: str
    rows: Callable[[When], Select[float]]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: `of` names what is shared out, `lately` whether a quarter narrows it or it stands as of now."""

    key: str
    group: str
    title: str
    of: Key
    cells: Mapping[str, str]
    rows: Callable[[When], Rows]
    about: str = ""
    clause: str = ""
    lately: bool = True
    took: tuple[Timing, ...] = ()
    for_nobody: bool = False
    """Never shown as it was counted, not even to those who may open cases, and only once its quarter is over."""


def first_of(cells: Cells, otherwise: str) -> ColumnElement[str]:
    """The first cell whose condition holds; or the other one."""
    return case(*((condition, literal(name)) for name, condition in cells.items()), else_=literal(otherwise))
