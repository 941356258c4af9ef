"""What happens in many stories: a report is opened, somebody tries, somebody is reached, a case is closed.

A story is a generator: it yields the moment at which it goes on, and then acts at that moment.
"""

from collections.abc import Generator
from datetime import datetime
from uuid import UUID

from portal.cases.closing.service import Closing, Residual, ToldHow, close
from portal.demo import casework, risks, telling
from portal.demo.desk import Desk
from portal.demo.grave import answered
from portal.demo.households import Household
from portal.demo.moments import some_day
from portal.domain.intake import Answers
from portal.domain.lifecycle import CloseReason
from portal.store.audit import Actor

Story = Generator[datetime, None, None]
Opened = Generator[datetime, None, tuple[UUID, Actor]]
OLDEST = 75
TOLD_OF_HELP = 0.6


def told_days_ago(desk: Desk, newest: int, oldest: int) -> datetime:
    """Some moment between so many days ago."""
    return some_day(desk.chance.randint(newest, oldest), desk.today, desk.chance)


def own_words(desk: Desk, home: Household) -> Answers:
    """An ordinary report for oneself."""
    return telling.own_report(home, desk.version.policy, desk.chance)


def opened(desk: Desk, home: Household, told: Answers, *, latest: datetime | None = None) -> Opened:
    """The report comes in now; a case is made of it in office hours, or at the latest moment, and assigned."""
    report_id = desk.hear(told)
    soon = desk.soon(15, 150)
    yield min(soon, latest) if latest else soon
    case_id = desk.open_case(report_id)
    return case_id, desk.give(case_id, home)


def tried(desk: Desk, case_id: UUID, home: Household, officer: Actor) -> Story:
    """An attempt at a safe moment that does not reach the person."""
    moment = desk.safe_moment(case_id, desk.soon(10, 240))
    if moment:
        yield moment
        desk.try_to_reach(case_id, home, officer)


def met(desk: Desk, case_id: UUID, home: Household, officer: Actor) -> Story:
    """The person is reached at a safe moment; without a safe way, somebody first has to ask for one."""
    if desk.channel(desk.safe_contact(case_id)) is None:
        yield desk.soon(100, 900)
        desk.ask_how(case_id, home, officer)
    moment = desk.safe_moment(case_id, desk.soon(5, 60))
    if moment:
        yield moment
        desk.arrange(case_id, officer)
        desk.reach(case_id, home, officer)
        if desk.chance.random() < TOLD_OF_HELP:
            desk.tell_of_help(case_id, officer)


def noted(desk: Desk, case_id: UUID, home: Household, officer: Actor) -> Story:
    """Notes of the following days."""
    for _ in range(desk.chance.choice((0, 1, 1, 2, 3))):
        yield desk.soon(200, 5000)
        desk.note(case_id, home, officer)


def worked(desk: Desk, home: Household, told: Answers) -> Opened:
    """From the report to the first talk and the notes after it."""
    case_id, officer = yield from opened(desk, home, told)
    for _ in range(desk.chance.choice((0, 0, 0, 1, 2))):
        yield from tried(desk, case_id, home, officer)
    yield from met(desk, case_id, home, officer)
    yield from risks.first(desk, case_id, officer)
    yield from noted(desk, case_id, home, officer)
    return case_id, officer


def closed(desk: Desk, home: Household, newest: int = 25, *, begins: datetime | None = None) -> Opened:
    """A whole case up to its end, begun so many days ago at the least, or at this moment."""
    yield begins or told_days_ago(desk, newest, OLDEST)
    case_id, officer = yield from worked(desk, home, own_words(desk, home))
    yield desk.soon(1500, 9000)
    reason, words = desk.chance.choice(casework.CLOSED)
    ending = Closing(
        CloseReason(reason),
        home.say(words),
        desk.chance.choice((Residual.STANDARD, Residual.STANDARD, Residual.MEDIUM)),
        home.say(desk.chance.choice(casework.MITIGATION)),
        ToldHow.SPOKEN,
    )
    answered(desk, case_id, officer)
    close(desk.session, case_id, ending, officer, desk.now)
    return case_id, officer
