"""Figures as they are published: those of a quarter that is over are counted once, and are the same ever after.

Whoever compares two days, two reports, a page and a file, then finds no number that moved while they watched: a count
that goes from under five to five would otherwise tell of the one case that came between. So pages, reports, files,
evidence and assessments read what is kept here. Sources: HS-026 6.3; STAR section 9; whg 3.2.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.domain.figures import Counted, Quarter, Released, quarters, released
from portal.domain.suppression import Rules
from portal.landlords.policies import NoPolicyError
from portal.people import trained
from portal.people.trained import Holds
from portal.reports.performance.measures import MEASURES, When
from portal.reports.performance.models import PublishedFigures
from portal.reports.performance.queries import counted
from portal.store.base import new_id
from portal.store.database import scope_of

RULES = Rules()
LEARNED = "training"
"""The figure about those who work cases, which is counted of no case."""
KEYS = (*(each.key for each in MEASURES), LEARNED)
Told = Callable[[int], None]
"""Hears how many figures are counted."""


@dataclass(frozen=True, slots=True)
class Published:
    """All figures of one quarter, in which nobody is found; `as_of` is when they were counted."""

    quarter: Quarter
    as_of: datetime
    figures: Mapping[str, Released]

    @property
    def lately(self) -> dict[str, Released]:
        """Without those that stand as of the day on which they were counted: to be set beside another quarter."""
        return {each.key: self.figures[each.key] for each in MEASURES if each.lately}


def askable(now: datetime, *, running: bool) -> tuple[Quarter, ...]:
    """The quarters that can be asked for; the one that runs only by those who may open the cases."""
    return tuple(each for each in quarters(now) if running or each.over(now))


def of(session: Session, quarter: Quarter, now: datetime) -> Published:
    """What is published of a quarter; counted now where nothing is kept of it yet. The session is nobody's own."""
    return _kept(session, quarter) or _count(session, quarter, now, _nobody)


def keep(session: Session, quarter: Quarter, now: datetime, told: Told | None = None) -> Published:
    """The same for jobs, which may write: what is over is kept, by whichever of them counts it first."""
    found = _kept(session, quarter)
    if found is not None:
        return found
    found = _count(session, quarter, now, told or _nobody)
    if not quarter.over(now):
        return found
    figures = {key: each.to_dict() for key, each in found.figures.items()}
    row = {"landlord_id": scope_of(session).landlord_id, "id": new_id(), "quarter": str(quarter), "as_of": now}
    session.execute(insert(PublishedFigures).values(**row, figures=figures).on_conflict_do_nothing())
    return _kept(session, quarter) or found


def learned(session: Session, now: datetime) -> Counted:
    """How the training stands of those who work cases."""
    holds = [each.holds for each in trained.register(session, now).rows]
    return Counted(LEARNED, "colleagues who work cases", {each.value: holds.count(each) for each in Holds})


def missing(session: Session, now: datetime) -> list[Quarter]:
    """The quarters that are over and of which nothing is kept, the newest first."""
    here = PublishedFigures.landlord_id == scope_of(session).landlord_id
    there = set(session.scalars(select(PublishedFigures.quarter).where(here)))
    return [each for each in askable(now, running=False) if str(each) not in there]


def _kept(session: Session, quarter: Quarter) -> Published | None:
    row = session.execute(
        select(PublishedFigures.as_of, PublishedFigures.figures).where(
            PublishedFigures.landlord_id == scope_of(session).landlord_id, PublishedFigures.quarter == str(quarter)
        )
    ).one_or_none()
    if row is None:
        return None
    return Published(quarter, row.as_of, {key: Released.from_dict(key, row.figures.get(key)) for key in KEYS})


def _count(session: Session, quarter: Quarter, now: datetime, told: Told) -> Published:
    when, found = When(scope_of(session).landlord_id, quarter, now), list[Counted]()
    for number, measure in enumerate(MEASURES, start=1):
        found += counted(session, [measure], when)
        told(number)
    with suppress(NoPolicyError):  # which training is asked for stands in a policy
        found.append(learned(session, now))
    told_of = {key: Released.from_dict(key, None) for key in KEYS}
    return Published(quarter, now, told_of | released(found, RULES))


def _nobody(_: int) -> None:
    """Nobody waits for it."""
