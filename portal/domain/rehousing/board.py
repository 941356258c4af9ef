"""The options board: what a landlord's policy opens for somebody, what it closes, and why, clause by clause.

A pure function of policy and facts. Where the policy is silent, that is said: silence closes nothing that the law
leaves open to anybody, and opens nothing that only the landlord could grant.
Sources: AG/013 OP5 to OP8; HS-026 4.13; STAR 3.9, 3.15, 3.16; whg 2.5 to 2.10; NPH Accommodation, Rehousing Options,
Emergency move outside; Housing Act 1996 Part 7 for what is open to anybody.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from portal.domain.policy import Origin, Policy
from portal.domain.policy.moving import Needed, OptionKind, OptionOffered
from portal.domain.rehousing.conditions import RULES
from portal.domain.rehousing.facts import Facts, HomeSafety

TITLES = {
    OptionKind.STAY: "Stay at home",
    OptionKind.STAY_SECURED: "Stay, with the home made safer",
    OptionKind.TRANSFER: "Transfer to another of our homes",
    OptionKind.DIRECT_LET: "Direct let",
    OptionKind.COUNCIL: "Referral to the council",
    OptionKind.TEMPORARY: "Refuge or temporary home",
    OptionKind.RECIPROCAL: "Home of another landlord",
    OptionKind.OUT_OF_AREA: "Move out of the area",
}
OPEN_TO_ANYBODY = {
    OptionKind.STAY: "Nobody has to leave because of a policy.",
    OptionKind.COUNCIL: "Anybody may ask a council for help with a home (Housing Act 1996, Part 7).",
    OptionKind.TEMPORARY: "Anybody in danger may ask a refuge or a council for a place (Housing Act 1996, Part 7).",
}
SILENT = "The policy does not speak of it. A manager may still decide on it for the landlord."
NOT_SAFE = "The home is not safe now: agree a safety plan before they stay, and say so plainly."


class OptionState(StrEnum):
    """How an option stands. To be asked is not closed: an answer is missing."""

    OPEN = "open"
    ASK = "ask"
    CLOSED = "closed"
    NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence, and the clause that it rests on; None where no clause says it."""

    says: str
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """How one option stands under this policy, and why."""

    kind: OptionKind
    title: str
    state: OptionState
    says: str
    reasons: tuple[Reason, ...] = ()
    clauses: tuple[str, ...] = ()
    origin: Origin = Origin.POLICY
    notes: tuple[Reason, ...] = field(default=())

    @property
    def open(self) -> bool:
        """May it be taken up now?"""
        return self.state is OptionState.OPEN


def board(policy: Policy, facts: Facts) -> tuple[Ruling, ...]:
    """Every option in its fixed order: staying first, and nothing chosen beforehand."""
    return tuple(_ruling(policy, facts, kind) for kind in OptionKind)


def _ruling(policy: Policy, facts: Facts, kind: OptionKind) -> Ruling:
    offered = policy.moving.of(kind)
    if offered is None:
        return _silent(facts, kind)
    unmet, unknown = _against(policy, facts, offered)
    state = OptionState.CLOSED if unmet else OptionState.ASK if unknown else OptionState.OPEN
    return Ruling(
        kind,
        offered.title or TITLES[kind],
        state,
        offered.says,
        unmet or unknown,
        (offered.clause, *offered.also),
        notes=_notes(policy, facts, kind) if state is not OptionState.CLOSED else (),
    )


def _silent(facts: Facts, kind: OptionKind) -> Ruling:
    by_law = OPEN_TO_ANYBODY.get(kind)
    return Ruling(
        kind,
        TITLES[kind],
        OptionState.OPEN if by_law else OptionState.NOT_STATED,
        by_law or SILENT,
        origin=Origin.PORTAL_DEFAULT,
        notes=_cautions(facts, kind),
    )


def _against(
    policy: Policy, facts: Facts, offered: OptionOffered
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    tested = [(each, RULES[each.condition].test(facts, policy)) for each in offered.when]
    unmet = tuple(
        Reason(RULES[each.condition].unmet, _clause(each, offered)) for each, met in tested if met is False
    )
    unknown = tuple(
        Reason(RULES[each.condition].question, _clause(each, offered)) for each, met in tested if met is None
    )
    return unmet, unknown


def _clause(needed: Needed, offered: OptionOffered) -> str:
    return needed.clause or offered.clause


def _notes(policy: Policy, facts: Facts, kind: OptionKind) -> tuple[Reason, ...]:
    """What is to be known beside the ruling and changes nothing of it."""
    notes = list(_cautions(facts, kind))
    moving = policy.moving
    no_priority = policy.rehousing.no_priority
    if kind in {OptionKind.TRANSFER, OptionKind.COUNCIL} and facts.moves_before and no_priority.value:
        times = {1: "once", 2: "twice"}.get(facts.moves_before, f"{facts.moves_before} times")
        says = f"Moved {times} before within our area. That alone closes nothing; whoever decides sees it."
        notes.append(Reason(says, no_priority.clause))
    if kind is OptionKind.TRANSFER and facts.arrears and moving.arrears_disregarded.value:
        notes.append(Reason("The arrears count for nothing here.", moving.arrears_disregarded.clause))
    return tuple(notes)


def _cautions(facts: Facts, kind: OptionKind) -> tuple[Reason, ...]:
    unsafe = kind is OptionKind.STAY and facts.home is HomeSafety.NOT_SAFE
    return (Reason(NOT_SAFE),) if unsafe else ()
