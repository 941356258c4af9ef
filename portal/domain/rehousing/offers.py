"""May this offer be made, and what has to be said with it? A function of policy, ledger, home and areas alone.

Sources: AG/013 OP8; STAR 3.16; whg 2.7 to 2.10, 4.1. Where a policy is silent, nothing is asked on its behalf, save
that a home inside an area that somebody must not be near is never offered, under any policy.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.policy import Policy
from portal.domain.policy.moving import AreaRule


class Weight(StrEnum):
    """What is asked of whoever makes the offer all the same."""

    STOPPED = "stopped"
    MANAGER = "manager"
    REASON = "reason"


class Tenure(StrEnum):
    """How firmly a home is held; STAR 3.16 promises the same."""

    SECURE = "secure"
    ASSURED = "assured"
    FLEXIBLE = "flexible"
    FIXED_TERM = "fixed_term"
    STARTER = "starter"
    LICENCE = "licence"

    @property
    def rank(self) -> int:
        """How firm it is, 1 the least: a fixed time of either kind stands below one without an end."""
        return RANKS[self]


RANKS = {
    Tenure.SECURE: 4,
    Tenure.ASSURED: 4,
    Tenure.FLEXIBLE: 3,
    Tenure.FIXED_TERM: 3,
    Tenure.STARTER: 2,
    Tenure.LICENCE: 1,
}


class Outcome(StrEnum):
    """What became of an offer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REFUSED_UNSAFE = "refused_unsafe"
    WITHDRAWN_UNSAFE = "withdrawn_unsafe"
    WITHDRAWN = "withdrawn"


FOR_SAFETY = frozenset({Outcome.REFUSED_UNSAFE, Outcome.WITHDRAWN_UNSAFE})


@dataclass(frozen=True, slots=True)
class Home:
    """What is compared of a home: never its address."""

    bedrooms: int
    kind: str
    tenure: Tenure


@dataclass(frozen=True, slots=True)
class Readiness:
    """What has to be on record before an offer."""

    risk_after_move_assessed: bool = False
    duties_talked_through: bool = False
    needs_asked: bool = False


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing against an offer as it stands, with its clause, and what it takes to make it all the same."""

    id: str
    says: str
    weight: Weight
    clause: str | None = None


def counted(policy: Policy, ledger: Iterable[Outcome]) -> int:
    """How many offers count. One that the landlord took back for its own reasons never does."""
    safety = policy.moving.safety_refusals_count.value
    return sum(each is not Outcome.WITHDRAWN and (bool(safety) or each not in FOR_SAFETY) for each in ledger)


def offers_left(policy: Policy, ledger: Iterable[Outcome]) -> int | None:
    """How many offers may still be made; None where the policy states no number."""
    limit = policy.rehousing.offers.value
    return None if limit is None else max(0, limit - counted(policy, ledger))


def standing(
    against: Iterable[Objection], reason: str, *, is_manager: bool
) -> tuple[Objection, ...]:
    """What still stands against it: a reason lifts some, a manager's reason more, and nothing what is stopped."""
    given = bool(reason.strip())
    passes = {Weight.STOPPED: False, Weight.MANAGER: given and is_manager, Weight.REASON: given}
    return tuple(each for each in against if not passes[each.weight])


def objections(
    policy: Policy,
    ready: Readiness,
    ledger: Iterable[Outcome],
    now: Home,
    offered: Home,
    *,
    in_no_go_area: bool,
    in_home_area: bool,
    unmeasured: bool = False,
) -> tuple[Objection, ...]:
    """Everything against this offer, the gravest first."""
    found = [
        *_not_ready(policy, ready),
        *_area(policy, in_no_go_area=in_no_go_area, in_home_area=in_home_area),
        *_unmeasured(policy, unmeasured=unmeasured),
        *_number(policy, ledger),
        *_unlike(policy, now, offered),
    ]
    return tuple(sorted(found, key=lambda each: list(Weight).index(each.weight)))


def _not_ready(policy: Policy, ready: Readiness) -> Iterator[Objection]:
    rules = policy.moving
    asked = (
        (
            "assessed",
            rules.assessed_before_offer,
            ready.risk_after_move_assessed,
            "The risk after the move has not been assessed.",
        ),
        (
            "duties",
            rules.duties_talked_through,
            ready.duties_talked_through,
            "What each side must do for a safer move has not been talked through.",
        ),
        (
            "needs",
            rules.needs_asked_first,
            ready.needs_asked,
            "Nobody has asked what they need in a home: disability, health, faith, language.",
        ),
    )
    for name, rule, done, says in asked:
        if rule.value and not done:
            yield Objection(name, says, Weight.STOPPED, rule.clause)


def _area(policy: Policy, *, in_no_go_area: bool, in_home_area: bool) -> Iterator[Objection]:
    area = policy.moving.area
    if in_no_go_area:
        says = "It lies where they said that they must not be."
        yield Objection("no_go", says, Weight.STOPPED, policy.rehousing.area.clause)
    elif in_home_area and area.value is AreaRule.AWAY:
        says = (
            "It lies in the area that they live in now; the policy wants a home away from it where possible."
        )
        yield Objection("home_area", says, Weight.REASON, area.clause)


def _unmeasured(policy: Policy, *, unmeasured: bool) -> Iterator[Objection]:
    """A distance that nobody could measure is no distance that is far enough."""
    if unmeasured:
        says = "How far it lies from where they must not be could not be measured: look at a map, and say how far."
        yield Objection("unmeasured", says, Weight.REASON, policy.rehousing.area.clause)


def _number(policy: Policy, ledger: Iterable[Outcome]) -> Iterator[Objection]:
    limit = policy.rehousing.offers
    if offers_left(policy, ledger) == 0:
        many = "One offer is" if limit.value == 1 else f"{limit.value} offers are"
        yield Objection("number", f"{many} made under this policy.", Weight.MANAGER, limit.clause)


def _unlike(policy: Policy, now: Home, offered: Home) -> Iterator[Objection]:
    like = policy.rehousing.like_for_like
    if like.value and (now.bedrooms, now.kind) != (offered.bedrooms, offered.kind):
        says = f"They have {_named(now)}; this is {_named(offered)}."
        yield Objection("unlike", says, Weight.REASON, like.clause)
    if policy.moving.tenure_kept.value and offered.tenure.rank < now.tenure.rank:
        says = f"It is held less firmly: {_spoken(offered.tenure)} instead of {_spoken(now.tenure)}."
        yield Objection("tenure", says, Weight.MANAGER, policy.moving.tenure_kept.clause)


def _named(home: Home) -> str:
    rooms = "1 bedroom" if home.bedrooms == 1 else f"{home.bedrooms} bedrooms"
    return f"a {home.kind} of {rooms}" if home.bedrooms else f"a {home.kind} without a separate bedroom"


def _spoken(tenure: Tenure) -> str:
    return tenure.value.replace("_", " ")
