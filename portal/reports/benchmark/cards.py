"""Reading and writing the cards between landlords. Only these functions touch them."""

from collections.abc import Mapping
from datetime import date
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.domain.benchmark import Compared
from portal.domain.figures import Quarter
from portal.reports.benchmark.models import BenchmarkCard
from portal.store.database import cipher_of

AUTHOR = "benchmark-author"
Rates = Mapping[Compared, Mapping[bytes, int]]
"""The rates of one quarter, by what is compared and the mark of whoever wrote them."""


def mark(session: Session, quarter: Quarter, compared: Compared) -> bytes:
    """By what this landlord finds its own card about this again."""
    return cipher_of(session).token(AUTHOR, f"{quarter} {compared}")


def rates(session: Session, quarter: Quarter) -> Rates:
    """What counts of a quarter: of each mark the newest card, where it has a rate."""
    found: dict[Compared, dict[bytes, int]] = {each: {} for each in Compared}
    for each in _newest(session, quarter).values():
        if each.rate is not None and each.compared in set(Compared):
            found[Compared(each.compared)][each.mark] = each.rate
    return found


def write(
    session: Session, quarter: Quarter, of: Mapping[Compared, int | None], day: date, *, back: bool = False
) -> int:
    """Write this landlord's rates where none is there, or take back those that are; how many.

    A rate that was written stays, whatever happens to the cases: one that moved would tell of those that moved it.
    """
    newest, written = _newest(session, quarter), 0
    for compared, rate in of.items():
        own = mark(session, quarter, compared)
        known = newest.get((compared.value, own))
        there = known.rate if known else None
        if there == rate or (there is not None and not back):
            continue
        session.execute(
            insert(BenchmarkCard),
            {
                "id": uuid4(),
                "quarter": str(quarter),
                "compared": compared.value,
                "rate": rate,
                "mark": own,
                "number": known.number + 1 if known else 1,
                "on_date": day,
            },
        )
        written += 1
    return written


def _newest(session: Session, quarter: Quarter) -> dict[tuple[str, bytes], BenchmarkCard]:
    rows = session.scalars(
        select(BenchmarkCard).where(BenchmarkCard.quarter == str(quarter)).order_by(BenchmarkCard.number)
    )
    return {(each.compared, each.mark): each for each in rows}
