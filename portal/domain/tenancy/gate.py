"""What has to be answered before any step against the person who harms: does it leave them safe, what do they want.

Sources: HS-026 4.12; STAR 3.11, 3.15; AG/013 OP7; NPH Perpetrators, Action against Perpetrators, Community Impact
Assessment form 3. Both questions are the portal's own under every policy; where a policy asks them, its clause stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.policy import Policy
from portal.domain.rehousing.board import Reason
from portal.domain.securing import Refusal
from portal.domain.tenancy.grounds import Reliance, Way
from portal.domain.tenancy.holding import Holding


class Step(StrEnum):
    """A step against the person who harms, the mildest first."""

    LETTER = "letter"
    INJUNCTION = "injunction"
    NOTICE = "notice"
    POSSESSION = "possession"
    EVICTION = "eviction"


ON_A_TENANCY = frozenset({Step.LETTER, Step.NOTICE, Step.POSSESSION, Step.EVICTION})
ON_A_GROUND = frozenset({Step.NOTICE, Step.POSSESSION, Step.EVICTION})


@dataclass(frozen=True, slots=True)
class Gate:
    """The two questions, and what is weighed beside them."""

    safe: bool | None = None
    safety: str = ""
    wishes: str = ""
    agrees: bool | None = None
    needs: str = ""
    told: str = ""


def against_asking(policy: Policy, holding: Holding, step: Step, gate: Gate) -> tuple[Refusal, ...]:
    """What speaks against even asking for this step."""
    return (*_tenant(policy, holding, step), *_safe(policy, gate))


def against_step(
    policy: Policy,
    holding: Holding,
    step: Step,
    ground: str,
    ways: Iterable[Way],
    gate: Gate,
    reason: str,
    *,
    is_manager: bool,
) -> tuple[Refusal, ...]:
    """Everything that speaks against agreeing to this step; empty where a manager may."""
    return (
        *_manager(is_manager=is_manager),
        *_reason(reason),
        *_tenant(policy, holding, step),
        *_safe(policy, gate),
        *_wished(policy, gate),
        *_relied_on(step, ground, ways),
    )


def against_refusal(reason: str, *, is_manager: bool) -> tuple[Refusal, ...]:
    """A step that is not taken has its decision and its reasons too (AG/013 OP7)."""
    return (*_manager(is_manager=is_manager), *_reason(reason))


def _manager(*, is_manager: bool) -> Iterator[Refusal]:
    if not is_manager:
        yield Refusal("agreed", Reason("A manager decides on a step against somebody’s home."))


def _reason(reason: str) -> Iterator[Refusal]:
    if not reason.strip():
        yield Refusal("reason", Reason("Write why, whichever it is."))


def _tenant(policy: Policy, holding: Holding, step: Step) -> Iterator[Refusal]:
    if step not in ON_A_TENANCY or holding.theirs:
        return
    clause = policy.perpetrators.safety_condition.clause
    if holding.theirs is None:
        yield Refusal("step", Reason("Write down first how the home is held.", clause))
    else:
        says = "The person who harms is not our tenant: no step on a tenancy is open here."
        yield Refusal("step", Reason(says, clause))


def _safe(policy: Policy, gate: Gate) -> Iterator[Refusal]:
    clause = policy.perpetrators.safety_condition.clause
    if gate.safe is None:
        yield Refusal("safe", Reason("Say whether they stay safe if this is done.", clause))
    elif not gate.safe:
        yield Refusal("safe", Reason("It would put them at risk: it is not done.", clause))
    if not gate.safety.strip():
        yield Refusal("safety", Reason("Write what makes it safe, or why it is not.", clause))


def _wished(policy: Policy, gate: Gate) -> Iterator[Refusal]:
    clause = policy.perpetrators.victims_wishes.clause
    if not gate.wishes.strip() or gate.agrees is None:
        yield Refusal("wishes", Reason("Ask them what they want, and write it down.", clause))
    if not gate.needs.strip():
        yield Refusal("needs", Reason("Write what they will need of a home afterwards.", clause))
    if gate.agrees is False and not gate.told.strip():
        yield Refusal(
            "told", Reason("They do not want it: write how they were told that it is done.", clause)
        )


def _relied_on(step: Step, ground: str, ways: Iterable[Way]) -> Iterator[Refusal]:
    if step not in ON_A_GROUND:
        return
    way = next((each for each in ways if each.id == ground), None)
    if way is None:
        yield Refusal("ground", Reason("Choose the ground that it rests on."))
    elif way.reliance is not Reliance.MET:
        says = f"This ground cannot be relied on yet. Not answered, or not so: {' '.join(way.lacking)}"
        yield Refusal("ground", Reason(says, way.clause))
