"""Figures of the portal behind a source: the published ones, the same as on the page of figures, and nobody in them.

Source: NPH CIA form 2; NPH CIA guidance 3.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.needs.following import source
from portal.cases.needs.service import SAID as SPOKEN_OF
from portal.cases.preferences import BARRIERS, name_of
from portal.cases.tasks.models import Task
from portal.domain.calendar import in_london
from portal.domain.figures import Counted, Quarter, Released, released
from portal.domain.impact.form import Feed
from portal.domain.lifecycle import Route, Source
from portal.domain.training import TrainingLevel
from portal.people import trained
from portal.people.queries import caseworkers
from portal.reports.performance import published
from portal.reports.performance.measures import BY_KEY, MEASURES, When
from portal.reports.performance.published import RULES
from portal.store.database import beside, scope_of
from portal.store.scope import NOBODY, LandlordScope

Lines = tuple[tuple[str, str], ...]
NEEDS = "Needs that were found, each with its task"
WHOLE = {
    Feed.COMPLAINTS: ("complaints",),
    Feed.CASES: ("reports", "opened", "closed"),
    Feed.REFERRALS: ("safeguarding-referrals",),
    Feed.HELP: ("signposts",),
    Feed.EQUALITY: tuple(each.key for each in MEASURES if each.group == "Equality"),
}
"""Which figures of the page of figures stand behind which source, each with all of its lines."""


def draw(session: Session, feed: Feed, now: datetime) -> tuple[str, Lines]:
    """What the portal can put behind a source: of the last quarter that is over, and by training as of today."""
    if feed is Feed.ADVOCATES:
        return "as of today", _advocates(session, now)
    quarter = Quarter.of(in_london(now).date()).before()
    eyes = LandlordScope(scope_of(session).landlord_id, staff_cases=False, reader=NOBODY)
    with beside(session, eyes) as counting:
        when = When(scope_of(session).landlord_id, quarter, now)
        found = published.of(counting, quarter, now).figures
        needs = _needs(counting, when) if feed is Feed.HELP else ()
    if feed is Feed.CARDS:
        return quarter.say(), _cards(found["reports-others"])
    return quarter.say(), (*(line for key in WHOLE[feed] for line in _lines(key, found[key])), *needs)


def _lines(key: str, found: Released) -> Lines:
    measure = BY_KEY[key]
    if found.cells is None:
        return ((measure.title, "kept back"),)
    told = [
        (f"{measure.title}: {measure.cells.get(name, name)}", cell.says) for name, cell in found.cells.items()
    ]
    return ((measure.title, found.all), *told)


def _cards(found: Released) -> Lines:
    says = BY_KEY["reports-others"].cells[Source.CONCERN_CARD]
    number = "kept back" if found.cells is None else found.cells[Source.CONCERN_CARD].says
    return ((says, number),)


def needs_found(session: Session, when: When) -> Counted:
    """The needs for which a task was opened in the quarter, by need: what nobody may have seen without a case."""
    rows = session.execute(
        select(Task.source, func.count())
        .where(
            Task.landlord_id == when.landlord_id,
            Task.source.in_([source(each.value) for each in SPOKEN_OF]),
            when.within(Task.made_at),
        )
        .group_by(Task.source)
    )
    found = {str(name): number for name, number in rows}
    return Counted("needs", "needs", {each.value: found.get(source(each.value), 0) for each in SPOKEN_OF})


def _needs(session: Session, when: When) -> Lines:
    shown = released([needs_found(session, when)], RULES)["needs"]
    if shown.cells is None:
        return ((NEEDS, "kept back"),)
    said = ((BARRIERS.get(name) or name_of(name), cell.says) for name, cell in shown.cells.items())
    return ((NEEDS, shown.all), *((f"{NEEDS}: {name}", number) for name, number in said))


def _advocates(session: Session, now: datetime) -> Lines:
    """How many of those who work cases hold the qualification: members of staff, whom their own landlord knows."""
    who = caseworkers(session, now, Route.ORDINARY.value)
    rows = trained.stand(session, who, TrainingLevel.ADVOCATE, in_london(now).date())
    holds = sum(each.may_be_given for each in rows)
    return (("Caseworkers who hold it", f"{holds} of {len(rows)}"),)
