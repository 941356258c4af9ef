"""Which courses each role needs, and who of everybody who works here lacks one: the register of the whole workforce.

Sources: STAR 3.19; whg 3.3 and 5.1; NPH Commitment, bullets 4 and 5, and Training; AG/013 Objectives, bullet 2.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.permissions import Permission, Role
from portal.domain.policy.governance import NeededCourse
from portal.domain.training import Course, valid_until
from portal.landlords.policies import NoPolicyError, in_force
from portal.messaging.words import Kind
from portal.people import training
from portal.people.queries import Colleague, colleagues
from portal.people.trained import SOON, Holds
from portal.store.database import scope_of
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open


@dataclass(frozen=True, slots=True)
class Need:
    """One colleague beside one course that their role needs. `course` is the newest that counts for it."""

    account_id: UUID
    name: str
    role_names: str
    wanted: NeededCourse
    course: Course | None
    until: date | None
    holds: Holds

    @property
    def lacks(self) -> bool:
        """Is there nothing that holds?"""
        return self.holds in {Holds.NONE, Holds.LAPSED}


def needs(session: Session, now: datetime) -> tuple[Need, ...]:
    """Everybody who works here beside every course that their roles need, what is lacking first."""
    asked = in_force(session, now).policy.governance.training.needed
    everybody = colleagues(session, now)
    held = training.held_by(session, [each.account_id for each in everybody])
    today = in_london(now).date()
    found = [
        _need(each, wanted, held.get(each.account_id, ()), today)
        for each in everybody
        for wanted in asked
        if _asked_of(wanted, each)
    ]
    return tuple(sorted(found, key=lambda each: (list(Holds).index(each.holds), each.name, each.wanted.name)))


def gaps(session: Session, now: datetime) -> tuple[Need, ...]:
    """Only what is lacking."""
    return tuple(each for each in needs(session, now) if each.lacks)


def remind_of_gaps(open_: Open, now: datetime) -> None:
    """Whoever lacks a course hears once, and those above with them; once more before one ends."""
    with open_() as session:
        try:
            found = needs(session, now)
        except NoPolicyError:
            return
        above = [each.account_id for each in colleagues(session, now) if each.can(Permission.TEAM_READ)]
        notices = [
            notice
            for each in found
            if each.holds is not Holds.CURRENT
            for notice in _notices(session, each, above if each.lacks else ())
        ]
        leave(session, notices, now)


def _notices(session: Session, need: Need, above: Iterable[UUID]) -> Iterator[Notice]:
    told = f"needs {need.account_id} {need.wanted.name} {need.until} {need.holds}"
    cause = uuid5(scope_of(session).landlord_id, told)
    link = f"{desk_of(session)}/training"
    for each in dict.fromkeys((need.account_id, *above)):
        yield Notice(each, cause, Kind.TRAINING, "/desk/me" if each == need.account_id else link)


def _asked_of(wanted: NeededCourse, who: Colleague) -> bool:
    """No roles named means everybody."""
    return not wanted.roles or bool(who.roles.intersection(map(Role, wanted.roles)))


def _need(who: Colleague, wanted: NeededCourse, held: Iterable[Course], today: date) -> Need:
    known = [(each, valid_until(each, wanted.every_months)) for each in held if _counts(each, wanted, today)]
    course, until = max(known, key=lambda each: each[1] or date.max, default=(None, None))
    if course is None:
        holds = Holds.NONE
    elif until and until < today:
        holds = Holds.LAPSED
    elif until and until < today + SOON:
        holds = Holds.SOON
    else:
        holds = Holds.CURRENT
    return Need(who.account_id, who.name, who.role_names, wanted, course, until, holds)


def _counts(course: Course, wanted: NeededCourse, today: date) -> bool:
    """By its name where a name is asked for, by how deep it goes where that is."""
    if course.completed_on > today:
        return False
    if wanted.level is not None:
        return course.level.rank >= wanted.level.rank
    return course.title.casefold().strip() == wanted.name.casefold().strip()
