"""Somebody has every table that is published, on a page, in a report and in a file, and wants a small count back.

The attacker here is not the one inside portal.domain.suppression: it reads what people read, and reckons by itself.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from random import Random

import pytest

from portal.domain.benchmark import FEWEST_CASES, rate
from portal.domain.figures import Counted, Quarter, Released, released
from portal.domain.suppression import Among, Key, Rules, Table, Together, publish
from portal.reports.exports.contents import of_figures
from portal.reports.packs.contents import contents
from portal.reports.performance.measures import BY_KEY, MEASURES

QUARTER = Quarter(2026, 1)
RULES = Rules()
Cell = tuple[str, str]
Interval = tuple[int, int]
MOST = 10_000
ROUNDS = 30


def casework(chance: Random) -> dict[str, dict[str, int]]:
    """A true count for every line of every figure, that hang together as real ones do: many of them small."""
    totals: dict[Key, int] = {}
    found: dict[str, dict[str, int]] = {}
    for measure in MEASURES:
        if isinstance(measure.of, Together | Among):
            totals[measure.of] = sum(totals[each] for each in measure.of.counts)
        if isinstance(measure.of, Among):
            totals[measure.of] -= chance.choice((0, 0, 1, totals[measure.of] // 5))
            totals[measure.of] = max(0, totals[measure.of])
        if measure.of not in totals:
            totals[measure.of] = chance.choice((0, 3, 6, 11, 24, 60, 200))
        left, names = totals[measure.of], list(measure.cells)
        counts = dict.fromkeys(names, 0)
        for _ in range(left):
            counts[chance.choice(names[: chance.randint(1, len(names))])] += 1
        counts |= {name: totals[measure.key, name] for name in names if (measure.key, name) in totals}
        totals[measure.of] = sum(counts.values())
        found[measure.key] = counts
        for name, number in counts.items():
            totals.setdefault((measure.key, name), number)
    return found


def published(true: dict[str, dict[str, int]]) -> dict[str, Released]:
    return released([Counted(each.key, each.of, true[each.key]) for each in MEASURES], RULES)


def read_aloud(said: str) -> Interval:
    """What somebody makes of a number in a table."""
    if said.startswith("under "):
        return 0, int(said.split()[1]) - 1
    number = int(said)
    return max(RULES.fewest, number - RULES.base // 2), number + RULES.base // 2


def everything(shown: dict[str, Released]) -> Iterator[tuple[str, str, str, str]]:
    """Figure, line, number and share, as a page, a report and a file show them."""
    by_title = {(each.title, says): (each.key, name) for each in MEASURES for name, says in each.cells.items()}
    for key, one in shown.items():
        for name, cell in (one.cells or {}).items():
            yield key, name, cell.says, cell.share
    for part in contents(QUARTER, shown, {}, RULES).parts:
        for line in part.lines:
            yield (*by_title[part.title, line.says], line.number, line.share)
    for _group, title, says, number, share, _before in of_figures(QUARTER, shown, {}).rows:
        if says:
            yield (*by_title[title, says], number, share)


def worked_out(shown: dict[str, Released]) -> dict[Cell, Interval]:
    """Every line of every figure, those that are kept back too, as narrow as it can be made."""
    found: dict[Cell, Interval] = {(each.key, name): (0, MOST) for each in MEASURES for name in each.cells}
    shares: dict[Cell, Interval] = {}
    for key, name, number, share in everything(shown):
        found[key, name] = narrower(found[key, name], read_aloud(number))
        if per_cent := re.findall(r"\d+", share):
            shares[key, name] = int(per_cent[0]), int(per_cent[-1])
    same: dict[Key, list[str]] = defaultdict(list)
    for measure in MEASURES:
        same[measure.of].append(measure.key)
    for _ in range(ROUNDS):
        before = dict(found)
        for of, keys in same.items():
            share_out(found, of, keys, shares)
        if found == before:
            break
    return found


def share_out(found: dict[Cell, Interval], of: Key, keys: list[str], shares: dict[Cell, Interval]) -> None:
    """Tables of the same people have the same sum, and the line that these people are in another table."""
    parts = {key: [(key, name) for name in BY_KEY[key].cells] for key in keys}
    if isinstance(of, Together | Among):
        share_out_again(found, of, [each for cells in parts.values() for each in cells])
        return
    whole = (0, MOST * MOST)
    if of in found:
        whole = narrower(whole, found[of])  # type: ignore[index]
    for cells in parts.values():
        whole = narrower(whole, (sum(found[each][0] for each in cells), sum(found[each][1] for each in cells)))
    if of in found:
        found[of] = narrower(found[of], whole)  # type: ignore[index]
    for cells in parts.values():
        for each in cells:
            low = whole[0] - sum(found[other][1] for other in cells if other != each)
            high = whole[1] - sum(found[other][0] for other in cells if other != each)
            found[each] = narrower(found[each], (low, high))
            if each in shares:
                least, most = shares[each]
                found[each] = narrower(found[each], (least * whole[0] // 100, -(-most * whole[1] // 100)))


def share_out_again(found: dict[Cell, Interval], of: Together | Among, cells: list[Cell]) -> None:
    """Those of several lines of another table, all of them or some, stand once more in this one."""
    lines: list[Cell] = list(of.counts)  # type: ignore[arg-type]
    for ours, theirs, ours_are_fewer in ((cells, lines, True), (lines, cells, False)):
        for each in ours:
            rest = [found[other] for other in ours if other != each]
            low, high = 0, MOST
            if not (ours_are_fewer and isinstance(of, Among)):
                low = sum(found[other][0] for other in theirs) - sum(most for _, most in rest)
            if ours_are_fewer or isinstance(of, Together):
                high = sum(found[other][1] for other in theirs) - sum(least for least, _ in rest)
            found[each] = narrower(found[each], (low, high))


def narrower(one: Interval, other: Interval) -> Interval:
    return max(one[0], other[0]), min(one[1], other[1])


def given_back(true: dict[str, dict[str, int]], shown: dict[str, Released]) -> list[str]:
    """Every small count that is known to be narrower than its threshold leaves it."""
    lost = []
    for (key, name), (low, high) in worked_out(shown).items():
        number = true[key][name]
        assert low <= number <= high, f"the attacker is wrong about {key} {name}"
        if number < RULES.fewest and (low > 0 or high < RULES.fewest - 1):
            lost.append(f"{key} {name}: {number} is known to be {low} to {high}")
    return lost


@pytest.mark.parametrize("seed", range(12))
def test_no_small_count_can_be_got_back_from_pages_reports_and_files_together(seed: int) -> None:
    true = casework(Random(seed))
    assert given_back(true, published(true)) == []


def test_the_attacker_finds_what_careless_figures_give_away() -> None:
    """Otherwise the test above would prove nothing: each figure rounded by itself, and nothing kept back."""
    found = []
    for seed in range(12):
        true = casework(Random(seed))
        alone = [released([Counted(each.key, each.of, true[each.key])], RULES) for each in MEASURES]
        found += given_back(true, {key: one for several in alone for key, one in several.items()})
    assert len(found) > 5


def test_a_rate_of_the_comparison_tells_nothing_of_fewer_than_five() -> None:
    """Whether it was none or four, and whether it was all or all but four, the rate is the same."""
    for of in range(FEWEST_CASES, 60):
        assert len({rate(those, of) for those in range(RULES.fewest)}) == 1
        assert len({rate(of - those, of) for those in range(RULES.fewest)}) == 1


def test_what_is_shared_out_again_in_another_table_gives_nothing_back() -> None:
    """Of eight closed with help five had asked for an interpreter; of all who were reached some asked for one."""
    rules, closed = RULES, Table("closed", "closed", {"helped": 7, "declined": 2, "moved": 8})
    again = Table("again", ("closed", "helped"), {"language": 5, "none": 2})
    others = Table("others", Together((("closed", "declined"), ("closed", "moved"))), {"language": 7, "none": 3})
    assert publish([closed, again], rules)["again"] is None, "otherwise none is two at most"
    assert publish([closed, others], rules)["others"] is None, "otherwise who declined are no four"
    clock = Table("clock", "clock", {"kept": 24, "own": 3})
    for of_kept, told in ((10, True), (24, False)):
        some = Table("some", Among((("clock", "kept"), ("clock", "own"))), {"language": 3, "none": of_kept})
        assert (publish([clock, some], rules)["some"] is not None) is told
    assert publish([Table("alone", ("closed", "helped"), {"language": 5, "none": 2})], rules)["alone"] is not None
