"""What a coordinator decides about a referral.

The route has looked, in the agency's own scope, that it is there for the coordinator; this is then written where the
case is, so that its officer hears of it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending, Proposal
from portal.domain.marac import State
from portal.domain.tasks import TaskKind
from portal.marac.areas import queries as areas
from portal.marac.referrals.models import MaracReferral
from portal.marac.referrals.queries import OUTCOME
from portal.marac.referrals.service import SOURCE, ReferralRefusedError, become, held, note
from portal.marac.referrals.transfer import Moved, receive
from portal.partners.grants.keys import box_of
from portal.store.audit import Actor, Fact

SHOWN_AFTER = timedelta(days=60)
"""How long after a meeting those who sit there still find a case: the portal's own, for actions and their proof."""
ANSWER_WITHIN = timedelta(days=1)
BEFORE_MEETING = timedelta(days=2)
TRANSFERRED = (
    "Transferred to {area}, whose coordinator has it now. Tell them where that is safe, ask whether they agree, and "
    "decide on which ground it stays there."
)
STANDS_THERE = "Transferred to {area}, where a referral of this case stands already. Read why, and look at that one."


def list_for(
    session: Session, case_id: UUID, conference_id: UUID, revision: int, meeting_id: UUID, actor: Actor, now: datetime
) -> None:
    """Put it on the agenda of a meeting. From now on those who sit there find it, and its officer prepares."""
    kept = held(session, case_id, conference_id, revision, State.LISTED)
    meeting = areas.meeting(session, meeting_id)
    if meeting is None or meeting.area_id != kept.area_id or meeting.at <= now:
        raise ReferralRefusedError("Choose a meeting to come.", "meeting")
    kept.meeting_id, kept.shown_until = meeting_id, meeting.at + SHOWN_AFTER
    become(kept, State.LISTED, actor, now)
    note(session, Fact.CONFERENCE_DECIDED, case_id, conference_id, "listed", actor, now)
    due_at = max(meeting.at - BEFORE_MEETING, min(now + ANSWER_WITHIN, meeting.at))
    words = "Write down what we know for the meeting: the least that is needed, and nothing about others."
    paper = Proposal(TaskKind.CONFERENCE_PAPER, words, due_at, source=f"{SOURCE} paper", source_id=conference_id)
    tasks.propose(session, case_id, paper, actor, now)


def give_back(
    session: Session, case_id: UUID, conference_id: UUID, revision: int, reason: str, actor: Actor, now: datetime
) -> None:
    """It is not heard here; its officer reads why."""
    kept = held(session, case_id, conference_id, revision, State.RETURNED)
    _answer(session, kept, State.RETURNED, reason, actor, now)
    words = "The referral was given back. Read why, and decide what follows for their safety."
    _hear(session, kept, words, actor, now)
    note(session, Fact.CONFERENCE_DECIDED, case_id, conference_id, "returned", actor, now)


def move(
    session: Session, case_id: UUID, conference_id: UUID, revision: int, where: Moved, actor: Actor, now: datetime
) -> None:
    """It belongs before another area, because somebody has moved: this coordinator finds it no more, and that one does.

    The officer decides on which ground the record itself follows.
    """
    kept = held(session, case_id, conference_id, revision, State.MOVED)
    to = areas.area(session, where.area_id)
    if to is None or not to.active or to.id == kept.area_id:
        raise ReferralRefusedError("Choose another area.", "area")
    kept.moved_to, kept.until_at = to.id, now
    kept.shown_until = now if kept.shown_until else None
    _answer(session, kept, State.MOVED, where.reason, actor, now)
    there = receive(session, kept, to, where, actor, now)
    words = TRANSFERRED if there else STANDS_THERE
    _hear(session, kept, words.format(area=to.name), actor, now, about=there)
    note(session, Fact.CONFERENCE_DECIDED, case_id, conference_id, "moved", actor, now)


def hear(
    session: Session, case_id: UUID, conference_id: UUID, revision: int, actor: Actor, now: datetime
) -> None:
    """It was heard."""
    kept = held(session, case_id, conference_id, revision, State.HEARD)
    become(kept, State.HEARD, actor, now)
    tasks.settle(session, case_id, f"{SOURCE} paper", conference_id, Ending.NOT_NEEDED, actor, now)
    note(session, Fact.CONFERENCE_DECIDED, case_id, conference_id, "heard", actor, now)


def _answer(
    session: Session, kept: MaracReferral, to: State, reason: str, actor: Actor, now: datetime
) -> None:
    if not reason.strip():
        raise ReferralRefusedError("Say why.", "reason")
    box = box_of(session, kept.landlord_id, kept.id)
    kept.outcome = box.seal(OUTCOME, kept.id, reason)
    become(kept, to, actor, now)
    tasks.settle(session, kept.case_id, f"{SOURCE} paper", kept.id, Ending.NOT_NEEDED, actor, now)


def _hear(
    session: Session, kept: MaracReferral, words: str, actor: Actor, now: datetime, *, about: UUID | None = None
) -> None:
    about = about or kept.id
    task = Proposal(
        TaskKind.CONFERENCE_ANSWER, words, now + ANSWER_WITHIN, source=f"{SOURCE} answer", source_id=about
    )
    tasks.propose(session, kept.case_id, task, actor, now)
