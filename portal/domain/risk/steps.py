"""What the policy wants next, each with its clause; where it is silent, that is said and nothing is made up for it.

Sources: HS-026 4.7 to 4.10; STAR 3.9, 4.2; whg 2.2, 2.7, 2.12; NPH Dealing with cases; AG/013 says nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.policy import Policy
from portal.domain.policy.risk import ThresholdKind
from portal.domain.policy.stated import Stated
from portal.domain.risk.levels import Level
from portal.domain.risk.lines import Line
from portal.domain.risk.outcome import Criterion, Outcome

NOT_STATED = "not stated"
PORTAL_ADVISES = "not stated; the portal’s advice, after SafeLives"


class StepKind(StrEnum):
    """What kind of thing is to be done."""

    MARAC = "marac_referral"
    PLAN = "safety_plan"
    SIGNPOST = "signpost"
    POLICY = "policy_step"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `clause` is None where the policy states nothing; `name` tells steps of one kind apart."""

    kind: StepKind
    says: str
    clause: str | None
    name: str = ""

    @property
    def is_task(self) -> bool:
        """What a silent policy does not ask for is shown as not stated, and gives nobody a task."""
        return self.says != NOT_STATED


WHY = {
    Criterion.VISIBLE: "the count reaches the line of {marac.number} ({marac.says})",
    Criterion.JUDGEMENT: "professional judgement",
    Criterion.ESCALATION: "{incidents} incidents in 12 months, the line is {escalation.number} ({escalation.says})",
    Criterion.REPEAT: "abuse again within 12 months of the last conference",
}


def steps(policy: Policy, found: Outcome) -> tuple[Step, ...]:
    """What to do now, in order."""
    return tuple(_steps(policy, found))


def reasons(found: Outcome) -> tuple[str, ...]:
    """Why the case goes to the conference, in words."""
    lines: dict[str, Line | int] = {
        "marac": found.marac,
        "escalation": found.escalation,
        "incidents": found.incidents,
    }
    return tuple(WHY[each].format(**lines) for each in found.criteria)


def _steps(policy: Policy, found: Outcome) -> Iterator[Step]:
    """Advice is for everybody: whoever reaches the line of the conference is not left without it (HS-026 4.10)."""
    risk = policy.risk
    if found.to_conference:
        yield Step(StepKind.MARAC, f"Refer to MARAC: {'; '.join(reasons(found))}", clause_of_referral(policy))
    elif found.level is Level.HIGH:
        line = f"{found.marac.number} ({found.marac.says})"
        says = f"High risk, with a count under the line of {line}: judge whether to refer to MARAC"
        yield Step(StepKind.MARAC, says, clause_of_referral(policy))
    if found.level is not Level.HIGH or risk.below_threshold.value:
        yield _as_stated(StepKind.SIGNPOST, risk.below_threshold)
    yield _plan(risk.safety_plan, found.level)
    for each in risk.steps:
        if found.level.rank >= Level(each.from_level).rank:
            clause = ", ".join((each.clause, *each.also))
            yield Step(StepKind.POLICY, each.says, clause, each.id)


def step_to_conference(*criteria: Criterion) -> str:
    """The same where judgement alone speaks, between two assessments."""
    return f"Refer to MARAC: {'; '.join(WHY[each] for each in criteria)}"


def clause_of_referral(policy: Policy) -> str:
    """A threshold for something else than the conference is no ground for it: then its own role speaks, or nobody."""
    threshold = policy.risk.threshold
    for_conference = threshold.value and threshold.value.kind is not ThresholdKind.SERIOUS_HARM
    return (threshold.clause if for_conference else policy.risk.marac_role.clause) or PORTAL_ADVISES


def _plan(stated: Stated[str], level: Level) -> Step:
    if stated.value is None and level is Level.HIGH:
        return Step(StepKind.PLAN, "Agree a safety plan with them", PORTAL_ADVISES)
    return _as_stated(StepKind.PLAN, stated)


def _as_stated(kind: StepKind, stated: Stated[str]) -> Step:
    return Step(kind, stated.value or NOT_STATED, stated.clause)
