"""Whom a policy is for and what it counts as abuse; it routes a report and never turns one away."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from portal.domain.policy.stated import Frozen, Required, Stated, Words


class AgeBound(StrEnum):
    """Whether the age itself lies inside: "16 or over" differs from "over 16" by a year."""

    AT_LEAST = "at_least"
    OVER = "over"


class AgeLimit(Frozen):
    """The youngest age to which the definition speaks, in the policy's own wording."""

    years: Annotated[int, Field(ge=0, le=130)]
    bound: AgeBound

    @property
    def youngest(self) -> int:
        """The first age inside. "Over 16" is read as the Act says it, 16 or over: nobody is left out by a slip."""
        return self.years


class Relationships(Frozen):
    """Which ties the definition names, and the variants that count with each."""

    kinds: tuple[Words, ...]
    family: tuple[Words, ...] = ()
    variants: tuple[Words, ...] = ()
    past_too: bool

    def all(self) -> tuple[str, ...]:
        """Every tie by name, the variants spelt out: "step-sister", "father-in-law"."""
        spelt = tuple(_variant(one, variant) for variant in self.variants for one in self.family)
        return self.kinds + self.family + spelt


def _variant(one: str, variant: str) -> str:
    return f"{one}-in-law" if variant == "in-law" else f"{variant}-{one}"


class AbuseType(StrEnum):
    """Kinds of behaviour that some definition names."""

    PSYCHOLOGICAL = "psychological"
    PHYSICAL = "physical"
    SEXUAL = "sexual"
    FINANCIAL = "financial"
    ECONOMIC = "economic"
    EMOTIONAL = "emotional"
    VIOLENT = "violent"
    THREATENING = "threatening"
    CONTROLLING = "controlling"
    COERCIVE = "coercive"
    OTHER = "other"


class Subtype(StrEnum):
    """Crimes that need a route of their own; some forbid any word to the family."""

    DOMESTIC_ABUSE = "domestic-abuse"
    SEXUAL_OFFENCES = "sexual-offences"
    STALKING = "stalking"
    FGM = "fgm"
    HONOUR_BASED = "honour-based"
    FORCED_MARRIAGE = "forced-marriage"
    PROSTITUTION = "prostitution"
    TRAFFICKING = "trafficking"


class DefinedTerm(Frozen):
    """A word that the policy explains, in our own shorter words."""

    term: Words
    means: Words
    clause: Words
    guidance_only: bool = False
    """True where the words come from explanatory notes and not from the law itself."""


class Definition(Frozen):
    """What the policy calls abuse."""

    term: Required[str]
    framework: Required[str]
    """The catalogue entry of the definition that the policy adopts."""
    minimum_age: Required[AgeLimit]
    once_or_pattern: Stated[str]
    relationships: Required[Relationships]
    abuse_types: Required[tuple[AbuseType, ...]]
    subtypes: Stated[tuple[Subtype, ...]]
    children: Stated[str]
    below_minimum_age: Stated[str]
    terms: tuple[DefinedTerm, ...]


class PersonKind(StrEnum):
    """How somebody stands to the landlord."""

    TENANT = "tenant"
    HOUSEHOLD = "household"
    LEASEHOLDER = "leaseholder"
    APPLICANT = "applicant"
    OTHER_CUSTOMER = "other_customer"
    EMPLOYEE = "employee"
    ANYBODY_ELSE = "anybody_else"


class Cover(Frozen):
    """Whether the policy speaks for a kind of person, and what happens to their report."""

    covered: bool
    says: Words


class Scope(Frozen):
    """Each kind of person, answered or declared unanswered."""

    tenant: Stated[Cover]
    household: Stated[Cover]
    leaseholder: Stated[Cover]
    applicant: Stated[Cover]
    other_customer: Stated[Cover]
    employee: Stated[Cover]
    anybody_else: Stated[Cover]
    council: Stated[str]
    """The council that helps those whom the landlord does not house."""
    staff_policy: Stated[str]

    def of(self, kind: PersonKind) -> Stated[Cover]:
        """What the policy says about one kind of person."""
        stated: Stated[Cover] = getattr(self, kind.value)
        return stated

    def covers(self, kind: PersonKind) -> bool | None:
        """Yes, no, or None where the policy is silent; neither answer ever turns a report away."""
        cover = self.of(kind).value
        return None if cover is None else cover.covered
