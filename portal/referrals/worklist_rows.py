"""The rows of lists of work as pages write them: plain words, made once, so that a template works nothing out.

Templates take a row apart by the order of its fields, which costs nothing, instead of asking for each by its name.
"""

from collections.abc import Sequence
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
    slug = name_here = ""
    here: Place | None = None
    for place, line in lines:
        if place is not here:  # rows of one place most often stand together
            here, slug, name_here = place, place.slug, place.short_name
        (
            case_id, reference, name, how, stage, due_at, event, clause, stop_act, threat,
            waiting_for, waiting_until, officer, risk, declined_at,
        ) = line  # fmt: skip
        state, due, exact, asks = _timed(say(due_at), clause) if due_at else _untimed(event, waiting_until, now)
        rows.append(
            CaseRow(
                f"/desk/{slug}/cases/{case_id}",
                reference,
                name,
                slug,
                name_here,
                threat and stage == CaseStage.NEW,
                threat,
                state,
                due,
                exact,
                asks,
                words.act(stop_act) if event else "",
                WAITING_FOR.get(waiting_for, waiting_for) if waiting_for and stage == CaseStage.WAITING else "",
                risk or ("declined" if declined_at else "none"),
                clause or "",
                how,
                event == TASK,
                officer,
            )
        )
    return rows


def report_rows(lines: Sequence[tuple[Place, ReportLine]], now: datetime) -> list[ReportRow]:
    """Reports, each with the place that it belongs to."""
    say, rows = saying_due(now), []
    for place, line in lines:
        report_id, name, how, source, _, _, report_state, _, due_at, _, clause, threat, _ = line
        slug = place.slug
        state, due, exact, _ = _timed(say(due_at), clause) if due_at else NO_TIME
        rows.append(
            ReportRow(
                f"/desk/{slug}/reports/{report_id}",
                name,
                slug,
                place.short_name,
                threat,
                state,
                due,
                exact,
                SOURCES[source],
                line.routes,
                report_state != ReportState.NEW,
                clause or "",
                how,
            )
        )
    return rows


def _untimed(event: str | None, waiting_until: datetime | None, now: datetime) -> Due:
    if event:
        return NO_TIME
    if waiting_until:
        state = "soon" if waiting_until < now else "ended"
        return state, f"until {say_short_moment(waiting_until, now)}", "", False
    return NOTHING


def _timed(words: DueWords, clause: str | None) -> Due:
    state, text, exact = words
    return state.value, text, f"{exact}, {clause}" if clause else exact, True
