"""On which ground a home might be given back: the policy's own, and those of the dated catalogue that fit the tenancy.

A ground whose condition nobody has answered is not relied on, and one for another kind of tenancy is not shown.
Sources: AG/013 Objectives, OP7; HS-026 5.2; STAR 3.11; NPH Action against Perpetrators. No legal advice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.policy import Policy
from portal.domain.policy.perpetrators import GroundCondition, PossessionGround
from portal.domain.policy.said_date import SaidDate
from portal.domain.policy.stated import Frozen, Slug, Stated, Words
from portal.domain.rehousing.offers import Tenure
from portal.domain.tenancy.holding import Agreement, Holding, Tie


class Seen(Frozen):
    """One thing about a ground that was read in a source, and when: no adviser's word, and of nothing beside it."""

    says: Words
    source: Words
    read_on: SaidDate


class Ground(Frozen):
    """One ground of the law. What was not read in a source is not in `seen`, and its page says that."""

    id: Slug
    title: Words
    law: Words
    since: SaidDate
    tenancies: tuple[Tenure, ...]
    discretion: bool
    says: Words
    when: tuple[GroundCondition, ...]
    source: Words
    seen: tuple[Seen, ...] = ()
    last_checked: Stated[SaidDate]


class Grounds(Frozen):
    """Every ground that the portal knows."""

    grounds: tuple[Ground, ...]

    def find(self, ground: str | None) -> Ground | None:
        """The ground with this id; None for one that the catalogue does not hold."""
        return next((each for each in self.grounds if each.id == ground), None)


class Reliance(StrEnum):
    """How far a ground can be relied on. To be asked is not enough."""

    MET = "met"
    ASK = "ask"
    UNMET = "unmet"


@dataclass(frozen=True, slots=True)
class Way:
    """One ground as it stands for this home: `clause` where the policy names it, `law` where the catalogue does."""

    id: str
    title: str
    says: str
    reliance: Reliance
    lacking: tuple[str, ...]
    clause: str | None = None
    law: Ground | None = None
    tenancy_clause: str | None = None


Test = Callable[[Holding], bool | None]
CONDITIONS: dict[GroundCondition, tuple[Test, str]] = {
    GroundCondition.THEIR_TENANT: (
        lambda held: held.theirs,
        "The person who harms is our tenant.",
    ),
    GroundCondition.LEFT: (lambda held: held.left, "The person who was hurt has left the home."),
    GroundCondition.NOT_RETURNING: (
        lambda held: held.not_returning,
        "They will not, or are unlikely to, come back.",
    ),
    GroundCondition.CAUSED: (lambda held: held.caused, "Violence or threats made them leave."),
    GroundCondition.PARTNERS: (
        lambda held: None if held.tie is None else held.tie is Tie.PARTNERS,
        "The two are or were a couple.",
    ),
    GroundCondition.PARTNERS_OR_RELATIVES: (
        lambda held: None if held.tie is None else held.tie in {Tie.PARTNERS, Tie.RELATIVES},
        "The two are or were a couple, or are relatives.",
    ),
    GroundCondition.COUNCIL_AGREEMENT: (
        lambda held: None if held.agreement is None else held.agreement is Agreement.COUNCIL,
        "The tenancy agreement is the council’s.",
    ),
    GroundCondition.CONVICTED: (lambda held: held.convicted, "A court has convicted them."),
    GroundCondition.NUISANCE: (
        lambda held: held.nuisance,
        "There is nuisance to others, or a conviction for something in or near the home.",
    ),
    GroundCondition.BROKEN_TERM: (
        lambda held: held.broken_term,
        "A term of the tenancy agreement was broken.",
    ),
    GroundCondition.FOUND_BY_COURT: (
        lambda held: held.found_by_court,
        "A court has found serious misconduct.",
    ),
}
"""How each condition is tested, and the sentence for it."""


def ways(policy: Policy, catalogue: Grounds, holding: Holding) -> tuple[Way, ...]:
    """Every ground that fits how the home is held, the policy's own first. One for other tenancies is left out."""
    own = tuple(_own(policy, catalogue, holding))
    named = {each.law.id for each in own if each.law}
    rest = (
        _way(each.id, each.title, each.says, each.when, holding, law=each)
        for each in catalogue.grounds
        if each.id not in named and holding.tenure in each.tenancies
    )
    return (*own, *rest)


def _own(policy: Policy, catalogue: Grounds, holding: Holding) -> Iterator[Way]:
    for each in policy.perpetrators.possession:
        law = catalogue.find(each.law)
        if law is None or holding.tenure in law.tenancies:
            yield _of_policy(each, law, holding)


def _of_policy(ground: PossessionGround, law: Ground | None, holding: Holding) -> Way:
    return _way(
        ground.id,
        law.title if law else ground.says,
        ground.says,
        ground.when,
        holding,
        law=law,
        clause=ground.clause,
        tenancy_clause=ground.tenancy_clause,
    )


def _way(
    ground: str,
    title: str,
    says: str,
    when: tuple[GroundCondition, ...],
    holding: Holding,
    *,
    law: Ground | None = None,
    clause: str | None = None,
    tenancy_clause: str | None = None,
) -> Way:
    tested = [(CONDITIONS[each][0](holding), CONDITIONS[each][1]) for each in when]
    unmet = tuple(says for met, says in tested if met is False)
    unknown = tuple(says for met, says in tested if met is None)
    reliance = Reliance.UNMET if unmet else Reliance.ASK if unknown else Reliance.MET
    return Way(ground, title, says, reliance, unmet or unknown, clause, law, tenancy_clause)
