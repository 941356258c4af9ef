"""Who holds the training that the policy asks of those who work cases: until when, and whose is due.

Sources: HS-026 4.16; whg 5.1; STAR 8.1; NPH Commitment, bullet 5.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.lifecycle import Route
from portal.domain.permissions import Permission
from portal.domain.policy import Policy, Stated
from portal.domain.policy.governance import CaseTraining
from portal.domain.training import Course, TrainingLevel
from portal.landlords.policies import NoPolicyError, in_force
from portal.messaging.words import Kind
from portal.people import training
from portal.people.queries import Colleague, caseworkers, colleagues
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.database import scope_of
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open

SOON = timedelta(days=42)  # the portal's own: time to find a place on a course, no policy says how long before


class Holds(StrEnum):
    """How somebody's training stands."""

    LAPSED = "lapsed"
    NONE = "none"
    SOON = "soon"
    CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Stands:
    """One colleague beside what is asked. `course` is the newest that was deep enough, also where it has ended."""

    account_id: UUID
    name: str
    role_names: str
    course: Course | None
    holds: Holds

    @property
    def may_be_given(self) -> bool:
        """Whether a case may be given to this colleague."""
        return self.holds in {Holds.SOON, Holds.CURRENT}


@dataclass(frozen=True, slots=True)
class Register:
    """What the policy in force asks, and how everybody who works cases stands, the most pressing first."""

    asked: Stated[CaseTraining]
    rows: tuple[Stands, ...]


def register(session: Session, now: datetime) -> Register:
    """For the page of seniors and managers."""
    asked = in_force(session, now).policy.governance.training.case_work
    who = caseworkers(session, now, Route.ORDINARY.value)
    level = asked.value.level if asked.value else TrainingLevel.AWARENESS
    rows = stand(session, who, level, in_london(now).date())
    return Register(asked, tuple(sorted(rows, key=lambda each: (list(Holds).index(each.holds), each.name))))


def read(session: Session, actor: Actor, permission: str | None, now: datetime) -> Register:
    """The same, and that it was read."""
    audit.record(session, Fact.TEAM_READ, actor, now, permission=permission)
    return register(session, now)


def stand(session: Session, who: Sequence[Colleague], level: TrainingLevel, today: date) -> list[Stands]:
    """How each of these colleagues stands."""
    held = training.held_by(session, [each.account_id for each in who])
    return [_stands(each, held.get(each.account_id, ()), level, today) for each in who]


def untrained(session: Session, policy: Policy, who: Sequence[Colleague], today: date) -> dict[UUID, str]:
    """Who of them may not be given a case under this policy, each with the reason and its clause."""
    asked = policy.governance.training.case_work
    if asked.value is None:
        return {}
    rows = stand(session, who, asked.value.level, today)
    return {each.account_id: _why(each, asked) for each in rows if not each.may_be_given}


def remind_of_training(open_: Open, now: datetime) -> None:
    """Whoever works cases hears once before their training ends; with those above once more when it has ended."""
    with open_() as session:
        try:
            found = register(session, now)
        except NoPolicyError:
            return
        if found.asked.value is None:
            return
        above = [each.account_id for each in colleagues(session, now) if each.can(Permission.TEAM_READ)]
        notices = []
        for each in found.rows:
            if each.course and each.holds in {Holds.SOON, Holds.LAPSED}:
                hear = dict.fromkeys((each.account_id, *(above if each.holds is Holds.LAPSED else ())))
                notices += _notices(session, hear, each, each.holds)
        leave(session, notices, now)


def tell_of_refusal(session: Session, account_id: UUID, case_id: UUID, actor: Actor, now: datetime) -> None:
    """A case was to be given to somebody without the training: those above hear of it, whoever tried (whg 5.1)."""
    audit.record(
        session, Fact.ASSIGNMENT_REFUSED, actor, now, subject="case", subject_id=case_id, detail=str(account_id)
    )
    above = [each.account_id for each in colleagues(session, now) if each.can(Permission.TEAM_READ)]
    cause = uuid5(scope_of(session).landlord_id, f"training refused {account_id} {in_london(now).date()}")
    link = f"{desk_of(session)}/training"
    leave(session, [Notice(each, cause, Kind.TRAINING, link) for each in above], now)


def _notices(session: Session, hear: Iterable[UUID], stands: Stands, holds: Holds) -> list[Notice]:
    ends = stands.course.valid_until if stands.course else None
    cause = uuid5(scope_of(session).landlord_id, f"training {stands.account_id} {ends} {holds}")
    above = f"{desk_of(session)}/training"
    return [
        Notice(each, cause, Kind.TRAINING, "/desk/me" if each == stands.account_id else above) for each in hear
    ]


def _stands(who: Colleague, held: Iterable[Course], level: TrainingLevel, today: date) -> Stands:
    deep = [each for each in held if each.level.rank >= level.rank and each.completed_on <= today]
    newest = max(deep, key=lambda each: each.valid_until or date.max, default=None)
    if newest is None:
        holds = Holds.NONE
    elif not newest.holds_on(today):
        holds = Holds.LAPSED
    elif newest.valid_until and newest.valid_until < today + SOON:
        holds = Holds.SOON
    else:
        holds = Holds.CURRENT
    return Stands(who.account_id, who.name, who.role_names, newest, holds)


def _why(stands: Stands, asked: Stated[CaseTraining]) -> str:
    level = asked.value.level if asked.value else ""
    ended = stands.course.valid_until if stands.course else None
    held = f"theirs held until {ended.day} {ended:%B %Y}" if ended else "none is on record"
    return f"no current {level} training ({asked.clause}): {held}"
