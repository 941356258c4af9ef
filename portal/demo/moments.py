"""When things happen in the demo: people ask for help at all hours, officers answer in theirs."""

from datetime import datetime, time, timedelta
from random import Random

from portal.domain.calendar import WorkingCalendar, at_wall_clock, in_london
from portal.domain.clock import ClockRule, due

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HOURS_OF_ASKING = (7, 8, 9, 9, 10, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23, 2)
FARTHEST_BACK = 21


def some_day(days_ago: int, now: datetime, chance: Random) -> datetime:
    """A moment that many days ago, at an hour at which people find the time; never in the future."""
    day = in_london(now).date() - timedelta(days=days_ago)
    at = at_wall_clock(day, time(chance.choice(HOURS_OF_ASKING), chance.randrange(60)))
    return min(at, now - 2 * MINUTE)


def in_office(after: datetime, calendar: WorkingCalendar) -> datetime:
    """The first moment from this one on at which somebody sits at a desk."""
    for day in calendar.working_days_from(in_london(after).date()):
        opens, closes = calendar.office_hours(day)
        if after < closes:
            return max(after, opens)
    raise AssertionError  # working days never end


def started_to_be_due(
    rule: ClockRule, wanted: datetime, calendar: WorkingCalendar, *, no_later_than: datetime
) -> datetime:
    """The latest start, by the minute, whose due time is not after the wanted one; the rule must have a time."""
    late, early = min(wanted, no_later_than), wanted - FARTHEST_BACK * DAY
    while late - early > MINUTE:
        middle = early + (late - early) / 2
        made_due = due(rule, middle, calendar)
        early, late = (middle, late) if made_due and made_due.at <= wanted else (early, middle)
    return early
