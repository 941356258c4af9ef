"""Rules around a move: band, panel, ending the tenancy, rent on two homes, arrears afterwards.

Sources: AG/013 OP8; whg 2.7; NPH Accommodation and Rehousing, Emergency move outside paras 3 and 4.
"""

from collections import Counter
from dataclasses import dataclass

from portal.domain.policy import Policy
from portal.domain.rehousing.board import Reason
from portal.domain.rehousing.facts import Facts


@dataclass(frozen=True, slots=True)
class Priority:
    """What an agreed move is given by the policy; None where it states nothing."""

    need: str | None
    band: str | None
    clause: str | None

    def differs(self, band: str) -> bool:
        """Whether a band is another than the policy's own: then a manager gives the reason (whg 2.7)."""
        return self.band is not None and band.strip().casefold() != self.band.casefold()


def priority(policy: Policy) -> Priority:
    """The need and the band of somebody whose move was agreed."""
    rules = policy.rehousing
    return Priority(rules.need.value, rules.band.value, rules.band.clause)


def missing_from_panel(policy: Policy, managers: int, specialists: int) -> tuple[Reason, ...]:
    """Who has still to sit before a recommendation stands; empty where the policy asks for no panel."""
    rule = policy.moving.panel
    if rule.value is None:
        return ()
    wanted = (
        (rule.value.managers - managers, "manager", "managers"),
        (rule.value.specialists - specialists, "specialist officer", "specialist officers"),
    )
    return tuple(
        Reason(f"The panel lacks {lacking} {one if lacking == 1 else many}.", rule.clause)
        for lacking, one, many in wanted
        if lacking > 0
    )


@dataclass(frozen=True, slots=True)
class Votes:
    """How the members of a panel voted, by post. Who is named in neither list voted for it."""

    members: tuple[str, ...]
    against: tuple[str, ...] = ()
    abstained: tuple[str, ...] = ()

    @property
    def in_favour(self) -> tuple[str, ...]:
        """Whoever voted for it. One post may sit twice, and each of them has a vote."""
        others = Counter(map(str.casefold, (*self.against, *self.abstained)))
        found = []
        for each in self.members:
            if others[each.casefold()]:
                others[each.casefold()] -= 1
            else:
                found.append(each)
        return tuple(found)


def against_votes(votes: Votes) -> Reason | None:
    """Why these votes carry no recommendation: somebody did not sit, or there is no majority.

    The portal's own rule: no policy says how a panel counts.
    """
    left = Counter(map(str.casefold, votes.members))
    left.subtract(map(str.casefold, (*votes.against, *votes.abstained)))
    if strangers := [each for each, number in left.items() if number < 0]:
        return Reason(f"They did not sit, or are named twice: {', '.join(strangers)}.")
    if len(votes.in_favour) <= len(votes.against):
        return Reason("No more voted for it than against it: it is not recommended. Record what they did agree on.")
    return None


def against_surrender(policy: Policy, facts: Facts) -> Reason | None:
    """Why the landlord may not lead somebody to end the tenancy yet.

    The portal stops it under every policy: whoever gives a home up before another is sure can end without any. Where
    the policy says so itself, its clause is named. What the tenant decides alone is recorded, with the advice given.
    """
    if facts.permanent_home or facts.council_accepted_duty:
        return None
    says = "No permanent home is secured and no council has accepted the full duty: the tenancy stays."
    rule = policy.moving.tenancy_kept_until_safe
    return Reason(says, rule.clause if rule.value else None)


def nil_rent(policy: Policy, facts: Facts) -> Reason | None:
    """Whether nil rent is to be offered now; None where it is not, or where the policy does not offer it."""
    rule = policy.moving.nil_rent_from_duty
    if not (rule.value and facts.council_accepted_duty):
        return None
    return Reason("A council has agreed a duty to rehouse: offer to nil the rent.", rule.clause)


def arrears_block(policy: Policy) -> Reason | None:
    """The sentence that keeps arrears out of a decision on a move; None where the policy says nothing of arrears."""
    rule = policy.moving.arrears_disregarded
    return (
        Reason("Arrears do not count while a transfer is being offered.", rule.clause) if rule.value else None
    )


def divides_arrears(policy: Policy) -> Reason | None:
    """The task that a completed transfer opens for a manager, where the policy wants one."""
    rule = policy.moving.manager_divides_arrears
    says = "Decide whether and how the arrears are divided, and say why."
    return Reason(says, rule.clause) if rule.value else None
