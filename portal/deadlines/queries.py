"""Clocks as people see them, with the answer to "why this time?" worked out anew from the pinned policy."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Text, Uuid, cast, select
from sqlalchemy.orm import Session

from portal.deadlines import words
from portal.deadlines.models import Deadline
from portal.domain.calendar import SkippedDay
from portal.domain.clock import describe, due, rests_on_office_hours
from portal.domain.policy import Clock
from portal.domain.policy.hours import hours_in_words
from portal.domain.policy.stated import Interpretation
from portal.domain.tasks import TASK
from portal.domain.wording import say_span
from portal.landlords.policies import PinnedPolicy, pinned
from portal.people.models import Account
from portal.store.statements import HERE, Later, Statement, given, pose

RULES_KEPT = 1024


class ClockState(StrEnum):
    """How a clock stands; `running` takes its look from its due time."""

    RUNNING = "running"
    UNTIMED = "untimed"
    MET = "met"
    MET_LATE = "met_late"
    MISSED = "missed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Why:
    """Why a clock is due when it is: rule, source, and each day that did not count."""

    rule: str
    origin: str
    clause: str
    policy: str
    version: str
    starts: str
    skipped: tuple[SkippedDay, ...]
    note: str
    reading: str
    aim: bool
    hours: str
    """The office hours that it rests on and whose they are; empty where it rests on none."""


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock of a report or case.

    `later_allowed`: the policy lets the person ask for a later moment, too. `survivor_set_by` is who wrote down the
    time that they asked for.
    """

    id: UUID
    act: str
    event: str
    event_name: str
    stop_act: str
    state: ClockState
    started_at: datetime
    due_at: datetime | None
    policy_due_at: datetime | None
    survivor_set_at: datetime | None
    survivor_set_by: str
    met_at: datetime | None
    clause: str
    running: bool
    later_allowed: bool
    why: Why

    @property
    def took(self) -> str:
        """How long it ran until it was met (AG/013 Objectives, bullet 1); empty while it has not been."""
        return say_span(self.met_at - self.started_at) if self.met_at else ""


RULE = Deadline.__table__.columns.rule
OF_CASE, OF_REPORT = (
    Statement(
        select(
            *(each for each in Deadline.__table__.columns if each is not RULE),
            cast(RULE, Text).label("rule"),
            Account.name.label("set_by_name"),
        )
        .join(Account, Account.id == Deadline.survivor_set_by, isouter=True)
        .where(Deadline.landlord_id == HERE, column == given("owner", Uuid()), Deadline.event != TASK)
        .order_by(Deadline.ended_at.is_not(None), Deadline.due_at.asc().nulls_last(), Deadline.started_at)
    )
    for column in (Deadline.case_id, Deadline.report_id)
)


def clocks(session: Session, *, case_id: UUID | None = None, report_id: UUID | None = None) -> list[ClockRow]:
    """The clocks that the policy sets, those that still run first. Tasks have a page of their own."""
    return pose_clocks(session, case_id=case_id, report_id=report_id)()


def pose_clocks(
    session: Session, *, case_id: UUID | None = None, report_id: UUID | None = None
) -> Later[list[ClockRow]]:
    """The same, for whoever asks for more at once."""
    whose, owner = (OF_CASE, case_id) if case_id else (OF_REPORT, report_id)
    found = pose(session, whose, owner=owner)
    return lambda: [_row(each, pinned(session, each.policy_version_id)) for each in found.rows]


def _row(kept: Any, version: PinnedPolicy) -> ClockRow:  # noqa: ANN401 - a row of a statement
    clock = _clock(kept.rule)
    return ClockRow(
        id=kept.id,
        act=words.act(kept.stop_act),
        event=words.event(kept.event),
        event_name=kept.event,
        stop_act=kept.stop_act,
        state=_state(kept),
        started_at=kept.started_at,
        due_at=kept.due_at,
        policy_due_at=kept.policy_due_at,
        survivor_set_at=kept.survivor_set_at,
        survivor_set_by=kept.set_by_name or "",
        met_at=kept.met_at,
        clause=kept.clause,
        running=kept.ended_at is None,
        later_allowed=clock.survivor_may_set_time.value is True,
        why=_why(kept.rule, kept.event, kept.origin, kept.clause, kept.started_at, version),
    )


@lru_cache(RULES_KEPT)
def _clock(rule: str) -> Clock:
    """The rule of a policy by which a clock runs, as it was kept: a landlord's clocks run by the same few."""
    return Clock.model_validate_json(rule)


def _state(kept: Deadline) -> ClockState:
    if kept.met_at is not None:
        late = kept.due_at is not None and kept.met_at > kept.due_at
        return ClockState.MET_LATE if late else ClockState.MET
    if kept.ended_at is not None:
        missed = kept.due_at is not None and kept.ended_at > kept.due_at
        return ClockState.MISSED if missed else ClockState.ENDED
    return ClockState.UNTIMED if kept.due_at is None else ClockState.RUNNING


@lru_cache(RULES_KEPT)
def _why(
    kept: str, event: str, origin: str, clause: str, started_at: datetime, version: PinnedPolicy
) -> Why:
    """From the rule as it was kept; alike as long as nobody starts the clock at another moment."""
    clock = _clock(kept)
    own = version.policy.own_target(event) if origin == "landlords_own" else None
    rule = own.rule() if own else clock.rule()
    reckoned = due(rule, started_at, version.calendar)
    document, reading = version.policy.document, clock.interpretation
    return Why(
        rule=describe(rule),
        origin=words.ORIGINS.get(origin, origin),
        clause=clause,
        policy=document.cite,
        version=document.version.value or f"in force from {version.policy.in_force_from:%d %B %Y}",
        starts=clock.starts,
        skipped=reckoned.skipped if reckoned else (),
        note=own.why if own else clock.note or "",
        reading=_reading(reading) if reading else "",
        aim=clock.commitment.value == "aim",
        hours=hours_in_words(version.policy.office_hours) if rests_on_office_hours(rule) else "",
    )


def _reading(reading: Interpretation) -> str:
    """Which reading is followed, who chose it when and why, and who has still to agree."""
    return f"{reading.choice}. {reading.said_by}"
