"""The rows of lists of work as pages write them: plain words, made once, so that a template works nothing out.

Templates take a row apart by the order of its fields, which costs nothing, instead of asking for each by its name.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from portal.cases.queries import CaseLine
from portal.cases.words import WAITING_FOR
from portal.deadlines import words
from portal.domain.lifecycle import CaseStage, ReportState
from portal.domain.tasks import TASK
from portal.domain.wording import DueWords, say_short_moment, saying_due
from portal.referrals.reports import SOURCES, ReportLine


class Place(Protocol):
    """A landlord: where it is in an address, and what it is called in a list."""

    @property
    def slug(self) -> str:
        """The beginning of its addresses."""

    @property
    def short_name(self) -> str:
        """Its name in a list."""


Due = tuple[str, str, str, bool]
"""How a due time stands in a list: its state, the words, the exact time (empty where there is none), and whether "why?"
has an answer."""
NO_TIME: Due = ("untimed", "No time stated", "", True)
NOTHING: Due = ("ended", "Nothing due", "", False)


class CaseRow(NamedTuple):
    """One case. `alarming` is a threat to life that nobody has reached yet; `risk` a key of the tags for risk."""

    url: str
    reference: str
    name: str
    place: str
    place_name: str
    alarming: bool
    threat: bool
    state: str
    due: str
    exact: str
    asks: bool
    what: str
    waits: str
    risk: str
    clause: str
    how: str
    is_task: bool
    officer: UUID | None


class ReportRow(NamedTuple):
    """One report; `routes` is everywhere that it goes."""

    url: str
    name: str
    place: str
    place_name: str
    threat: bool
    state: str
    due: str
    exact: str
    source: str
    routes: tuple[str, ...]
    sent_on: bool
    clause: str
    how: str


def case_rows(lines: Sequence[tuple[Place, CaseLine]], now: datetime) -> list[CaseRow]:
    """Cases, each with the place that it belongs to."""
    say, rows = saying_due(now), []
    for place, line in lines:
        slug = place.slug
        clause, waits = line.clause or "", line.waiting_for or ""
        state, due, exact, asks = _due(line, clause, say, now)
        rows.append(
            CaseRow(
                f"/desk/{slug}/cases/{line.id}",
                line.reference,
                line.name,
                slug,
                place.short_name,
                line.threat_to_life and line.stage == CaseStage.NEW,
                line.threat_to_life,
                state,
                due,
                exact,
                asks,
                words.act(line.stop_act) if line.event else "",
                WAITING_FOR.get(waits, waits) if line.stage == CaseStage.WAITING else "",
                line.risk_level or ("declined" if line.risk_declined_at else "none"),
                clause,
                line.how,
                line.event == TASK,
                line.assigned_to,
            )
        )
    return rows


def report_rows(lines: Sequence[tuple[Place, ReportLine]], now: datetime) -> list[ReportRow]:
    """Reports, each with the place that it belongs to."""
    say, rows = saying_due(now), []
    for place, line in lines:
        slug = place.slug
        clause = line.clause or ""
        state, due, exact, _ = _timed(say(line.due_at), clause) if line.due_at else NO_TIME
        rows.append(
            ReportRow(
                f"/desk/{slug}/reports/{line.id}",
                line.name,
                slug,
                place.short_name,
                line.threat_to_life,
                state,
                due,
                exact,
                SOURCES[line.source],
                line.routes,
                line.state != ReportState.NEW,
                clause,
                line.how,
            )
        )
    return rows


def _due(line: CaseLine, clause: str, say: Callable[[datetime], DueWords], now: datetime) -> Due:
    if line.due_at:
        return _timed(say(line.due_at), clause)
    if line.event:
        return NO_TIME
    if line.waiting_until:
        state = "soon" if line.waiting_until < now else "ended"
        return state, f"until {say_short_moment(line.waiting_until, now)}", "", False
    return NOTHING


def _timed(words: DueWords, clause: str) -> Due:
    state, text, exact = words
    return state.value, text, f"{exact}, {clause}" if clause else exact, True
