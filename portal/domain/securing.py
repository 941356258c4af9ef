"""May this be put into a home, may a lock be changed, who pays for what was broken: pure functions of a policy.

Sources: AG/013 OP8; STAR 3.9, 3.11, 3.15, 5.2; whg 2.6, 4.1; NPH Security Measures.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.policy import Policy
from portal.domain.policy.securing import Measure
from portal.domain.rehousing.board import Reason


class Source(StrEnum):
    """Who asks for a measure."""

    SURVIVOR = "survivor"
    POLICE = "police"
    CONFERENCE = "conference"
    AGENCY = "agency"
    OFFICER = "officer"


class RightToOccupy(StrEnum):
    """Whether somebody else may come in, whom new locks would keep out."""

    NOBODY = "nobody"
    EXCLUDED = "excluded"
    SOMEBODY = "somebody"
    UNKNOWN = "unknown"


class Payer(StrEnum):
    """Who bears a cost."""

    LANDLORD = "landlord"
    PERPETRATOR = "perpetrator"
    SURVIVOR = "survivor"


@dataclass(frozen=True, slots=True)
class Decision:
    """A yes or no to a measure, with all that was weighed."""

    agreed: bool
    reason: str = ""
    reasonable: bool | None = None
    necessary: bool | None = None
    lead: str = ""
    partner: str = ""
    needs: str = ""
    right: RightToOccupy | None = None
    permitted_by: str = ""
    payer: Payer = Payer.LANDLORD


@dataclass(frozen=True, slots=True)
class Charge:
    """Who is to bear the cost of damage, whether asking the one who did it works out, and whether it is safe."""

    payer: Payer
    practicable: bool | None = None
    safe: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that a decision lacks: the field that it concerns, and the sentence with its clause."""

    field: str
    reason: Reason


LOCKS = {
    RightToOccupy.SOMEBODY: "Somebody else has a right to live here and no order keeps them out: new locks would be "
    "unlawful. An occupation order can change that; until then think of a refuge or another home.",
    RightToOccupy.UNKNOWN: "Find out first whether anybody else has a right to live here.",
    None: "Say whether anybody else has a right to live here.",
}


JOINT = (
    "The tenancy is written down as joint: the other tenant has a right to live here until a court says otherwise. Say "
    "whether an order keeps them out, or put right how the home is held."
)


def against_decision(
    policy: Policy,
    measure: Measure,
    source: Source,
    found: Decision,
    *,
    is_manager: bool,
    joint: bool = False,
) -> tuple[Refusal, ...]:
    """Everything that this decision lacks under the policy; empty where it may stand.

    `joint` says that the tenancy is written down as joint.
    """
    if found.agreed:
        return (
            *_weighed(policy, found),
            *_led(policy, found),
            *_needs(policy, found),
            *_locks(policy, measure, found, joint=joint),
            *_measure_payer(policy, found, is_manager=is_manager),
        )
    return (*_refused(policy, source, found, is_manager=is_manager), *_weighed(policy, found))


def against_lock(policy: Policy, right: RightToOccupy | None) -> Reason | None:
    """Why locks may not be changed; None where nobody whom the law lets in would be kept out.

    The law asks it under every policy; STAR asks it in its own words, "if permitted".
    """
    says = LOCKS.get(right)
    rule = policy.securing.locks_if_permitted
    return Reason(says, rule.clause if rule.value else None) if says else None


def proposed_payer(policy: Policy) -> Payer:
    """Who is proposed to bear what was broken: the person who broke it, where the policy says so."""
    return Payer.PERPETRATOR if policy.securing.perpetrator_pays.value else Payer.LANDLORD


def against_payer(policy: Policy, charge: Charge, *, is_manager: bool) -> tuple[Refusal, ...]:
    """What speaks against letting somebody bear the cost of damage that came from abuse."""
    return tuple(_payer(policy, charge, is_manager=is_manager))


