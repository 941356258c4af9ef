"""How two people belong together, held against the definition that a policy uses and against the Act.

Information and never a bar: whoever is hurt by somebody outside both definitions is helped all the same.
Sources: Domestic Abuse Act 2021 ss.1, 2; Family Law Act 1996 s.63 (relative); AG/013 Context; HS-026 2.1; STAR 2.1;
whg 1.4; NPH Definition, Victim.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.intake import CHILD_UNDER
from portal.domain.policy.scope import Definition

ADULT_FROM = 18
ACT = "Domestic Abuse Act 2021, section 2"


class Bond(StrEnum):
    """What kind of tie it is; the first five are personal connections under the Act."""

    COUPLE = "couple"
    ENGAGED = "engaged"
    INTIMATE = "intimate"
    SAME_CHILD = "same_child"
    RELATIVE = "relative"
    CARER = "carer"
    HOUSEHOLD = "household"
    NONE = "none"


IN_THE_ACT = frozenset({Bond.COUPLE, Bond.ENGAGED, Bond.INTIMATE, Bond.SAME_CHILD, Bond.RELATIVE})

TIES: dict[str, Bond] = {
    "husband, wife or civil partner": Bond.COUPLE,
    "former husband, wife or civil partner": Bond.COUPLE,
    "engaged to marry or to become civil partners": Bond.ENGAGED,
    "engaged, called off": Bond.ENGAGED,
    "partner": Bond.INTIMATE,
    "former partner": Bond.INTIMATE,
    "parent of the same child": Bond.SAME_CHILD,
    "parental role for the same child": Bond.SAME_CHILD,
    **dict.fromkeys(
        (
            "mother", "father", "son", "daughter", "brother", "sister", "grandparent", "grandchild",
            "step-mother", "step-father", "step-son", "step-daughter", "step-brother", "step-sister",
            "mother-in-law", "father-in-law", "son-in-law", "daughter-in-law", "brother-in-law", "sister-in-law",
            "aunt or uncle", "niece or nephew", "cousin", "other relative",
        ),
        Bond.RELATIVE,
    ),
    "foster carer": Bond.CARER,
    "carer": Bond.CARER,
    "other person in the household": Bond.HOUSEHOLD,
    "neighbour, friend or acquaintance": Bond.NONE,
    "somebody they do not know": Bond.NONE,
}  # fmt: skip
"""Every tie that can be chosen, whatever the policy; the policy's own words are offered beside them."""

ALSO_SAID: dict[str, str] = {
    "husband": "husband, wife or civil partner",
    "wife": "husband, wife or civil partner",
    "ex-husband": "former husband, wife or civil partner",
    "ex-wife": "former husband, wife or civil partner",
    "ex-partner": "former partner",
    "other family": "other relative",
    "household": "other person in the household",
}
"""How reports say it where it can mean one tie only."""

MEANS: dict[str, frozenset[Bond]] = {
    "intimate partner": frozenset({Bond.COUPLE, Bond.ENGAGED, Bond.INTIMATE}),
    "spouse or civil partner": frozenset({Bond.COUPLE}),
    "engaged or due to become civil partners": frozenset({Bond.ENGAGED}),
    "engaged or in a civil partnership agreement": frozenset({Bond.ENGAGED}),
    "parent of the same child": frozenset({Bond.SAME_CHILD}),
    "parental role for the same child": frozenset({Bond.SAME_CHILD}),
    "relative": frozenset({Bond.RELATIVE}),
    "family member": frozenset({Bond.RELATIVE}),
    "foster carer": frozenset({Bond.CARER}),
    "carer": frozenset({Bond.CARER}),
    "household member": frozenset({Bond.HOUSEHOLD}),
    "other person in my household": frozenset({Bond.HOUSEHOLD}),
}
"""What the words of the policies take in. Words that are not here stand for themselves only."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a tie is under the policy and under the Act; None where it cannot be said."""

    tie: str
    in_policy: bool | None
    clauses: tuple[str, ...]
    in_act: bool | None

    @property
    def says(self) -> tuple[str, ...]:
        """The same in sentences."""
        where = " and ".join(self.clauses)
        if self.in_policy is None:
            return (
                f"“{self.tie}” is not one of the ties that can be compared. Choose one to see what it is.",
            )
        policy = (
            f"Counts under {where}."
            if self.in_policy
            else f"{where} does not name this tie. It bars nothing: the case goes on like any other."
        )
        act = (
            f"Personally connected ({ACT})."
            if self.in_act
            else f"Not personally connected ({ACT}): what a court can do rests on other law. Take advice on it."
        )
        return (policy, act)


def offered(definition: Definition) -> tuple[str, ...]:
    """Every tie that can be chosen under a policy: the policy's own, then all others."""
    own = tuple(dict.fromkeys(definition.relationships.value.all()))
    return own + tuple(tie for tie in TIES if tie not in own)


def check(definition: Definition, tie: str) -> Checked:
    """What this tie is under the pinned policy and under the Act."""
    said = tie.strip()
    known = ALSO_SAID.get(said.casefold(), said)
    named = definition.relationships.value
    bonds = _bonds(known)
    taken_in = frozenset().union(*(MEANS.get(kind, frozenset()) for kind in named.kinds))
    literally = known in named.all()
    if not bonds and not literally:
        return Checked(said, None, definition.relationships.clauses, None)
    return Checked(
        said,
        literally or bool(bonds & taken_in),
        definition.relationships.clauses,
        bool(bonds) and bonds <= IN_THE_ACT,
    )


def _bonds(tie: str) -> frozenset[Bond]:
    if tie in TIES:
        return frozenset({TIES[tie]})
    if tie.endswith("-in-law") or tie.startswith("step-"):
        return frozenset({Bond.RELATIVE})
    return MEANS.get(tie, frozenset())


def age_on(born: date, day: date) -> int:
    """Whole years of life: a birthday on 29 February counts from 1 March where there is none."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def about_age(definition: Definition, age: int | None, *, does_harm: bool = False) -> tuple[str, ...]:
    """What an age means for the route, with the clause; nothing for an adult within the policy."""
    if age is None:
        return ()
    limit = definition.minimum_age
    if age < CHILD_UNDER:
        below = definition.below_minimum_age
        clause = f" ({below.clause})" if below.value else ""
        whom = "A child who harms is a child to be safeguarded" if does_harm else "Abuse of a child"
        return (
            f"Under 16: {whom}{clause}. Refer to children’s services today; the usual help goes on as well.",
        )
    if age < ADULT_FROM:
        found = [
            "Aged 16 or 17: children’s services safeguard until 18, and the Domestic Abuse Act 2021 counts them."
        ]
        if age < limit.value.youngest:
            found.append(
                f"{limit.clause} counts from {limit.value.youngest}. The Act, which counts from 16, comes first."
            )
        return tuple(found)
    return ()
