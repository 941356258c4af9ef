"""Stories of reports that wait to be read, or that went another way."""

from dataclasses import replace

from portal.demo import casework, safe_ways, telling
from portal.demo.desk import Desk
from portal.demo.moments import HOUR, MINUTE
from portal.demo.steps import OLDEST, Story, opened, own_words, told_days_ago
from portal.domain.intake import Answers, Relation
from portal.referrals import service as referrals


def waits_to_be_read(desk: Desk) -> Story:
    """Came in within the last hours and nobody has opened it."""
    home, chance = desk.homes.household(), desk.chance
    how = chance.choice((safe_ways.safe_now, safe_ways.unsafe_now))
    told = telling.own_report(home, desk.version.policy, chance, how(home, desk.today, chance))
    yield from _minutes_ago(desk, told, chance.randint(4, 16 * 60))


def life_in_danger(desk: Desk) -> Story:
    """Came in minutes ago and cannot wait."""
    home = desk.homes.household(woman=True, tie="parted")
    told = telling.threat_to_life(home, desk.version.policy, desk.chance, desk.today)
    yield from _minutes_ago(desk, told, desk.chance.randint(6, 22))


def somebody_else_told(desk: Desk) -> Story:
    """Told by somebody else, today."""
    home = desk.homes.household(woman=True)
    told = telling.by_somebody_else(home, desk.version.policy, desk.chance)
    yield from _minutes_ago(desk, told, desk.chance.randint(30, 900))


def card_handed_in(desk: Desk) -> Story:
    """A concern card from somebody who works here, today."""
    home = desk.homes.household(woman=True)
    yield from _minutes_ago(desk, telling.concern_card(home, desk.chance), desk.chance.randint(20, 600))


def colleague(desk: Desk) -> Story:
    """About somebody who works here: kept out of the caseworkers' list."""
    home = desk.homes.household(age=desk.chance.randint(24, 58))
    told = replace(own_words(desk, home), relation=Relation.EMPLOYEE, works_here=True)
    yield from _minutes_ago(desk, told, desk.chance.randint(60, 700))


def child_waits(desk: Desk) -> Story:
    """Under 16, came in today."""
    home = desk.homes.household(age=desk.chance.randint(12, 15), tie="elders")
    told = telling.a_child(home, desk.version.policy, desk.chance)
    yield from _minutes_ago(desk, told, desk.chance.randint(15, 240))


def child_sent_on(desk: Desk) -> Story:
    """Under 16: children's services were told the same day."""
    home = desk.homes.household(age=desk.chance.randint(11, 15), tie="elders")
    told = telling.a_child(home, desk.version.policy, desk.chance)
    words = "Rang the duty line and sent the form. They ring the school back today."
    yield from _sent_on(desk, told, "children_services", words)


def leaseholder_waits(desk: Desk) -> Story:
    """Owns the home, came in today."""
    home = desk.homes.household()
    told = replace(own_words(desk, home), relation=Relation.LEASEHOLDER)
    yield from _minutes_ago(desk, told, desk.chance.randint(60, 500))


def leaseholder_sent_on(desk: Desk) -> Story:
    """Owns the home: helped to reach the council as well."""
    home = desk.homes.household()
    told = replace(own_words(desk, home), relation=Relation.LEASEHOLDER)
    words = "Spoke with the council's team and gave them the safe number, as agreed."
    yield from _sent_on(desk, told, "council", words)


def told_twice(desk: Desk) -> Story:
    """A case is open already, and the same person asks again today: the two look alike."""
    home = desk.homes.household()
    yield told_days_ago(desk, 4, 30)
    case_id, officer = yield from opened(desk, home, own_words(desk, home))
    if moment := desk.safe_moment(case_id, desk.now + HOUR):
        yield min(moment, desk.today - 6 * HOUR)
        desk.reach(case_id, home, officer)
    yield desk.today - desk.chance.randint(20, 300) * MINUTE
    desk.hear(telling.again(home, desk.version.policy, desk.chance))


def set_aside(desk: Desk) -> Story:
    """Looked at by a senior and set aside, with the reason; it stays readable."""
    home = desk.homes.household()
    yield told_days_ago(desk, 3, OLDEST)
    report_id = desk.hear(own_words(desk, home))
    yield desk.soon(20, 180)
    reason = desk.chance.choice(casework.SET_ASIDE)
    referrals.set_aside(desk.session, report_id, reason, desk.team.senior, desk.now)


def _minutes_ago(desk: Desk, told: Answers, minutes: int) -> Story:
    yield desk.today - minutes * MINUTE
    desk.hear(told)


def _sent_on(desk: Desk, told: Answers, whom: str, words: str) -> Story:
    yield told_days_ago(desk, 2, OLDEST)
    report_id = desk.hear(told)
    yield desk.soon(10, 90)
    officer = desk.chance.choice(desk.team.officers)
    referrals.send_on(desk.session, report_id, whom, words, officer, desk.now)
