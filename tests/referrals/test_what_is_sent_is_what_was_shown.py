"""What she ticked is what the officer has: nothing that she reads through is lost on the way, and nothing is added."""

from collections.abc import Callable

from portal.domain.contact import Channel, Times
from portal.domain.contact.record import Said
from tests.referrals.conftest import BY_PHONE, REACHED, Desk, Visitor

Visitors, Desks = Callable[[str], Visitor], Callable[[str], Desk]
MONDAYS = {"days": ["mon"], "start": "10:00", "end": "12:00"}


def test_hours_that_she_ticked_are_hers_though_the_answer_above_them_was_not(visitor: Visitors, desk: Desks) -> None:
    """On an old phone all boxes stand there from the start."""
    her = visitor("havebury")
    page = her.tell(**REACHED, **{"When to reach you": MONDAYS})
    assert "Monday" in page.text
    her.send()
    times = desk("havebury").newest()[1].safe_contact.times
    assert times.said is Times.ONLY_THESE
    assert len(times.windows) == 1


def test_hours_without_an_end_are_asked_for_and_not_passed_over(visitor: Visitors) -> None:
    her = visitor("havebury")
    her.begin()
    while her.heading != "When to reach you":
        her.answer(**(BY_PHONE if her.heading == "How to reach you" else {}))
    assert "Choose when the safe time ends." in her.answer(days=["mon"], start="10:00", status=422).text


def test_any_time_means_any_time_and_no_hours_are_shown_beside_it(visitor: Visitors, desk: Desks) -> None:
    her = visitor("havebury")
    page = her.tell(**REACHED, **{"When to reach you": MONDAYS | {"times": "any_time"}})
    assert "Monday" not in page.text
    her.send()
    assert desk("havebury").newest()[1].safe_contact.times.said is Times.ANY_TIME


def test_what_somebody_could_see_is_unsafe_though_she_chose_another_way(visitor: Visitors, desk: Desks) -> None:
    her = visitor("havebury")
    her.tell(**{"About right now": {}, "How to reach you": BY_PHONE | {"watched": ["text", "letter"]}})
    her.send()
    safe = desk("havebury").newest()[1].safe_contact
    assert safe.way(Channel.CALL).said is Said.SAFE
    assert {safe.way(each).said for each in (Channel.TEXT, Channel.LETTER)} == {Said.UNSAFE}


def test_whoever_tells_of_somebody_else_is_promised_what_the_policy_promises_them(visitor: Visitors) -> None:
    them = visitor("whg")
    them.tell("someone", **{"Who it is about": {"person": "Somebody"}})
    page = them.send()
    assert "in the way that is safest for you" not in page.text
