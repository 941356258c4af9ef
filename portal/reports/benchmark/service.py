"""The verbs: take part, leave, write one's own rates, and read where one stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.benchmark import READY_AFTER, Compared, Standing, standing
from portal.domain.calendar import in_london
from portal.domain.errors import PortalError
from portal.domain.figures import Quarter, quarters
from portal.reports.benchmark import cards
from portal.reports.benchmark.measuring import measured
from portal.reports.benchmark.models import BenchmarkMember
from portal.store import audit
from portal.store.audit import PORTAL, Actor, Fact
from portal.store.base import new_id
from portal.store.database import beside, scope_of
from portal.store.scope import NOBODY, LandlordScope


class NotTakingPartError(PortalError):
    """Only who gives its own figures sees those of others."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where this landlord stands in one quarter; `standings` has nothing where too few have a figure."""

    quarter: Quarter
    standings: Mapping[Compared, Standing | None]


def member(session: Session) -> BenchmarkMember | None:
    """Whether this landlord takes part, and since when."""
    here = BenchmarkMember.landlord_id == scope_of(session).landlord_id
    return session.scalar(select(BenchmarkMember).where(here, BenchmarkMember.left_at.is_(None)))


def comparable(now: datetime) -> tuple[Quarter, ...]:
    """The quarters that can be compared: over, and long enough."""
    return tuple(each for each in quarters(now) if each.ends + READY_AFTER <= now)


def join(session: Session, actor: Actor, now: datetime) -> None:
    """Take part from now on; what is over already is compared too."""
    if member(session) is None:
        here = scope_of(session).landlord_id
        row = BenchmarkMember(landlord_id=here, id=new_id(), joined_at=now, joined_by=actor.name)
        session.add(row)
        session.flush()
        audit.record(session, Fact.BENCHMARK_JOINED, actor, now)


def leave(session: Session, actor: Actor, now: datetime) -> None:
    """Take part no more: every rate of this landlord is taken back, and it sees no other."""
    row = member(session)
    if row is None:
        return
    row.left_at, row.left_by = now, actor.name
    nothing: dict[Compared, int | None] = dict.fromkeys(Compared)
    for quarter in quarters(now):
        cards.write(session, quarter, nothing, in_london(now).date(), back=True)
    audit.record(session, Fact.BENCHMARK_LEFT, actor, now)


def write(session: Session, now: datetime) -> int:
    """Write this landlord's rates of the newest quarters, if it takes part: counted with nobody's eyes."""
    if member(session) is None:
        return 0
    here, day, written = scope_of(session).landlord_id, in_london(now).date(), 0
    with beside(session, LandlordScope(here, staff_cases=False, reader=NOBODY)) as counting:
        found = {quarter: measured(counting, quarter) for quarter in comparable(now)}
    for quarter, of in found.items():
        written += cards.write(session, quarter, of, day)
    if written:
        audit.record(session, Fact.BENCHMARK_WRITTEN, PORTAL, now, detail=str(written))
    return written


def read(session: Session, quarter: Quarter, actor: Actor, now: datetime) -> Comparison:
    """Where this landlord stands; only for one that takes part itself."""
    if member(session) is None:
        raise NotTakingPartError
    audit.record(session, Fact.FIGURES_READ, actor, now, detail=f"benchmark {quarter}")
    rates = cards.rates(session, quarter)
    return Comparison(
        quarter,
        {
            each: standing(list(rates[each].values()), rates[each].get(cards.mark(session, quarter, each)))
            for each in Compared
        },
    )
