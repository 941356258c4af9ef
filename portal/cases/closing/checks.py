"""What speaks against closing a case now: each is said with its clause, and needs a reason to go on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.cases.frame import Frame
from portal.cases.tasks import queries as tasks
from portal.deadlines.queries import ClockState, clocks


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that speaks against closing. `bars` means that no reason is enough."""

    says: str
    clause: str = ""
    bars: bool = False


Check = Callable[[Session, Frame], Iterator[Concern]]


def running_clocks(session: Session, found: Frame) -> Iterator[Concern]:
    """A clock that still runs ends without having been met, and is shown so."""
    for clock in clocks(session, case_id=found.case.id):
        if clock.state in {ClockState.RUNNING, ClockState.UNTIMED}:
            yield Concern(f"A clock still runs: {clock.act}, {clock.event}. It would end unmet.", clock.clause)


def open_tasks(session: Session, found: Frame) -> Iterator[Concern]:
    """What was still to be done."""
    for task in tasks.of_case(session, found.case.id):
        yield Concern(f"Still to be done: {task.what.lower()}.", task.clause or "")


CHECKS: tuple[Check, ...] = (running_clocks, open_tasks)


def concerns(session: Session, found: Frame) -> tuple[Concern, ...]:
    """Everything that speaks against closing this case now."""
    return tuple(each for check in CHECKS for each in check(session, found))
