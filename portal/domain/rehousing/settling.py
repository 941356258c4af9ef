"""Whether a plan to stay may come into force, rent be set to nil, arrears be divided: functions of policy and facts.

Sources: AG/013 OP8; HS-026 4.13; NPH Accommodation and Rehousing, Emergency move outside, paras 2 and 4.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.domain.policy import Policy
from portal.domain.policy.moving import OptionKind
from portal.domain.rehousing.board import Reason
from portal.domain.rehousing.facts import Facts, Wish
from portal.domain.securing import Refusal


@dataclass(frozen=True, slots=True)
class Stay:
    """How somebody stays: what is feared, what is done about it, and whether it is safe."""

    risks: str
    measures: str
    safe: bool | None
    agreed: bool
    review_on: date | None


def against_stay(policy: Policy, facts: Facts, plan: Stay, today: date) -> tuple[Refusal, ...]:
    """What stops a plan to stay from coming into force; a draft may lack anything."""
    return tuple(_against_stay(policy, facts, plan, today))


def _against_stay(policy: Policy, facts: Facts, plan: Stay, today: date) -> Iterator[Refusal]:
    stay, secured = policy.moving.of(OptionKind.STAY), policy.moving.of(OptionKind.STAY_SECURED)
    clause = stay.clause if stay else None
    if plan.safe is None:
        yield Refusal("safe", Reason("Say whether they are safe at home with this.", clause))
    elif not plan.safe:
        says = "They are not safe at home with this: it does not come into force. Look at the other options."
        yield Refusal("safe", Reason(says, clause))
    if not plan.agreed:
        yield Refusal("agreed", Reason("It is agreed with them first.", clause))
    if not plan.risks.strip():
        yield Refusal("risks", Reason("Write what is feared.", clause))
    if plan.review_on is None or plan.review_on <= today:
        yield Refusal("review_on", Reason("Enter a day to come on which it is looked at again.", clause))
    if secured and facts.wish is Wish.STAY and facts.asks_for_security is None:
        says = "Added security is explored first: ask whether they want it, under Options for a home."
        yield Refusal("measures", Reason(says, secured.clause))


def against_nil_rent(policy: Policy, facts: Facts) -> Reason | None:
    """Why rent is not set to nil now. Where the policy is silent, nobody here offers it by themselves."""
    rule = policy.moving.nil_rent_from_duty
    if not rule.value:
        return Reason("The policy does not offer to set rent to nil.")
    if not facts.council_accepted_duty:
        return Reason("No council has agreed a duty to rehouse them yet.", rule.clause)
    return None


def against_division(policy: Policy, reason: str, *, is_manager: bool, moved: bool) -> tuple[Refusal, ...]:
    """What stops a decision about arrears: it comes after a move, from a manager, with reasons."""
    clause = policy.moving.manager_divides_arrears.clause
    found = []
    if not moved:
        found.append(
            Refusal("divided", Reason("Arrears are looked at once the move is over, not before.", clause))
        )
    if not is_manager:
        found.append(Refusal("divided", Reason("A manager decides this.", clause)))
    if not reason.strip():
        found.append(Refusal("reason", Reason("Write why.", clause)))
    return tuple(found)
