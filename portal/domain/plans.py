"""A safety plan or an action plan: what stands in it, when it may count as agreed, when it is looked at again.

Sources: HS-026 4.6 (agreed, watched, reviewed as often as agreed with the person), 4.7 (safety plan); NPH Dealing with
cases (an agreed plan for each case); STAR 3.10 (no fixed order; they may choose nothing); AG/013 OP4.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Self

from portal.domain.errors import PortalError
from portal.domain.policy import Policy
from portal.domain.policy.stated import Stated


class PlanKind(StrEnum):
    """Which of the two plans."""

    SAFETY = "safety"
    ACTION = "action"


class Unit(StrEnum):
    """In what a rhythm is counted."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a plan is looked at again: "every 2 weeks". `agreed` tells that the person herself chose it."""

    number: int
    unit: Unit
    agreed: bool

    def next_after(self, day: date) -> date:
        """The day on which it is looked at next."""
        if self.unit is Unit.MONTHS:
            months = day.month - 1 + self.number
            year, month = day.year + months // 12, months % 12 + 1
            return date(year, month, min(day.day, monthrange(year, month)[1]))
        return day + timedelta(days=self.number * (7 if self.unit is Unit.WEEKS else 1))

    def say(self) -> str:
        """As people say it: "every 2 weeks"."""
        return (
            f"every {self.unit.value[:-1]}" if self.number == 1 else f"every {self.number} {self.unit.value}"
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a plan: what was written, or that they did not want it; what they declined stays visible."""

    text: str = ""
    declined: bool = False

    @property
    def open(self) -> bool:
        """Has it not been talked about?"""
        return not self.text and not self.declined


@dataclass(frozen=True, slots=True)
class Content:
    """What a plan says, by the names of its parts; `directions` are the ways that they want to go, in no order."""

    parts: Mapping[str, Part] = field(default_factory=dict)
    directions: tuple[str, ...] = ()

    def part(self, name: str) -> Part:
        """One part; one that nobody has touched is empty."""
        return self.parts.get(name, Part())

    @property
    def empty(self) -> bool:
        """Does it say nothing at all?"""
        return not self.directions and all(each.open for each in self.parts.values())

    def to_dict(self) -> dict[str, Any]:
        """For keeping; what is empty is left out."""
        kept = {
            name: {"text": each.text, "declined": each.declined}
            for name, each in self.parts.items()
            if not each.open
        }
        return {"parts": kept, "directions": list(self.directions)}

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Self:
        """From what was kept."""
        return cls({name: Part(**each) for name, each in kept["parts"].items()}, tuple(kept["directions"]))


class NotToAgreeError(PortalError):
    """This cannot count as agreed yet. `missing` names form fields and sentences."""

    def __init__(self, missing: dict[str, str]) -> None:
        """Keep what is missing."""
        super().__init__("The plan is not ready to be agreed.")
        self.missing = missing


def check_rhythm(policy: Policy, rhythm: Rhythm | None) -> None:
    """Refuse a plan without the rhythm that its policy wants agreed with the person; there is no default for it."""
    review = policy.risk.plan_review
    if review.value is None or not review.value.agreed_with_survivor:
        return
    if rhythm is None:
        raise NotToAgreeError({"every": f"Ask how often they want to look at it again ({review.clause})."})
    if not rhythm.agreed:
        raise NotToAgreeError({"rhythm_agreed": f"How often is for them to say ({review.clause})."})


WATCHING = "watching"
"""The part of an action plan that says how somebody keeps watch."""


def check_watch(policy: Policy, kind: PlanKind, content: Content) -> None:
    """Refuse an action plan that says nothing of keeping watch, where its policy wants it; they may decline it."""
    watch = policy.risk.plan_watch
    if kind is PlanKind.ACTION and watch.value is not None and content.part(WATCHING).open:
        said = f"Say in the plan how you keep watch on how things go, or that they do not want it ({watch.clause})."
        raise NotToAgreeError({"agreed": said})


def asked_by(policy: Policy, kind: PlanKind) -> Stated[str]:
    """What the policy says about this plan."""
    return policy.risk.safety_plan if kind is PlanKind.SAFETY else policy.risk.action_plan


class Change(StrEnum):
    """What became of a few words between two versions."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed, came or went."""

    change: Change
    words: str


def difference(older: str, newer: str) -> tuple[Piece, ...]:
    """What changed between two texts, word by word; joined again, the pieces give both texts back."""
    old, new = _words(older), _words(newer)
    return tuple(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece(Change.SAME, "".join(old[i:j]))
            continue
        if i < j:
            yield Piece(Change.REMOVED, "".join(old[i:j]))
        if k < m:
            yield Piece(Change.ADDED, "".join(new[k:m]))


def _words(text: str) -> list[str]:
    """Each word with the space behind it, so that nothing is lost when they are joined."""
    found: list[str] = []
    for letter in text:
        if found and (letter.isspace() or not found[-1][-1].isspace()):
            found[-1] += letter
        else:
            found.append(letter)
    return found
