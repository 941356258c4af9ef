"""Stories of cases whose clock still runs: due soon, overdue, moved by the survivor, or without a time."""

from datetime import datetime, timedelta

from portal.cases import service as cases
from portal.demo import casework, safe_ways, telling
from portal.demo.desk import Desk
from portal.demo.moments import HOUR, MINUTE, started_to_be_due
from portal.demo.steps import Story, opened, own_words, told_days_ago, tried
from portal.domain.clock import due
from portal.domain.policy import DISCLOSURE, UNSAFE_DAMAGE

WITHIN_THE_DAY = 8 * HOUR
TRIES = 6


def unassigned(desk: Desk) -> Story:
    """Opened, and given to nobody yet."""
    home = desk.homes.household()
    yield desk.today - desk.chance.randint(3, 40) * HOUR
    report_id = desk.hear(own_words(desk, home))
    yield min(desk.soon(20, 90), desk.today - MINUTE)
    desk.open_case(report_id)


def told_lately(desk: Desk) -> Story:
    """Told yesterday or today; tried or not, not reached yet."""
    yield from _not_reached(desk, 0, 1)


def overdue_for_days(desk: Desk) -> Story:
    """Told days ago, tried, not reached."""
    yield from _not_reached(desk, 3, 6)


def due_today(desk: Desk) -> Story:
    """Due within the day by the policy's own clock, if a day ends so; not safe to ring at this moment."""
    home = desk.homes.household()
    safe = safe_ways.unsafe_now(home, desk.today, desk.chance)
    told = telling.own_report(home, desk.version.policy, desk.chance, safe)
    yield _told_to_be_due(desk, DISCLOSURE, desk.today + WITHIN_THE_DAY)
    case_id, officer = yield from opened(desk, home, told)
    yield from tried(desk, case_id, home, officer)


def repair_due_in_an_hour(desk: Desk) -> Story:
    """A home to be made safe within the hour, where the policy counts hours."""
    yield from _repair(desk, desk.today + 58 * MINUTE)


def repair_overdue_by_minutes(desk: Desk) -> Story:
    """A home that ought to have been made safe a few minutes ago, where the policy counts hours."""
    yield from _repair(desk, desk.today - desk.chance.randint(4, 50) * MINUTE)


def repair_without_a_time(desk: Desk) -> Story:
    """A home to be made safe; the policy gives no hours. Told before the last days on which nobody was at a desk."""
    home = desk.homes.household()
    yield told_days_ago(desk, 6, 8)
    case_id, officer = yield from opened(
        desk, home, telling.unsafe_home(home, desk.version.policy, desk.chance)
    )
    yield from tried(desk, case_id, home, officer)


def time_within_the_hour(desk: Desk) -> Story:
    """Asked to be rung within the next hour."""
    yield from _own_time(desk, 56 * MINUTE)


def time_just_missed(desk: Desk) -> Story:
    """Asked to be rung a quarter of an hour ago."""
    yield from _own_time(desk, -14 * MINUTE)


def time_in_days(desk: Desk) -> Story:
    """Asked to be rung later in the week."""
    yield from _own_time(desk, desk.chance.randint(30, 90) * HOUR)


def _not_reached(desk: Desk, newest: int, oldest: int) -> Story:
    home = desk.homes.household()
    yield told_days_ago(desk, newest, oldest)
    case_id, officer = yield from opened(desk, home, own_words(desk, home))
    for _ in range(desk.chance.choice((0, 1, 1, 2, 3))):
        yield from tried(desk, case_id, home, officer)


def _repair(desk: Desk, due_at: datetime) -> Story:
    home = desk.homes.household()
    yield _told_to_be_due(desk, UNSAFE_DAMAGE, due_at)
    told = telling.unsafe_home(home, desk.version.policy, desk.chance)
    case_id, officer = yield from opened(desk, home, told, latest=desk.today - HOUR)
    yield from tried(desk, case_id, home, officer)


def _own_time(desk: Desk, after: timedelta) -> Story:
    """The survivor has set the time; the policy's own stays on record (HS-026 4.3; NPH)."""
    home = desk.homes.household()
    safe = safe_ways.safe_now(home, desk.today, desk.chance)
    told = telling.own_report(home, desk.version.policy, desk.chance, safe)
    yield told_days_ago(desk, 1, 2)
    case_id, officer = yield from opened(desk, home, told, latest=desk.today - 3 * HOUR)
    yield min(desk.soon(10, 60), desk.today - 2 * HOUR)
    clock, wish = desk.running(case_id), desk.today + after
    sooner = clock.policy_due_at is not None and wish < clock.policy_due_at
    words = home.say(desk.chance.choice(casework.AGREED_EARLIER if sooner else casework.AGREED_LATER))
    cases.agree_time(desk.session, case_id, clock.id, wish, words, officer, desk.now)


def _told_to_be_due(desk: Desk, event: str, wanted: datetime) -> datetime:
    """When the report must have come to be due by then: not always at the last possible minute."""
    rule, calendar = desk.version.policy.clock(event).rule(), desk.version.calendar
    last = started_to_be_due(rule, wanted, calendar, no_later_than=desk.today - 5 * MINUTE)
    as_planned = due(rule, last, calendar)
    earlier = [last - desk.chance.randint(1, 10 * 60) * MINUTE for _ in range(TRIES)]
    return next((at for at in earlier if due(rule, at, calendar) == as_planned), last)
