"""A dated catalogue of law: what policies name, what took its place, and what has moved since."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from portal.domain.policy.said_date import SaidDate
from portal.domain.policy.stated import Frozen, Slug, Stated, Words


class LawKind(StrEnum):
    """What sort of source it is; a bill is not yet law."""

    ACT = "act"
    REGULATIONS = "regulations"
    GROUND = "ground"
    GUIDANCE = "guidance"
    DEFINITION = "definition"
    CASE = "case"
    SCHEME = "scheme"
    RESEARCH = "research"
    BILL = "bill"


class LawEntry(Frozen):
    """One law, ground, ruling or definition."""

    id: Slug
    title: Words
    also_called: tuple[Words, ...] = ()
    kind: LawKind
    dated: SaidDate
    in_force: bool = True
    held_in: Slug | None = None
    superseded_by: Slug | None = None
    superseded_on: SaidDate | None = None
    minimum_age: Annotated[int, Field(gt=0)] | None = None
    touches: tuple[Words, ...] = ()
    """Keys of a policy's parameters that have to be looked at again once this has come after them."""
    says: Words
    source: Words
    last_checked: Stated[SaidDate]

    def is_called(self, name: str) -> bool:
        """Whether a policy that uses this name uses one that the law is known by."""
        return _plain(name) in {_plain(one) for one in (self.title, *self.also_called)}


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


class LawCatalogue(Frozen):
    """Every entry that the portal knows."""

    entries: tuple[LawEntry, ...]

    def find(self, law: str) -> LawEntry | None:
        """The entry with this id, if there is one."""
        return next((entry for entry in self.entries if entry.id == law), None)

    @property
    def statutory_age(self) -> int | None:
        """The lowest age that an Act in force sets for its definition."""
        ages = [entry.minimum_age for entry in self.entries if entry.minimum_age and entry.in_force]
        return min(ages, default=None)
