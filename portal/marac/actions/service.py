"""The verbs about actions: set one for a body, and say what came of it. Unable is not the same as not done.

Set and ended in the scope of the body that does so; the database refuses any other. Sources: NPH Dealing with cases,
para 3; HS-026 4.9; SafeLives, minutes checklist.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.opening import tell
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending, Proposal
from portal.domain.calendar import in_london
from portal.domain.errors import PortalError
from portal.domain.marac import Ended, Shown
from portal.domain.tasks import TaskKind
from portal.landlords.policies import close_of_business
from portal.marac.actions.models import MaracAction
from portal.marac.actions.queries import PLACE
from portal.marac.papers import service as papers
from portal.marac.papers.noted import read_by_others
from portal.marac.papers.service import About
from portal.marac.referrals.service import SOURCE
from portal.partners.grants.keys import keep, made
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id

ENDINGS = {Ended.DONE: Ending.DONE, Ended.UNABLE: Ending.UNABLE, Ended.NOT_DONE: Ending.NOT_NEEDED}


class NoSuchActionError(PortalError):
    """No open action with this id is there for this body."""


class ActionRefusedError(PortalError):
    """It cannot stand like this; `field` is the question that the sentence stands beside."""

    def __init__(self, sentence: str, field: str) -> None:
        """Keep where the sentence stands."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who does what by when; without an agency it is the landlord. `shown`: the landlord sees an agency's action."""

    agency_id: UUID | None
    words: str
    due_on: date
    shown: bool


@dataclass(frozen=True, slots=True)
class Came:
    """What came of it, with what shows that it is done, or why not; and who reads those words."""

    ended: Ended
    words: str
    shown: Shown


def agree(session: Session, about: About, agreed: Agreed, actor: Actor, now: datetime) -> UUID:
    """Set an action, under the agency that coordinates the area."""
    if agreed.due_on < in_london(now).date():
        raise ActionRefusedError("Choose today or a day to come.", "due_on")
    action_id = new_id()
    box, wrapped = made(session, about.landlord_id, action_id)
    session.add(
        MaracAction(
            landlord_id=about.landlord_id,
            id=action_id,
            case_id=about.case_id,
            referral_id=about.conference_id,
            agency_id=agreed.agency_id,
            due_on=agreed.due_on,
            shown=agreed.shown,
            made_at=now,
            made_name=actor.name,
            sealed=box.seal(PLACE, action_id, agreed.words),
        )
    )
    keep(session, about.landlord_id, action_id, about.case_id, wrapped, now)
    return action_id


def tell_landlord(
    session: Session, about: About, action_id: UUID, agreed: Agreed, actor: Actor, now: datetime
) -> None:
    """In the landlord's scope: its own action becomes a task, which reminds and climbs as any other."""
    detail = f"{about.conference_id} {action_id} set"
    audit.record(
        session, Fact.CONFERENCE_ACTION, actor, now, subject="case", subject_id=about.case_id, detail=detail
    )
    if agreed.agency_id is None:
        due_at = close_of_business(session, agreed.due_on, now)
        task = Proposal(
            TaskKind.CONFERENCE_ACTION, agreed.words, due_at, source=f"{SOURCE} action", source_id=action_id
        )
        tasks.propose(session, about.case_id, task, actor, now)


def end(
    session: Session, about: About, agency_id: UUID | None, came: Came, actor: Actor, now: datetime
) -> None:
    """Say what came of it, under the body whose action it is."""
    if not came.words.strip():
        asks = "Say what shows that it is done." if came.ended is Ended.DONE else "Say why not."
        raise ActionRefusedError(asks, "words")
    kept = session.scalar(
        select(MaracAction)
        .where(
            MaracAction.landlord_id == about.landlord_id,
            MaracAction.id == about.action_id,
            MaracAction.referral_id == about.conference_id,
            MaracAction.agency_id.is_(None) if agency_id is None else MaracAction.agency_id == agency_id,
        )
        .with_for_update()
    )
    if kept is None or kept.ended_at:
        raise NoSuchActionError
    kept.ended_at, kept.ended_name, kept.ending = now, actor.name, came.ended.value
    session.flush()
    papers.write(session, about, agency_id, came.words, came.shown, 0, actor, now)


def note_end(session: Session, about: About, came: Came, actor: Actor, now: datetime, *, ours: bool) -> None:
    """In the landlord's scope: that it ended, and where it was its own, its task and timeline."""
    detail = f"{about.conference_id} {about.action_id} {came.ended.value}"
    audit.record(
        session, Fact.CONFERENCE_ACTION, actor, now, subject="case", subject_id=about.case_id, detail=detail
    )
    if ours and about.action_id:
        tasks.settle(
            session, about.case_id, f"{SOURCE} action", about.action_id, ENDINGS[came.ended], actor, now
        )
        tell(session, about.case_id, "conference", actor, now, facts={"step": "action"})
        read_by_others(session, about, came.words, came.shown, actor, now)
