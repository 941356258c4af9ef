"""Findings and what follows from them. Sources: whg 3.2, 3.3; AG/013 Monitoring."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal.domain.plans import PlanKind, asked_by
from portal.domain.policy import Policy

CLIMBS = timedelta(days=7)
"""How long after its day a recommendation waits before it goes to the post above: the portal's own figure."""
FEWEST_DRAWN, MOST_DRAWN = 1, 50


class Found(StrEnum):
    """Where a finding came from."""

    AUDIT = "audit"
    COMPARISON = "comparison"
    MONITORING = "monitoring"
    REVIEW = "review"
    COMPLAINT = "complaint"


FOUND = {
    Found.AUDIT: "An audit of cases",
    Found.COMPARISON: "A comparison with others",
    Found.MONITORING: "Watching the figures",
    Found.REVIEW: "A casework review",
    Found.COMPLAINT: "A complaint",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What the record of a closed case says about what was promised: no word of anybody."""

    clocks: tuple[tuple[str, str, datetime | None, datetime | None, datetime | None], ...]
    """Of each clock: act, clause, due, met, ended."""
    assessed: bool
    plans: frozenset[PlanKind]
    undecided: int


@dataclass(frozen=True, slots=True)
class Unmet:
    """One thing that was promised and that the record does not show, with its clause."""

    clause: str
    says: str


def unmet(policy: Policy, kept: Kept) -> Iterator[Unmet]:
    """Every clause that the record of a case shows unmet, by the policy that the case keeps to."""
    for act, clause, due, met, ended in kept.clocks:
        if due is not None and met is not None and met > due:
            yield Unmet(clause, f"{act}: late")
        elif met is None and (ended is None or due is None or ended > due):
            yield Unmet(clause, f"{act}: not on record")
    if policy.risk.assessed_cases.value and not kept.assessed:
        yield Unmet(policy.risk.assessed_cases.clause or "", "Risk assessed: not on record")
    for kind in PlanKind:
        asked = asked_by(policy, kind)
        if asked.value and kind not in kept.plans:
            yield Unmet(asked.clause or "", f"Plan agreed with them ({kind.value}): not on record")
    if kept.undecided:
        yield Unmet(policy.risk.safeguarding.clause or "", "Safeguarding decided: not on record")
