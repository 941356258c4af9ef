"""What speaks against closing a case now: each is said with its clause, and needs a reason to go on."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.cases.frame import Frame
from portal.cases.plans import queries as plans
from portal.cases.plans.parts import KINDS
from portal.cases.safeguarding.queries import child_waits
from portal.cases.serious import queries as serious
from portal.cases.tasks import queries as tasks
from portal.deadlines.queries import ClockState, clocks
from portal.domain.safeguarding import Group, must_refer
from portal.domain.serious import exception_for


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that speaks against closing. `bars` means that no reason is enough.

    `holds_review` means that a casework review does not pass while it stands.
    """

    says: str
    clause: str = ""
    bars: bool = False
    holds_review: bool = False


Check = Callable[[Session, Frame], Iterator[Concern]]


def running_clocks(session: Session, found: Frame) -> Iterator[Concern]:
    """A clock that still runs ends without having been met, and is shown so."""
    for clock in clocks(session, case_id=found.case.id):
        if clock.state in {ClockState.RUNNING, ClockState.UNTIMED}:
            yield Concern(f"A clock still runs: {clock.act}, {clock.event}. It would end unmet.", clock.clause)


def open_tasks(session: Session, found: Frame) -> Iterator[Concern]:
    """What was still to be done."""
    still = Counter((task.what.lower(), task.clause or "") for task in tasks.of_case(session, found.case.id))
    for (what, clause), times in still.items():
        yield Concern(f"Still to be done{f', {times} times' if times > 1 else ''}: {what}.", clause)


def a_child_waits(session: Session, found: Frame) -> Iterator[Concern]:
    """A concern about a child on which nobody has acted: no reason is enough (whg 2.4; HS-026 4.11; STAR 4.2)."""
    if child_waits(session, found.case.id):
        bound = must_refer(found.policy, Group.CHILD)
        says = "A concern about a child waits: refer it, or have it decided, under Safeguarding."
        yield Concern(says, bound.clause if bound else "", bars=True)


def a_serious_matter_waits(session: Session, found: Frame) -> Iterator[Concern]:
    """A serious crime or risk without an answer: no reason is enough (whg 2.4)."""
    for each in serious.matters(session, found.case.id):
        listed = exception_for(found.policy, each.matter)
        if each.decision is None:
            says = "A serious matter waits: report it, or have a second person agree not to, under Safeguarding."
            yield Concern(says, listed.clause if listed else "", bars=True)


def no_agreed_plan(session: Session, found: Frame) -> Iterator[Concern]:
    """What the policy asks to be agreed with them and nobody has (HS-026 4.6, 4.7; NPH Dealing with cases)."""
    for missing in plans.missing(found.policy, plans.plans(session, found.case.id)):
        yield Concern(f"The {KINDS[missing.kind].lower()} {missing.what}.", missing.clause)


CHECKS: tuple[Check, ...] = (running_clocks, open_tasks, a_child_waits, a_serious_matter_waits, no_agreed_plan)
ABOVE = "closing_checks"
"""Under this name portal.app hands in the checks of the parts that stand above cases, such as homes."""


AT_REVIEW = "review_checks"
"""The same for those that a casework review shows."""


def concerns(session: Session, found: Frame, above: Iterable[Check]) -> tuple[Concern, ...]:
    """Everything that speaks against closing this case now."""
    return tuple(each for check in (*CHECKS, *above) for each in check(session, found))


def of_checks(session: Session, found: Frame, checks: Iterable[Check]) -> tuple[Concern, ...]:
    """What these alone find, for a casework review."""
    return tuple(each for check in checks for each in check(session, found))
