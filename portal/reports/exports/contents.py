"""What stands in a file: published figures line by line, or a line for each case with codes and moments alone."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.words import CLOSE_REASONS
from portal.deadlines.models import Deadline
from portal.domain.calendar import in_london
from portal.domain.exports import Row, Sheet
from portal.domain.figures import Quarter, Released
from portal.domain.policy import CONCERN, DISCLOSURE
from portal.people.models import Account
from portal.reports.performance.measures import MEASURES
from portal.store.database import scope_of

BATCH = 5_000
OF_FIGURES: Row = ("Group", "Figure", "Line", "Number", "Share", "Quarter before")
OF_CASES: Row = (
    "Case", "Stage", "Opened", "Closed", "Outcome", "Risk", "Officer", "First contact due", "First contact done",
)  # fmt: skip
KEPT_BACK = "kept back"


def of_figures(quarter: Quarter, now: Mapping[str, Released], before: Mapping[str, Released]) -> Sheet:
    """Every figure as it is published, with the quarter before beside it."""
    rows: list[Row] = []
    for measure in MEASURES:
        found, earlier = now[measure.key], before.get(measure.key)
        if found.cells is None:
            rows.append((measure.group, measure.title, "", KEPT_BACK, "", ""))
        for name, cell in (found.cells or {}).items():
            then = earlier.cells.get(name) if earlier and earlier.cells else None
            kept = KEPT_BACK if earlier and earlier.cells is None else ""
            says = measure.cells.get(name, name)
            rows.append((measure.group, measure.title, says, cell.says, cell.share, then.says if then else kept))
        rows += [(measure.group, measure.title, says, time, "", "") for says, time in found.took]
    return Sheet(f"Figures, {quarter.say()}", OF_FIGURES, rows)


def of_cases(session: Session, quarter: Quarter | None) -> Sheet:
    """A line for each case that the session may see: opened in the quarter, or all."""
    period = quarter.say() if quarter else "all that there are"
    return Sheet(f"Cases opened, {period}", OF_CASES, _cases(session, quarter))


def how_many(session: Session, quarter: Quarter | None) -> int:
    """How many lines there will be."""
    return session.scalar(select(func.count()).select_from(Case).where(*_wanted(session, quarter))) or 0


def _wanted(session: Session, quarter: Quarter | None) -> list[ColumnElement[bool]]:
    found = [Case.landlord_id == scope_of(session).landlord_id]
    if quarter:
        found += [Case.opened_at >= quarter.begins, Case.opened_at < quarter.ends]
    return found


def _cases(session: Session, quarter: Quarter | None) -> Iterator[Row]:
    """In the order of ids, some thousand at a time, so that none is left out and none comes twice."""
    last = UUID(int=0)
    while True:
        query = select(
            Case.id, Case.reference, Case.stage, Case.opened_at, Case.closed_at, Case.closed_reason, Case.risk_level,
            Account.name,
        ).join(Account, Account.id == Case.assigned_to, isouter=True)  # fmt: skip
        found = session.execute(
            query.where(*_wanted(session, quarter), Case.id > last).order_by(Case.id).limit(BATCH)
        ).all()
        if not found:
            return
        first = _first_contact(session, [row.id for row in found])
        for each, reference, stage, opened, closed, why, risk, officer in found:
            due, done = first.get(each, (None, None))
            yield (
                reference, stage, _say(opened), _say(closed), CLOSE_REASONS.get(why or "", why or ""), risk or "",
                officer or "", _say(due), _say(done),
            )  # fmt: skip
        last = found[-1].id


def _first_contact(session: Session, case_ids: list[UUID]) -> dict[UUID, tuple[datetime | None, datetime | None]]:
    each = Deadline
    rows = session.execute(
        select(each.case_id, func.min(each.due_at), func.min(each.met_at))
        .where(
            each.landlord_id == scope_of(session).landlord_id,
            each.case_id.in_(case_ids),
            each.event.in_((DISCLOSURE, CONCERN)),
        )
        .group_by(each.case_id)
    )
    return {case_id: (due, met) for case_id, due, met in rows if case_id}


def _say(at: datetime | None) -> str:
    """2026-02-02 10:00 by London clocks."""
    return f"{in_london(at):%Y-%m-%d %H:%M}" if at else ""
