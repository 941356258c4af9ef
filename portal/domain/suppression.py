"""Disclosure control: what may be published of counts of people, so that nobody can be found in the numbers.

Everything that is shown to somebody who may not open the cases goes through here: screens, packs, exports, benchmark.

- A count below the threshold is not shown, nor whether it is none. Every other count is rounded.
- Whatever can be worked out from published counts is worked out from them, and never counted anew: totals of a table,
  longer periods, sums over landlords, shares. Taking one from another then gives back what was published already.
- A second table about the same people tells of the first, and what was open before and after tells of what was closed.
  Such sums are told to this module, and it plays the attacker with them: a table that would narrow any small count is
  kept back whole. It decides by what would be published and not by what is true, so that even somebody who knows
  these rules learns nothing from a table that is not there.

Sources: HS-026 6.3; STAR section 9; whg 3.2 (the portal's own figures, as no policy states one).
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.errors import PortalError

Key = Hashable
SMALLEST_THRESHOLD = SMALLEST_BASE = 5
"""The least that is safe: a landlord may ask for more of either."""


class UnfitRulesError(PortalError):
    """Rules under which a small count could be seen."""


@dataclass(frozen=True, slots=True)
class Rules:
    """From how many people on a count is shown, and to which multiple it is rounded."""

    fewest: int = SMALLEST_THRESHOLD
    base: int = SMALLEST_BASE

    def __post_init__(self) -> None:
        """Refuse a threshold that hides nobody, and a rounding by which nobody is hidden or a count becomes none."""
        if self.fewest < SMALLEST_THRESHOLD or not SMALLEST_BASE <= self.base <= 2 * self.fewest:
            message = f"Counts below {self.fewest}, rounded to {self.base}, are not safe to publish."
            raise UnfitRulesError(message)

    def rounded(self, count: int) -> int:
        """To the nearest multiple, upwards from the middle."""
        return (count + self.base // 2) // self.base * self.base


class State(StrEnum):
    """How a count is shown."""

    NUMBER = "number"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Bounds:
    """All that can be said of a count: it is no less than this and, where `high` is known, no more than that."""

    low: int
    high: int | None = None

    @property
    def empty(self) -> bool:
        """Can no count lie within them?"""
        return self.high is not None and self.high < self.low

    def __contains__(self, count: int) -> bool:
        return self.low <= count and (self.high is None or count <= self.high)

    def say(self) -> str:
        """As a person reads it: a number, or from where to where."""
        if self.high is None:
            return f"{self.low} or more"
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as it is published. `value` only where it is a number; `bounds` is all that it gives away."""

    state: State
    value: int | None
    bounds: Bounds

    def say(self) -> str:
        """As a person reads it in a table."""
        if self.state is State.NUMBER:
            return str(self.value)
        return f"under {(self.bounds.high or 0) + 1}"


@dataclass(frozen=True, slots=True)
class Sum:
    """What is known to be equal before anybody is counted: these together are as many as those together."""

    these: tuple[Key, ...]
    those: tuple[Key, ...]

    def everybody(self) -> tuple[Key, ...]:
        """Every count that stands in it."""
        return self.these + self.those


ANY = Bounds(0)


def total(of: Key, *parts: Key) -> Sum:
    """A total and its parts: of one table, of a second table about the same people, of a longer period."""
    return Sum((of,), parts)


