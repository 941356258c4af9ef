"""What survivors in the demo said about being reached: some can be rung at this moment, some must not be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from random import Random

from portal.demo.households import Household
from portal.domain.contact import (
    Channel,
    SafeContact,
    SafeTimes,
    Said,
    SomebodyElse,
    Times,
    Way,
    Weekday,
    Window,
)

WEEK = frozenset(Weekday)
WORKDAYS = frozenset(list(Weekday)[:5])
MIDNIGHT = time.min
ANY_TIME = SafeTimes(Times.ANY_TIME)
PARTS_OF_THE_DAY = (
    Window(WEEK, time(9, 30), time(11, 30)),
    Window(WEEK, time(13), time(15)),
    Window(WEEK, time(18), time(20)),
)
LONGER_PARTS = (
    Window(WEEK, time(7), time(12)),
    Window(WEEK, time(10), time(16)),
    Window(WEEK, time(14), time(20)),
    Window(WEEK, time(19), MIDNIGHT),
)
Made = Callable[[Household, Random], SafeContact]


def any_time(home: Household, chance: Random) -> SafeContact:
    """The phone is the person's own."""
    return SafeContact(
        ways=(_safe(Channel.CALL, home.mobile, preferred=True), _safe(Channel.TEXT, home.mobile)),
        times=ANY_TIME,
        leave_message=chance.random() < 0.5,  # noqa: PLR2004
        say_who=True,
        withheld_ok=True,
    )


def school_hours(home: Household, chance: Random) -> SafeContact:
    """Alone at home while the children are at school."""
    return SafeContact(
        ways=(_safe(Channel.CALL, home.mobile), _unsafe(Channel.LETTER)),
        times=SafeTimes(Times.ONLY_THESE, (Window(WORKDAYS, time(9, 15), time(14, 45)),)),
        leave_message=False,
        say_who=False,
        withheld_ok=True,
        code_word=chance.choice(("bluebell", "marmalade", "bus pass", "reading group")),
        say_you_are=chance.choice(("the library", "the dentist", "the school office")),
        never=("letters", "the house phone"),
    )


def lunch_at_work(home: Household, chance: Random) -> SafeContact:
    """Only on some days, at work."""
    days = frozenset(chance.sample(list(Weekday)[:5], 3))
    return SafeContact(
        ways=(
            _safe(Channel.CALL, home.landline, preferred=True),
            _safe(Channel.EMAIL, home.email),
            _unsafe(Channel.TEXT),
        ),
        times=SafeTimes(
            Times.ONLY_THESE, (Window(days, time(12), time(14)), Window(days, time(16), time(17, 30)))
        ),
        leave_message=False,
        say_who=None,
        withheld_ok=None,
        notes="The number is where I work. Ask for me by first name.",
    )


def evenings(home: Household, _chance: Random) -> SafeContact:
    """When the other person is on shift."""
    days = frozenset({Weekday.TUE, Weekday.THU, Weekday.SAT})
    return SafeContact(
        ways=(_safe(Channel.CALL, home.mobile), _safe(Channel.TEXT, home.mobile)),
        times=SafeTimes(Times.ONLY_THESE, (Window(days, time(18), time(21)),)),
        leave_message=False,
        say_who=False,
        withheld_ok=False,
        reminders=frozenset({Channel.TEXT}),
    )


def through_a_friend(home: Household, _chance: Random) -> SafeContact:
    """The own phone is looked through."""
    return SafeContact(
        ways=(
            _unsafe(Channel.TEXT),
            Way(Channel.CALL, Said.SAFE, home.friends_number, preferred=True),
            _unsafe(Channel.LETTER),
        ),
        times=SafeTimes(Times.ONLY_THESE, (Window(WEEK, time(10), time(19)),)),
        leave_message=False,
        say_who=True,
        withheld_ok=True,
        somebody_else=SomebodyElse(home.friend, "friend", Channel.CALL, home.friends_number, may_know=True),
        never=(home.mobile,),
        notes="My own phone is looked at every evening.",
    )


def by_mail(home: Household, _chance: Random) -> SafeContact:
    """A mailbox that nobody else opens."""
    return SafeContact(
        ways=(
            _safe(Channel.EMAIL, home.email, preferred=True),
            _unsafe(Channel.CALL),
            _unsafe(Channel.VISIT),
        ),
        times=ANY_TIME,
        leave_message=None,
        say_who=False,
        reminders=frozenset({Channel.EMAIL}),
    )


def hours_not_asked(home: Household, _chance: Random) -> SafeContact:
    """A number and nothing about hours: office hours until somebody has asked."""
    return SafeContact(ways=(_safe(Channel.CALL, home.mobile),), leave_message=None, say_who=None)


def doorbell_seen(home: Household, _chance: Random) -> SafeContact:
    """A visit would be recorded: a risk stops it even though it was preferred (whg 2.1)."""
    risk = home.say("The doorbell has a camera that {he} can watch.")
    return SafeContact(
        ways=(
            Way(Channel.VISIT, Said.SAFE, home.address, preferred=True, risk=risk),
            _safe(Channel.CALL, home.mobile),
        ),
        times=ANY_TIME,
        leave_message=False,
        say_who=None,
        withheld_ok=True,
    )


def nothing_known(_home: Household, _chance: Random) -> SafeContact:
    """Somebody else told us, and could not say."""
    return SafeContact()


USUAL: tuple[Made, ...] = (
    any_time,
    school_hours,
    lunch_at_work,
    evenings,
    through_a_friend,
    by_mail,
    hours_not_asked,
    doorbell_seen,
)


def usual(home: Household, chance: Random) -> SafeContact:
    """One of the ways in which people can be reached."""
    safe = chance.choices(USUAL, (5, 4, 2, 3, 3, 2, 2, 2))[0](home, chance)
    return replace(safe, language=home.language, interpreter=True if home.language else None)


def safe_now(home: Household, now: datetime, chance: Random) -> SafeContact:
    """Can be rung at this moment, by what was said."""
    return replace(any_time(home, chance), times=_parts(LONGER_PARTS, now, inside=True) or ANY_TIME)


def unsafe_now(home: Household, now: datetime, chance: Random) -> SafeContact:
    """Must not be rung at this moment, by what was said."""
    times = _parts(PARTS_OF_THE_DAY, now, inside=False)
    return replace(school_hours(home, chance), times=times or SafeTimes(Times.ONLY_THESE))


def _parts(parts: tuple[Window, ...], now: datetime, *, inside: bool) -> SafeTimes | None:
    kept = [SafeTimes(Times.ONLY_THESE, (part,)) for part in parts]
    return next((times for times in kept if times.include(now) is inside), None)


def _safe(channel: Channel, detail: str, *, preferred: bool = False) -> Way:
    return Way(channel, Said.SAFE, detail, preferred)


def _unsafe(channel: Channel) -> Way:
    return Way(channel, Said.UNSAFE)
