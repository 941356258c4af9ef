"""The verb about the end of a move: they have moved in, and what follows is somebody's task.

Sources: AG/013 OP8; STAR 3.16, 3.17; NPH Rehousing Options, para 1.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.assessments.follow_up import assess_again
from portal.cases.tasks.proposed import by_day, tomorrow
from portal.cases.tasks.service import Proposal, propose
from portal.domain.calendar import in_london
from portal.domain.rehousing.board import Reason
from portal.domain.rehousing.duties import divides_arrears
from portal.domain.tasks import TaskKind
from portal.homes.flags.service import somebody_moved
from portal.homes.moves.models import HomeMove
from portal.homes.noting import Noted, note
from portal.homes.options.service import NotOpenError, amend
from portal.landlords.policies import PinnedPolicy, pinned
from portal.people.queries import manager_among
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of

ARREARS, SETTLE, MOVED = "arrears", "resettlement", "moved"
FIRST_WEEK, FIRST_MONTH = timedelta(days=7), timedelta(days=28)
"""When they are asked how they have settled: the portal's own, no policy says."""
SETTLING = (
    (
        "first-week",
        FIRST_WEEK,
        "Speak with them in a safe way: locks, keys, heating, the way to school and work.",
    ),
    (
        "first-month",
        FIRST_MONTH,
        "Speak with them again: benefits, doctor, school, post, who knows the address.",
    ),
)


def complete(
    session: Session, case_id: UUID, revision: int, moved_on: date, words: str, actor: Actor, now: datetime
) -> None:
    """They have moved. Arrears, the first weeks and every mark on the old home are looked at by somebody."""
    case = cases.get(session, case_id, for_update=True)
    row = session.scalar(
        select(HomeMove)
        .where(HomeMove.landlord_id == scope_of(session).landlord_id, HomeMove.case_id == case_id)
        .with_for_update()
    )
    if row is None or row.revision != revision or row.state == "moved":
        raise cases.EditedMeanwhileError
    if moved_on > in_london(now).date():
        raise NotOpenError("moved_on", (Reason("This day has not come yet."),))
    row.state, row.moved_on, row.revision = "moved", moved_on, revision + 1
    session.flush()
    amend(session, case_id, {"permanent_home": True}, actor, now)
    under = pinned(session, case.policy_version_id)
    assess_again(session, case, "moved", new_id(), actor, now)
    _arrears(session, case_id, under, actor, now)
    _settle(session, case_id, under, moved_on, actor, now)
    somebody_moved(session, case_id, MOVED, actor, now)
    note(session, case_id, Noted(Fact.MOVE_CHANGED, "move", {"state": "moved"}, words), actor, now)


def _arrears(session: Session, case_id: UUID, under: PinnedPolicy, actor: Actor, now: datetime) -> None:
    wanted = divides_arrears(under.policy)
    if wanted is None:
        return
    owner, due_at = manager_among(session, now), tomorrow(under.calendar, now)
    task = Proposal(
        TaskKind.ARREARS, wanted.says, due_at, wanted.clause, owner, source=ARREARS, source_id=case_id
    )
    propose(session, case_id, task, actor, now)


def _settle(
    session: Session, case_id: UUID, under: PinnedPolicy, moved_on: date, actor: Actor, now: datetime
) -> None:
    rule = under.policy.rehousing.aftercare
    if not rule.value:
        return
    for name, after, words in SETTLING:
        due_at = by_day(under.calendar, moved_on + after, now)
        task = Proposal(
            TaskKind.RESETTLE, words, due_at, rule.clause, source=f"{SETTLE}-{name}", source_id=case_id
        )
        propose(session, case_id, task, actor, now)
