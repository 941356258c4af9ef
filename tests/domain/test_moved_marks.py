"""What is proposed for each mark once somebody has moved: a mark stands where whoever it is about is."""

from datetime import date

import pytest

from portal.domain.flags import About
from portal.domain.moved_marks import Fate, Home, Mover, Standing, fates, looked_at_again, proposed

HOME = "3 Example Close, Bury BL1 1AA"


@pytest.mark.parametrize(
    ("about", "where", "movers", "there", "fate"),
    [
        (About.SURVIVOR, HOME, {Mover.THEY}, True, Fate.GOES),
        (About.SURVIVOR, "", {Mover.THEY}, None, Fate.GOES),
        (About.SURVIVOR, HOME, {Mover.OTHER}, True, Fate.STAYS),
        (About.OTHER, HOME, {Mover.THEY}, True, Fate.STAYS),
        (About.OTHER, HOME, {Mover.THEY}, None, Fate.STAYS),
        (About.OTHER, HOME, {Mover.THEY}, False, Fate.OFF),
        (About.OTHER, HOME, {Mover.OTHER}, True, Fate.OFF),
        (About.OTHER, "9 Other Road, Bury BL1 1AB", {Mover.OTHER}, True, Fate.STAYS),
        (About.ADDRESS, HOME, {Mover.THEY}, True, Fate.STAYS),
        (About.ADDRESS, HOME, {Mover.THEY}, None, Fate.STAYS),
        (About.ADDRESS, HOME, {Mover.THEY}, False, Fate.ENDS),
        (About.ADDRESS, HOME, set(Mover), True, Fate.ENDS),
    ],
)
def test_a_mark_is_proposed_to_be_where_whoever_it_is_about_lives(
    about: About, where: str, movers: set[Mover], there: bool | None, fate: Fate
) -> None:
    mark = Standing(about, where)
    found = proposed(mark, movers, Home(HOME, there))
    assert found.fate is fate
    assert found.why
    assert fate in fates(mark, movers), "what is proposed can be chosen"


def test_a_mark_on_somebody_who_fled_never_stays_and_no_other_mark_goes_to_the_new_home() -> None:
    assert Fate.STAYS not in fates(Standing(About.SURVIVOR, HOME), {Mover.THEY})
    for about in (About.OTHER, About.ADDRESS):
        assert Fate.GOES not in fates(Standing(about, HOME), set(Mover))


def test_what_outlives_a_move_is_looked_at_again_within_four_weeks_and_never_in_the_past() -> None:
    today = date(2026, 2, 2)
    assert looked_at_again(date(2026, 2, 9), today) == date(2026, 2, 9)
    assert looked_at_again(date(2026, 6, 1), today) == date(2026, 3, 2)
    assert looked_at_again(date(2026, 1, 1), today) == date(2026, 3, 2)
