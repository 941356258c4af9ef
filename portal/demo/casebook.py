"""Stories of cases in which the person has been reached, or the work is done."""

from datetime import datetime

from portal.cases import stages
from portal.demo import casework, risks, safe_ways, telling
from portal.demo.desk import Desk
from portal.demo.moments import DAY, HOUR, MINUTE, in_office
from portal.demo.steps import OLDEST, Story, met, noted, opened, own_words, told_days_ago, tried, worked
from portal.demo.steps import closed as closed_case
from portal.domain.benchmark import READY_AFTER
from portal.domain.contact import Channel, SafeContact, guard
from portal.domain.figures import quarters
from portal.referrals import service as referrals

LONG_AGO = 55  # days: what begins so early has come to its end, whatever chance puts in between


def reached(desk: Desk) -> Story:
    """Reached, and the work goes on."""
    home = desk.homes.household()
    yield told_days_ago(desk, 2, OLDEST)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield from risks.again(desk, case_id, officer)


def reached_late(desk: Desk) -> Story:
    """Reached days after the time that the policy gives."""
    home = desk.homes.household()
    yield told_days_ago(desk, 9, 60)
    case_id, officer = yield from opened(desk, home, own_words(desk, home))
    for _ in range(2):
        yield desk.now + DAY
        yield from tried(desk, case_id, home, officer)
    yield desk.now + 2 * DAY
    yield from met(desk, case_id, home, officer)


def made_safe(desk: Desk) -> Story:
    """A home that was made safe the same day or the next."""
    home = desk.homes.household()
    yield told_days_ago(desk, 4, 60)
    told = telling.unsafe_home(home, desk.version.policy, desk.chance)
    case_id, officer = yield from opened(desk, home, told)
    yield from met(desk, case_id, home, officer)
    yield desk.soon(60, 400)
    desk.make_safe(case_id, home, officer)


def life_was_in_danger(desk: Desk) -> Story:
    """A threat to life, answered within minutes."""
    home = desk.homes.household(woman=True, tie="parted")
    yield in_office(told_days_ago(desk, 5, 40), desk.version.calendar)
    report_id = desk.hear(telling.threat_to_life(home, desk.version.policy, desk.chance, desk.now))
    yield desk.now + 4 * MINUTE
    case_id = desk.open_case(report_id, by=desk.team.senior)
    officer = desk.give(case_id, home)
    yield desk.now + 3 * MINUTE
    desk.reach(case_id, home, officer)
    yield from noted(desk, case_id, home, officer)


def told_by_somebody_else(desk: Desk) -> Story:
    """Somebody else told us; where no safe way is known, the case waits for one."""
    home = desk.homes.household(woman=True)
    yield told_days_ago(desk, 1, 40)
    yield from worked(desk, home, telling.by_somebody_else(home, desk.version.policy, desk.chance))


def seen_by_a_colleague(desk: Desk) -> Story:
    """A concern card that became a case."""
    home = desk.homes.household(woman=True)
    yield told_days_ago(desk, 1, 30)
    case_id, officer = yield from opened(desk, home, telling.concern_card(home, desk.chance))
    yield from met(desk, case_id, home, officer)
    yield from noted(desk, case_id, home, officer)


def told_at_the_desk(desk: Desk) -> Story:
    """Told by telephone, typed in later and dated back to when it was said."""
    home, officer = desk.homes.household(), desk.chance.choice(desk.team.officers)
    told_at = in_office(told_days_ago(desk, 2, 45), desk.version.calendar)
    yield told_at + desk.chance.randint(30, 200) * MINUTE
    told = telling.by_telephone(home, desk.version.policy, desk.chance)
    report_id = desk.hear(told, by=officer, reached_us_at=told_at)
    yield desk.now + 2 * MINUTE
    case_id = desk.open_case(report_id, by=officer)
    officer = desk.give(case_id, home)
    yield from met(desk, case_id, home, officer)


def reached_in_spite(desk: Desk) -> Story:
    """A senior overrode the guard for a reason that is on record."""
    home = desk.homes.household(woman=True)
    yield told_days_ago(desk, 3, 50)
    safe = safe_ways.school_hours(home, desk.chance)
    told = telling.own_report(home, desk.version.policy, desk.chance, safe)
    case_id, officer = yield from opened(desk, home, told)
    yield _unsafe_moment(desk, safe)
    desk.reach_in_spite(case_id, home)
    yield from noted(desk, case_id, home, officer)


def waits(desk: Desk) -> Story:
    """Reached, and now it waits for somebody else: begun so long ago that it comes to that before today."""
    home = desk.homes.household()
    yield told_days_ago(desk, 24, 40)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield min(desk.soon(30, 400), desk.today - HOUR)
    until = in_office(desk.today + desk.chance.randint(-1, 9) * DAY, desk.version.calendar)
    whom = desk.chance.choice(casework.WAITING_FOR)
    stages.wait_for(desk.session, case_id, whom, until, officer, desk.now)


def closed(desk: Desk) -> Story:
    """Done, with the reason."""
    yield from closed_case(desk, desk.homes.household())


def compared(desk: Desk) -> Story:
    """Done, and begun in the last weeks of the newest quarter that landlords compare."""
    quarter = next(each for each in quarters(desk.today) if each.ends + READY_AFTER <= desk.today)
    begins = quarter.ends - desk.chance.randint(9, 24) * DAY - desk.chance.randint(7, 14) * HOUR
    yield from closed_case(desk, desk.homes.household(), begins=begins)


def opened_again(desk: Desk) -> Story:
    """Closed, and opened again by the officer after a call."""
    home = desk.homes.household()
    case_id, officer = yield from closed_case(desk, home, LONG_AGO)
    yield min(desk.soon(2000, 9000), desk.today - 2 * HOUR)
    why = home.say("{She} rang. It is not over, and {she} wants to go on with us.")
    stages.reopen(desk.session, case_id, why, officer, desk.now)
    yield from noted(desk, case_id, home, officer)


def came_back(desk: Desk) -> Story:
    """A second report joined the closed case, which opened again with a new clock."""
    home = desk.homes.household()
    case_id, officer = yield from closed_case(desk, home, LONG_AGO)
    yield max(desk.now + DAY, told_days_ago(desk, 4, 9))
    report_id = desk.hear(telling.again(home, desk.version.policy, desk.chance))
    yield desk.soon(15, 90)
    word = desk.word(home)
    referrals.join_case(desk.session, report_id, case_id, officer, desk.now, newer_contact=True, word=word)
    yield from tried(desk, case_id, home, officer)


def _unsafe_moment(desk: Desk, safe: SafeContact) -> datetime:
    """The next moment at which a call is not safe."""
    moment = desk.soon(20, 90)
    while guard(safe, Channel.CALL, moment).allowed:
        moment += 20 * MINUTE
    return moment
