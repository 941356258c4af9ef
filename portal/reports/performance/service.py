"""Reading the figures: whoever may open the cases sees them as they are, everybody else what points at nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.figures import Counted, Quarter, Released, as_counted, released, summed
from portal.domain.permissions import Permission
from portal.domain.policy.governance import Monitoring
from portal.landlords.policies import in_force
from portal.people.queries import colleagues
from portal.reports.performance import published, queries
from portal.reports.performance.measures import BY_KEY, MEASURES, Measure, When
from portal.reports.performance.published import RULES, learned
from portal.reports.performance.queries import Behind, Load
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.database import scope_of


class NoSuchFigureError(PortalError):
    """No figure, or no line of it, has this name."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a quarter beside those of the one before; what is only for those who may open the cases."""

    quarter: Quarter
    as_of: datetime
    now: Mapping[str, Released]
    before: Mapping[str, Released]
    loads: Sequence[Load] = ()
    monitored: Monitoring | None = None
    """What the policy has watched under another one, kept apart all the same (NPH Review and Monitoring)."""


@dataclass(frozen=True, slots=True)
class Teams:
    """By whom figures can be narrowed: posts and officers, each with the accounts behind it."""

    says: Mapping[str, str]
    accounts: Mapping[str, frozenset[UUID]]


def teams(session: Session, now: datetime) -> Teams:
    """Everybody who works cases, by post where several share one, and one by one."""
    able = [each for each in colleagues(session, now) if each.can(Permission.CASE_WORK)]
    posts: dict[str, set[UUID]] = {}
    for each in able:
        if each.post:
            posts.setdefault(each.post, set()).add(each.account_id)
    says = {slug_of(post): f"{post}: all of them" for post, held in posts.items() if len(held) > 1}
    accounts = {slug_of(post): frozenset(held) for post, held in posts.items() if len(held) > 1}
    says |= {str(each.account_id): each.name for each in able}
    accounts |= {str(each.account_id): frozenset({each.account_id}) for each in able}
    return Teams(says, accounts)


def slug_of(post: str) -> str:
    """A post as it stands in an address."""
    return "-".join(post.lower().split())


def read(
    session: Session, quarter: Quarter, actor: Actor, now: datetime, officers: frozenset[UUID] | None = None
) -> Figures:
    """As they are, over the cases that the reader may open; of these officers' cases where some are named."""
    audit.record(session, Fact.FIGURES_READ, actor, now, detail=str(quarter))
    found, before = _counted(session, quarter, now, officers)
    return Figures(
        quarter,
        now,
        _exact(found) | as_counted([learned(session, now)]),
        _exact(before),
        queries.caseloads(session, now),
        _monitored(session, now),
    )


def together(several: Sequence[Figures]) -> Figures:
    """The figures of several landlords for whoever may open the cases of each, added up."""
    first = several[0]
    loads: dict[str, Load] = {}
    for each in (load for one in several for load in one.loads):
        known = loads.get(each.name, Load(each.name, 0, 0, 0))
        loads[each.name] = Load(
            each.name, known.open + each.open, known.overdue + each.overdue, known.high + each.high
        )
    return Figures(
        first.quarter,
        first.as_of,
        summed([each.now for each in several]),
        summed([each.before for each in several]),
        tuple(sorted(loads.values(), key=lambda each: -each.open)),
    )


def read_published(session: Session, quarter: Quarter, actor: Actor, now: datetime) -> Figures:
    """For whoever opens no case: counted over the cases that are open to every caseworker, and nobody is found in it.

    The session is nobody's own, so that the same figures are there for everybody.
    """
    audit.record(session, Fact.FIGURES_READ, actor, now, detail=str(quarter))
    found, before = published.of(session, quarter, now), published.of(session, quarter.before(), now)
    return Figures(quarter, found.as_of, found.figures, before.lately, monitored=_monitored(session, now))


def _exact(several: list[Counted]) -> dict[str, Released]:
    """As they were counted, but for what is shown to nobody like that."""
    apart = [each for each in several if BY_KEY[each.key].for_nobody]
    return as_counted([each for each in several if each not in apart]) | released(apart, RULES)


def _monitored(session: Session, now: datetime) -> Monitoring | None:
    monitoring = in_force(session, now).policy.governance.monitoring
    return monitoring if monitoring.counted_under.value else None


def _counted(
    session: Session, quarter: Quarter, now: datetime, officers: frozenset[UUID] | None = None
) -> tuple[list[Counted], list[Counted]]:
    here = scope_of(session).landlord_id
    earlier = [each for each in MEASURES if each.lately]
    return (
        queries.counted(session, MEASURES, When(here, quarter, now, officers)),
        queries.counted(session, earlier, When(here, quarter.before(), now, officers), timed=False),
    )


def behind(
    session: Session,
    key: str,
    cell: str,
    quarter: Quarter,
    page: int,
    actor: Actor,
    now: datetime,
    officers: frozenset[UUID] | None = None,
) -> tuple[Measure, Behind]:
    """The list behind one number, for those who may open the cases; that it was read is written down."""
    measure = BY_KEY.get(key)
    if measure is None or measure.for_nobody or cell not in measure.cells:
        raise NoSuchFigureError
    audit.record(session, Fact.FIGURE_LISTED, actor, now, detail=f"{key} {cell} {quarter}")
    return measure, queries.behind(
        session, measure, cell, When(scope_of(session).landlord_id, quarter, now, officers), page
    )
