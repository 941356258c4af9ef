"""Things that are compared are measured in turns, so that a machine that grows slower does so for all of them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from portal.bench.cpu import spent
from portal.bench.figures import Figure, Thing, figure

TURNS = 6
"""How often each has its turn. A machine's own speed drifts within minutes; a round of turns takes seconds."""
WARM_UP = 0.4
"""Part of the measured time that is spent beforehand, so that pools are full and policies read."""

Run = Callable[[int, float], list[float]]
"""Do it with so many clients for so many seconds; the seconds that each took."""


@dataclass(slots=True)
class Runner:
    """One thing at one size, and what it has used in its turns so far. Times in seconds."""

    thing: Thing
    cases: int
    process: int
    postgres: int | None
    run: Run
    latencies: list[float] = field(default_factory=list)
    lasted: float = 0.0
    cpu: float = 0.0
    database_cpu: float = 0.0

    def turn(self, clients: int, seconds: float) -> None:
        """Run once, and add what it took."""
        before, database_before = spent(self.process), self._database()
        began = time.perf_counter()
        self.latencies += self.run(clients, seconds)
        self.lasted += time.perf_counter() - began
        self.cpu += spent(self.process) - before
        self.database_cpu += self._database() - database_before

    def result(self, clients: int) -> Figure:
        """The figure of all turns; the next ones begin anew."""
        database_cpu = self.database_cpu if self.postgres else None
        found = figure(self.thing, clients, self.latencies, self.lasted, self.cpu, database_cpu)
        self.latencies, self.lasted, self.cpu, self.database_cpu = [], 0.0, 0.0, 0.0
        return found

    def _database(self) -> float:
        return spent(self.postgres) if self.postgres else 0.0


def in_turns(runners: Sequence[Runner], clients: int, seconds: float) -> list[Figure]:
    """Warm all up, then let one after the other run for a part of its seconds, until each has had all its turns."""
    for each in runners:
        each.run(clients, seconds * WARM_UP)
    for turn in range(TURNS):
        for each in runners if turn % 2 == 0 else reversed(runners):
            each.turn(clients, seconds / TURNS)
    return [each.result(clients) for each in runners]
