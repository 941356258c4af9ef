"""What whoever oversees a policy sees of it: clauses that are not met, and each clock through the quarters of a year.

The figures are those that are published, so that nobody is found in them. Source: whg 6.1; HS-026 1.1, 6.1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.deadlines.words import EVENTS
from portal.domain.calendar import in_london
from portal.domain.figures import Quarter, Released
from portal.domain.policy import Policy
from portal.governance.calendar.entries import KINDS, Stand
from portal.governance.calendar.queries import calendar
from portal.landlords.linter import warnings
from portal.landlords.policies import in_force
from portal.landlords.stored_pack import stored_pack
from portal.reports.performance import published
from portal.reports.performance.measures.clocks import CELLS, KEPT
from portal.reports.performance.published import askable
from portal.store import audit
from portal.store.audit import Actor, Fact

UNMET = ("late", "never", "overdue")
"""The cells of a promise that was not kept."""
UNTIMED = ("untimed", "open")
KEPT_BACK = "Too few to say"


@dataclass(frozen=True, slots=True)
class NotMet:
    """One clause that is not met: what was found, and what to do."""

    clause: str
    says: str
    do: str


@dataclass(frozen=True, slots=True)
class InQuarter:
    """One clock in one quarter, in words; `unmet` is whether any was late, overdue or never done."""

    kept: str
    late: str
    untimed: str
    unmet: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """One clock through the year."""

    says: str
    clause: str
    stated: bool
    quarters: tuple[InQuarter, ...]


@dataclass(frozen=True, slots=True)
class Oversight:
    """The whole page."""

    overseer: str
    clause: str
    year: int
    quarters: tuple[Quarter, ...]
    exceptions: tuple[NotMet, ...]
    clocks: tuple[Watched, ...]


def look(session: Session, year: int, actor: Actor, now: datetime, *, running: bool) -> Oversight:
    """The page of one year; that it was read is written down. The session is nobody's own.

    The quarter that runs is there only for those who may open the cases.
    """
    audit.record(session, Fact.FIGURES_READ, actor, now, detail=f"oversight {year}")
    policy = in_force(session, now).policy
    oversees = policy.governance.oversight
    quarters = tuple(each for each in reversed(askable(now, running=running)) if each.year == year)
    figures = [published.of(session, each, now).figures for each in quarters]
    return Oversight(
        oversees.value or "",
        oversees.clause or "",
        year,
        quarters,
        tuple(_exceptions(session, policy, now)),
        tuple(_watched(policy, figures)),
    )


def _exceptions(session: Session, policy: Policy, now: datetime) -> Iterable[NotMet]:
    """What is overdue or missing beside the cases, then what was found in the policy itself."""
    today, pack = in_london(now).date(), stored_pack(session, policy)
    for entry in calendar(session, now):
        if entry.stand(today) is Stand.OVERDUE:
            since = f", since {entry.due_on.day} {entry.due_on:%B %Y}" if entry.due_on else ""
            yield NotMet(entry.clause, f"{KINDS[entry.kind]}: {entry.what}{since}.", entry.owner)
    for found in warnings(pack, today) if pack else ():
        yield NotMet(found.clause or "", found.says, found.do)


def _watched(policy: Policy, figures: list[Mapping[str, Released]]) -> Iterable[Watched]:
    for clock in policy.clocks:
        key = f"clock-{clock.event}"
        if all(key in each for each in figures):
            rows = tuple(_in_quarter(each[key]) for each in figures)
            clause = clock.clause or policy.governance.oversight.clause or ""
            yield Watched(f"Clocks started by {EVENTS[clock.event]}", clause, clock.stated, rows)


def _in_quarter(figure: Released) -> InQuarter:
    if figure.cells is None:
        return InQuarter(KEPT_BACK, KEPT_BACK, KEPT_BACK, unmet=False)
    return InQuarter(
        _said(figure, KEPT),
        _said(figure, UNMET),
        _said(figure, UNTIMED),
        unmet=any(figure.cells[name].bounds.low > 0 for name in UNMET if name in figure.cells),
    )


def _said(figure: Released, names: Iterable[str]) -> str:
    """Each line that there is surely something of, in its own words; ranges are never added up."""
    cells = {name: cell for name, cell in (figure.cells or {}).items() if name in names}
    told = [f"{CELLS[name]}: {cell.says}" for name, cell in cells.items() if cell.bounds.low > 0]
    none = all(cell.bounds.high == 0 for cell in cells.values())
    return "; ".join(told) or ("None" if none else KEPT_BACK)
