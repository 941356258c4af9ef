"""The score of a casework review counts what applied, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.casework_review import ITEMS, Item, Mark, score

MARKS = st.fixed_dictionaries({item: st.sampled_from(Mark) for item in Item})


def test_every_item_has_its_words() -> None:
    assert set(ITEMS) == set(Item)


def test_half_met_is_half() -> None:
    marks = dict.fromkeys(Item, Mark.NOT_ASKED)
    assert score(marks) is None
    assert score(marks | {Item.RISK: Mark.MET}) == 100
    assert score(marks | {Item.RISK: Mark.MET, Item.PLAN: Mark.NOT_MET}) == 50
    assert score(marks | {Item.RISK: Mark.PARTLY}) == 50


@given(marks=MARKS, item=st.sampled_from(Item))
def test_meeting_more_never_lowers_it_and_what_does_not_apply_never_counts(
    marks: dict[Item, Mark], item: Item
) -> None:
    better, worse = score(marks | {item: Mark.MET}), score(marks | {item: Mark.NOT_MET})
    assert better is not None
    assert worse is not None
    assert 0 <= worse <= better <= 100
    without = {key: mark for key, mark in marks.items() if mark is not Mark.NOT_ASKED}
    assert score(without) == score(marks)
