"""What was measured, and what it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import quantiles

HUNDRED = 100


class Thing(StrEnum):
    """What is measured, in the order of the table: each bare work, and the portal's own that is compared with it."""

    BARE_VIEW = "floor: bare view of 50 rows"
    MY_WORK = "my work (50 rows)"
    CASE = "case page"
    BARE_INSERT = "floor: bare insert"
    REFERRAL = "referral, last step"
    NO_OP = "floor: no-op job"
    REMINDER = "reminder job"


FLOORS: dict[Thing, Thing] = {
    Thing.MY_WORK: Thing.BARE_VIEW,
    Thing.CASE: Thing.BARE_VIEW,
    Thing.REFERRAL: Thing.BARE_INSERT,
    Thing.REMINDER: Thing.NO_OP,
}
TARGETS: dict[Thing, float] = {Thing.MY_WORK: 6, Thing.CASE: 8, Thing.REFERRAL: 12, Thing.REMINDER: 4}
"""At most so many times the processor time of the floor."""
GROWTH = 1.15
"""At most so many times the median at a tenth of the size."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing with so many clients at once. Times in milliseconds, processor time for each request."""

    thing: Thing
    clients: int
    p50: float
    p95: float
    per_second: float
    cpu: float
    database_cpu: float | None
    requests: int


def figure(
    thing: Thing,
    clients: int,
    latencies: Sequence[float],
    seconds: float,
    cpu: float,
    database_cpu: float | None,
) -> Figure:
    """The figures of one measurement; latencies and processor time in seconds."""
    cuts = quantiles(latencies, n=HUNDRED)
    count = len(latencies)
    return Figure(
        thing=thing,
        clients=clients,
        p50=cuts[49] * 1000,
        p95=cuts[94] * 1000,
        per_second=count / seconds,
        cpu=cpu / count * 1000,
        database_cpu=None if database_cpu is None else database_cpu / count * 1000,
        requests=count,
    )


def ratio(figures: Sequence[Figure], figure: Figure) -> float | None:
    """How many times the processor time of its floor, with as many clients."""
    floor = FLOORS.get(figure.thing)
    found = next((each for each in figures if each.thing is floor and each.clients == figure.clients), None)
    return figure.cpu / found.cpu if found else None