def against_charge_for_measure(policy: Policy, payer: Payer) -> Reason | None:
    """Why a survivor is not charged for what makes the home safer, where the policy pays itself (STAR 3.15)."""
    own = policy.securing.own_budget
    if payer is Payer.SURVIVOR and own.value:
        return Reason(f"{own.value} pays for it, never the survivor.", own.clause)
    return None


def _refused(policy: Policy, source: Source, found: Decision, *, is_manager: bool) -> Iterator[Refusal]:
    if not found.reason.strip():
        yield Refusal("reason", Reason("A refusal says why.", policy.security.decision.clause))
    rule = policy.securing.manager_refuses_police
    if rule.value and source is Source.POLICE and not is_manager:
        yield Refusal("agreed", Reason("What the police identified, only a manager refuses.", rule.clause))


def _weighed(policy: Policy, found: Decision) -> Iterator[Refusal]:
    rule = policy.securing.reasonable_and_necessary
    if not rule.value:
        return
    for field, answer, word in (
        ("reasonable", found.reasonable, "reasonable"),
        ("necessary", found.necessary, "necessary"),
    ):
        if answer is None:
            yield Refusal(field, Reason(f"Say whether it is {word}.", rule.clause))
        elif found.agreed and not answer:
            yield Refusal(field, Reason(f"What is not {word} is not agreed to.", rule.clause))
    if not found.agreed and found.reasonable and found.necessary:
        yield Refusal("necessary", Reason("What is reasonable and necessary is not refused.", rule.clause))


def _led(policy: Policy, found: Decision) -> Iterator[Refusal]:
    rule = policy.securing.lead_and_partner
    if rule.value and not found.lead.strip():
        yield Refusal("lead", Reason("Name who leads for the landlord.", rule.clause))
    if rule.value and not found.partner.strip():
        yield Refusal(
            "partner", Reason("Name the partner who takes part, or write that none is needed.", rule.clause)
        )


def _needs(policy: Policy, found: Decision) -> Iterator[Refusal]:
    rule = policy.securing.needs_asked_first
    if rule.value and not found.needs.strip():
        says = "Say what disability or other need was considered; write “none” where they said so."
        yield Refusal("needs", Reason(says, rule.clause))


def _locks(policy: Policy, measure: Measure, found: Decision, *, joint: bool) -> Iterator[Refusal]:
    if not measure.changes_locks:
        return
    stopped = against_lock(policy, found.right)
    if joint and found.right is RightToOccupy.NOBODY:
        stopped = Reason(JOINT, policy.securing.locks_if_permitted.clause)
    if stopped:
        yield Refusal("right", stopped)
    elif not found.permitted_by.strip():
        yield Refusal(
            "permitted_by", Reason("Say who permits it.", policy.securing.locks_if_permitted.clause)
        )


def _measure_payer(policy: Policy, found: Decision, *, is_manager: bool) -> Iterator[Refusal]:
    stopped = against_charge_for_measure(policy, found.payer)
    if stopped:
        yield Refusal("payer", stopped)
    elif found.payer is Payer.SURVIVOR and not (is_manager and found.reason.strip()):
        yield Refusal("payer", Reason("Only a manager charges the person who was hurt, with a reason."))


def _payer(policy: Policy, charge: Charge, *, is_manager: bool) -> Iterator[Refusal]:
    rules = policy.securing
    free = rules.damage_free_for_survivor
    if charge.payer is Payer.SURVIVOR:
        if free.value:
            yield Refusal("payer", Reason("The person who was hurt pays nothing for it.", free.clause))
        elif not (is_manager and charge.reason.strip()):
            yield Refusal("payer", Reason("Only a manager charges the person who was hurt, with a reason."))
    if charge.payer is Payer.PERPETRATOR and charge.safe is not True:
        yield Refusal("safe", Reason("Asking them for the money has to be safe for the person who was hurt."))
    if rules.perpetrator_pays.value and charge.payer is not Payer.PERPETRATOR:
        clause = rules.perpetrator_pays.clause
        if charge.practicable is not False:
            yield Refusal("practicable", Reason("Say that it is not practicable to ask them for it.", clause))
        elif not charge.reason.strip():
            yield Refusal("reason", Reason("Say why it is not practicable.", clause))
