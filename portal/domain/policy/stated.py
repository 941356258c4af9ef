"""A value with the clause that it comes from, or the plain statement that the policy is silent."""

from enum import StrEnum
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from portal.domain.policy.said_date import SaidDate, at, first_day, in_words, last_day
from portal.domain.policy.unfit import UnfitError

T = TypeVar("T")

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Text that says something: never empty."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""A machine name that is safe in an address: small letters, digits, single hyphens."""


class Frozen(BaseModel):
    """The base of every part of a policy: never changed after reading, no unknown key passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def in_order(from_day: SaidDate | None, to_day: SaidDate | None) -> None:
    """Refuse a value that ends before it begins."""
    if from_day and to_day and last_day(to_day) < first_day(from_day):
        raise UnfitError(
            f"This holds until {in_words(to_day)}, before it begins in {in_words(from_day)}.",
            "Put from_day and to_day in order.",
        )


class Origin(StrEnum):
    """Who said it, so that nobody takes the portal's word for the landlord's."""

    POLICY = "policy"
    LANDLORDS_OWN = "landlords_own"
    PORTAL_DEFAULT = "portal_default"


def said_by(by: str, on: SaidDate, why: str, to_be_confirmed_by: str | None) -> str:
    """Who chose a reading, when and why, and who has still to agree."""
    who = f"the {by.removeprefix('The ')}" if by.startswith("The ") else by
    said = f"Chosen {at(on)} by {who}: {why}"
    return f"{said} To be confirmed by the {to_be_confirmed_by}." if to_be_confirmed_by else said


class Interpretation(Frozen):
    """Which of several readings of a clause is used, who chose it and why."""

    choice: Words
    alternatives: tuple[Words, ...]
    by: Words
    on: SaidDate
    why: Words
    to_be_confirmed_by: Words | None = None
    """The post that has still to agree; none once the landlord has settled it."""

    @property
    def settled(self) -> bool:
        """Whether the landlord itself has decided."""
        return self.to_be_confirmed_by is None

    @property
    def said_by(self) -> str:
        """By whom it was chosen, when and why, and who has still to agree."""
        return said_by(self.by, self.on, self.why, self.to_be_confirmed_by)


class Stated(Frozen, Generic[T]):
    """One parameter of a policy: a value with its clause, or `not_stated`; never simply absent."""

    value: T | None = None
    not_stated: bool = False
    clause: Words | None = None
    also: tuple[Words, ...] = ()
    note: Words | None = None
    origin: Origin = Origin.POLICY
    interpretation: Interpretation | None = None
    from_day: SaidDate | None = None
    """Since when this one value holds, where that is not the day on which the whole document came into force."""
    to_day: SaidDate | None = None
    """Until when it holds, where the policy gives it an end."""

    @model_validator(mode="after")
    def _from_before_to(self) -> "Stated[T]":
        in_order(self.from_day, self.to_day)
        return self

    @model_validator(mode="after")
    def _value_or_silence(self) -> "Stated[T]":
        if self.not_stated == (self.value is not None):
            raise UnfitError(
                "This is both stated and not stated, or neither.",
                "Write either value = ... or not_stated = true.",
            )
        if self.value is not None and self.clause is None and self.origin is Origin.POLICY:
            raise UnfitError(
                "A value taken from the policy names no clause.",
                'Name the clause, or say that it is your own, beside the policy (in a file: origin = "landlords_own").',
            )
        return self

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that this value rests on, the main one first."""
        return ((self.clause,) if self.clause else ()) + self.also


class Required(Stated[T], Generic[T]):
    """A parameter without which no case can be worked: the policy must state it."""

    value: T
