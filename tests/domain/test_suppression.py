"""Disclosure control: whoever has everything that was published finds nobody in it. The tests play that attacker."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.suppression import (
    Bounds,
    Key,
    Rules,
    Shown,
    Sum,
    Table,
    TangledError,
    UnfitRulesError,
    attack,
    middle,
    publish,
    share,
    shown,
    together,
    total,
)

RULES = Rules()
SMALL = set(range(RULES.fewest))
Cells = Mapping[Key, Shown]
count = st.integers(0, 16)


def could_be(cells: Cells) -> Iterator[tuple[int, ...]]:
    """Every way in which a published table could be filled in."""
    highs = (one.bounds.high for one in cells.values())
    return product(*(range(one.bounds.low, (high or 0) + 1) for one, high in zip(cells.values(), highs, strict=True)))


@given(st.lists(count, min_size=1, max_size=4), st.lists(count, min_size=2, max_size=3), count)
def test_no_small_count_is_narrowed_by_other_tables_about_the_same_people(
    ages: list[int], risks: list[int], rest: int
) -> None:
    """How many there are, by age and by risk: all three have one total, and each tells of the others.

    The attacker takes every number that each table could hold, and keeps what fits the two others.
    """
    lacking = sum(ages) - sum(risks)
    ages, risks = (ages, [*risks, lacking]) if lacking >= 0 else ([*ages, -lacking], risks)
    tables = [
        Table("how many", "cases", {"all": sum(ages)}),
        Table("by age", "cases", dict(enumerate(ages))),
        Table("by risk", "cases", dict(enumerate(risks))),
    ]
    published = {name: cells for name, cells in publish(tables, RULES).items() if cells}
    sums = {name: {sum(world) for world in could_be(cells)} for name, cells in published.items()}
    people = set.intersection(*sums.values())
    for name, cells in published.items():
        for place, one in enumerate(cells.values()):
            if one.value is None:
                left = {world[place] for world in could_be(cells) if sum(world) in people}
                assert left == SMALL, f"{name} of {ages} and {risks}: cell {place} is one of {left}"


@given(*(st.integers(0, 14) for _ in range(5)), st.data())
def test_two_packs_in_a_row_and_what_moved_between_them_give_nothing_back(
    before: int, opened: int, again: int, opened_later: int, again_later: int, data: st.DataObject
) -> None:
    """Before, opened, opened again, closed, after; and the same for the next quarter, which begins where it ended."""
    closed = data.draw(st.integers(0, before + opened + again))
    middle_ = before + opened + again - closed
    closed_later = data.draw(st.integers(0, middle_ + opened_later + again_later))
    after = middle_ + opened_later + again_later - closed_later
    counts = {
        "before": before, "opened": opened, "again": again, "closed": closed, "middle": middle_,
        "opened later": opened_later, "again later": again_later, "closed later": closed_later, "after": after,
    }  # fmt: skip
    also = [
        Sum(("before", "opened", "again"), ("closed", "middle")),
        Sum(("middle", "opened later", "again later"), ("closed later", "after")),
    ]
    published = publish([Table(of, of, {"all": number}) for of, number in counts.items()], RULES, also=also)
    boxes = {of: cells["all"].bounds for of, cells in published.items() if cells}
    small = [of for of, bounds in boxes.items() if bounds.low == 0]
    for of in small:
        assert _integers(of, boxes, also) == SMALL, f"{of} of {counts}"


def _integers(of: str, boxes: dict[str, Bounds], also: list[Sum]) -> set[int]:
    """Which values one count can take, both equations kept: worked out by sets of sums, without the module."""
    found = set()
    for value in range(RULES.fewest):
        ranges = {key: (b.low, b.high) for key, b in boxes.items()} | {of: (value, value)}
        first, second = (_middles(each, ranges, at) for each, at in zip(also, (1, 0), strict=True))
        middles = range(*_span(ranges.get("middle", (0, None))))
        if set(middles) & first & second:
            found.add(value)
    return found


def _middles(each: Sum, ranges: dict[str, tuple[int, int | None]], side: int) -> set[int]:
    """What the count in the middle can be by one equation: every whole number between the extremes."""
    own, other = (each.those, each.these) if side == 1 else (each.these, each.those)
    low = high = 0
    for keys, sign in ((other, 1), (own, -1)):
        for key in keys:
            if key != "middle":
                least, most = ranges.get(str(key), (0, None))
                most = 10_000 if most is None else most
                low, high = (low + least, high + most) if sign == 1 else (low - most, high - least)
    return set(range(max(low, 0), min(high, 200) + 1))


def _span(bounds: tuple[int, int | None]) -> tuple[int, int]:
    return bounds[0], (200 if bounds[1] is None else bounds[1]) + 1


def test_even_knowing_these_rules_nobody_tells_one_small_count_from_another() -> None:
    """The hardest attacker has the program: he makes every world, and sorts them by what would be published of each."""
    same: dict[tuple[str, ...], list[tuple[int, ...]]] = defaultdict(list)
    for one, other, first in product(range(13), repeat=3):
        if first <= one + other:
            tables = [
                Table("how many", "cases", {"all": one + other}),
                Table("by age", "cases", {"young": one, "old": other}),
                Table("by risk", "cases", {"high": first, "other": one + other - first}),
            ]
            said = [
                str(each and [cell.say() for cell in each.values()]) for each in publish(tables, RULES).values()
            ]
            same[tuple(said)].append((one + other, one, other, first, one + other - first))
    for said, found in same.items():
        for place, table in enumerate((0, 1, 1, 2, 2)):
            left = {world[place] for world in found}
            if left & SMALL and said[table] != "None":
                assert len(left) > 2, f"{said} says that count {place} is one of {left}"


@given(st.lists(st.integers(0, 20), min_size=4, max_size=4))
def test_a_longer_period_or_a_sum_over_landlords_is_worked_out_from_what_is_published_alone(cells: list[int]) -> None:
    """A year is not counted anew beside its quarters: taking three of them away leaves what the fourth said already."""
    quarters = [shown(each, RULES) for each in cells]
    year = together(*quarters)
    assert sum(cells) in year
    known: dict[Key, Bounds] = {number: each.bounds for number, each in enumerate(quarters)} | {"year": year}
    after = attack(known, [total("year", *range(4))])
    assert all(after[number] == each.bounds for number, each in enumerate(quarters))


@given(st.integers(0, 40), st.integers(1, 4))
def test_today_and_tomorrow_or_with_a_filter_and_without_give_no_small_number_back(number: int, more: int) -> None:
    """Whoever takes one from the other is left with at least four numbers, and cannot tell which is true."""
    first, second = shown(number, RULES).bounds, shown(number + more, RULES).bounds
    assert first.high is not None
    assert second.high is not None
    left = {two - one for one in range(first.low, first.high + 1) for two in range(second.low, second.high + 1)}
    assert len({each for each in left if each >= 0}) > 2
    assert more in left


@pytest.mark.parametrize("number", range(5))
def test_a_count_of_two_shows_as_fewer_than_five_and_so_does_none(number: int) -> None:
    assert shown(number, RULES).say() == "under 5"


def test_other_counts_are_rounded_to_the_nearest_multiple() -> None:
    assert [shown(each, RULES).value for each in (5, 7, 8, 12, 13, 100)] == [5, 5, 10, 10, 15, 100]
    assert [shown(each, Rules(10, 10)).say() for each in (9, 10, 14, 15)] == ["under 10", "10", "10", "20"]


def test_a_table_that_would_give_a_small_count_back_is_kept_back_whole() -> None:
    """30 in all, and 10, 10 and few of them: that there are few could then only be four."""
    how_many = Table("how many", "cases", {"all": 28})
    by_risk = Table("by risk", "cases", {"high": 12, "medium": 12, "standard": 4})
    published = publish([how_many, by_risk], RULES)
    assert published["how many"] is not None
    assert published["by risk"] is None
    assert publish([by_risk], RULES)["by risk"] is not None


def test_tables_with_totals_on_both_sides_are_refused() -> None:
    """What they give back cannot be worked out with certainty, so they are not published at all."""
    cells = {"a": 9, "b": 9}
    rows = [Table("up", "up", cells), Table("down", "down", cells)]
    columns = [total("left", ("up", "a"), ("down", "a")), total("right", ("up", "b"), ("down", "b"))]
    with pytest.raises(TangledError):
        publish(rows, RULES, also=columns)


@pytest.mark.parametrize(("fewest", "base"), [(2, 5), (4, 5), (5, 11), (5, 1)])
def test_rules_that_would_show_somebody_are_refused(fewest: int, base: int) -> None:
    with pytest.raises(UnfitRulesError):
        Rules(fewest, base)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=4))
def test_a_share_is_worked_out_from_published_counts_and_of_enough_people(cells: list[int]) -> None:
    several = [shown(each, RULES) for each in cells]
    whole = together(*several)
    found = share(several[0], whole, RULES)
    assert (found is None) == (whole.low < 10)
    if found:
        assert found.low <= 100 * cells[0] / sum(cells) <= (found.high or 0)


def test_a_median_is_nobodys_own_and_of_enough_people() -> None:
    assert middle(1.0, 9, RULES, 0.5) is None
    assert middle(5.55, 10, RULES, 0.5) == 5.5


def test_tables_that_contradict_each_other_are_kept_back_and_nobody_waits_for_ever() -> None:
    """Something was counted amiss, such as a clock without its report: the second table is not published."""
    tables = [Table("how many", "cases", {"all": 40}), Table("by age", "cases", {"young": 200, "old": 3})]
    published = publish(tables, RULES)
    assert published["how many"] is not None
    assert published["by age"] is None