def shown(count: int, rules: Rules) -> Shown:
    """One count by itself, about which nothing else is published."""
    if count < rules.fewest:
        return Shown(State.FEW, None, Bounds(0, rules.fewest - 1))
    value = rules.rounded(count)
    low = max(rules.fewest, value - rules.base // 2)
    return Shown(State.NUMBER, value, Bounds(low, value + rules.base - 1 - rules.base // 2))


def attack(known: Mapping[Key, Bounds], sums: Sequence[Sum]) -> dict[Key, Bounds]:
    """What somebody can work out who has everything that is published, and knows which sums are equal.

    Where sums do not hold, because something was counted amiss, it ends with bounds that nothing can lie within.
    Each sum narrows each of its counts until nothing narrows any more. Where no two counts stand together in more
    than one chain of sums this is all that can be worked out: see `publish`.
    """
    found = dict(known)
    changed = True
    while changed:
        changed = False
        for each in sums:
            for key, narrower in _narrowed(found, each):
                if narrower != found[key]:
                    found[key], changed = narrower, True
                if narrower.empty:
                    return found
    return found


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a sum: the least and the most that its counts can be together, and how many have no most."""

    low: int
    high: int
    endless: int

    @classmethod
    def of(cls, counts: Sequence[Bounds]) -> "_Side":
        highs = [one.high for one in counts if one.high is not None]
        return cls(sum(one.low for one in counts), sum(highs), len(counts) - len(highs))

    def without(self, one: Bounds) -> "_Side":
        """The others of it."""
        return _Side(self.low - one.low, self.high - (one.high or 0), self.endless - (one.high is None))


def _narrowed(found: Mapping[Key, Bounds], each: Sum) -> Iterator[tuple[Key, Bounds]]:
    """The bounds of each count of a sum, from all the others of it."""
    these, those = (_Side.of([found[one] for one in side]) for side in (each.these, each.those))
    now = {key: found[key] for key in each.everybody()}
    for keys, own, other in ((each.these, these, those), (each.those, those, these)):
        for key in keys:
            yield key, _within(now[key], own.without(now[key]), other)


def _within(now: Bounds, rest: _Side, across: _Side) -> Bounds:
    """The bounds of one count: what stands across, less what the rest of its own side can be."""
    low = now.low if rest.endless else max(now.low, across.low - rest.high)
    if across.endless:
        return Bounds(low, now.high)
    high = across.high - rest.low
    return Bounds(low, high if now.high is None else min(high, now.high))


@dataclass(frozen=True, slots=True)
class Together:
    """The people of several counts of another table: all of these, and nobody else."""

    counts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Among:
    """Some of the people of several counts, and nobody else; how many of them, nobody is told."""

    counts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Counts that share out some people: each is counted once. `of` names who they are.

    Two tables of the same people, and the count of these people (a table of one cell), have the same `of`. A table
    may also share out again the people of several counts (`Together`), or some of them (`Among`).
    """

    name: str
    of: Key
    cells: Mapping[Key, int]

    def shown(self, rules: Rules) -> dict[Key, Shown]:
        """Each count by itself."""
        return {key: shown(count, rules) for key, count in self.cells.items()}


def publish(
    tables: Sequence[Table], rules: Rules, *, also: Sequence[Sum] = ()
) -> dict[str, dict[Key, Shown] | None]:
    """What may be published of these tables, the most important first; None for a table that is kept back.

    `also` are equalities between groups of people, such as before + opened = closed + after, by their `of`. No small
    count of what is published is narrowed by all the rest: it could be anything from none to the threshold.
    """
    result: dict[str, dict[Key, Shown] | None] = {}
    known: dict[Key, Bounds] = {key: ANY for each in also for key in each.everybody()}
    sums = list(also)
    names = Counter(table.of for table in tables)
    counts = {(table.name, key) for table in tables for key in table.cells}
    again = {each for table in tables if isinstance(table.of, Together) for each in table.of.counts}
    for table in tables:
        cells = table.shown(rules)
        with_it = known | {(table.name, key): one.bounds for key, one in cells.items()}
        whole = table.of.counts if isinstance(table.of, Together | Among) else (table.of,)
        for each in whole:
            with_it.setdefault(each, ANY)
        keys = tuple((table.name, key) for key in cells)
        alone = names[table.of] == 1 and table.of not in counts | known.keys()
        untold = isinstance(table.of, Among) or (alone and bool(again.intersection(keys)))
        tied = sums if untold else [*sums, Sum(whole, keys)]
        check_tree(tied)
        if _gives_back(with_it, tied, rules) or not _room(table, cells, known, rules):
            result[table.name] = None
        else:
            result[table.name], known, sums = cells, with_it, tied
    return result


def _room(table: Table, cells: Mapping[Key, Shown], known: Mapping[Key, Bounds], rules: Rules) -> bool:
    """Where it shares out some of other people: do its small counts, whatever they are, fit into the least of those?

    Then that they are some of those narrows neither: nobody learns from it what they did not know.
    """
    if not isinstance(table.of, Among):
        return True
    most = sum(rules.fewest - 1 if one.state is State.FEW else one.bounds.low for one in cells.values())
    return most <= sum(known.get(each, ANY).low for each in table.of.counts)


def _gives_back(known: Mapping[Key, Bounds], sums: Sequence[Sum], rules: Rules) -> bool:
    """Is any small count narrower than its threshold leaves it, once all is taken together; or does it not add up?"""
    few = Bounds(0, rules.fewest - 1)
    after = attack(known, sums)
    return any(each.empty or (known[key] == few and each != few) for key, each in after.items())


class TangledError(PortalError):
    """Sums that do not hang together as a tree: what they give back could not be worked out with certainty."""


def check_tree(sums: Sequence[Sum]) -> None:
    """Refuse sums of which two counts are tied in more than one way, such as a table with totals on both sides."""
    parent: dict[Key, Key] = {}

    def root(one: Key) -> Key:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    for number, each in enumerate(sums):
        here = root(("sum", number))
        for key in each.everybody():
            there = root(key)
            if there == here:
                message = f"{key!r} is tied twice."
                raise TangledError(message)
            parent[there] = here


def together(*several: Shown) -> Bounds:
    """The sum of published counts, worked out from what is published and from nothing else: it gives nothing back."""
    all_of_it = _Side.of([each.bounds for each in several])
    return Bounds(all_of_it.low, None if all_of_it.endless else all_of_it.high)


def share(part: Shown, whole: Bounds, rules: Rules) -> Bounds | None:
    """Per cent from the published counts alone, from where to where; None where the whole is too small for it."""
    if whole.high is None or part.bounds.high is None or whole.low < 2 * rules.fewest:
        return None
    low = 100 * part.bounds.low // whole.high
    return Bounds(low, min(100, -(-100 * part.bounds.high // whole.low)))


def middle(exact: float | None, number: int, rules: Rules, step: float) -> float | None:
    """The median of at least twice the threshold, to the nearest step, so that it is nobody's own."""
    if exact is None or number < 2 * rules.fewest:
        return None
    return round(exact / step) * step
