"""The verbs about marks: put one, keep it as it is now, end it, look at all of them when somebody has moved.

Sources: STAR 5.3; NPH Information Sharing.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.tasks.proposed import DealtWith, by_day, end_of, tomorrow
from portal.cases.tasks.service import Ending, Proposal, propose
from portal.domain.calendar import in_london
from portal.domain.flags import About, Mark, against, rule_of
from portal.domain.rehousing.board import Reason
from portal.domain.securing import Refusal
from portal.domain.tasks import TaskKind
from portal.homes.flags.models import Flag
from portal.homes.flags.placing import token_of
from portal.homes.new_home.unspoken import is_new_home
from portal.homes.noting import Noted, note
from portal.homes.refused import RefusedError
from portal.landlords.policies import PinnedPolicy, pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of


def put(session: Session, case_id: UUID, mark: Mark, actor: Actor, now: datetime) -> UUID:
    """Put a mark; RefusedError says what it lacks."""
    case = cases.get(session, case_id, for_update=True)
    under = pinned(session, case.policy_version_id)
    row = Flag(
        landlord_id=case.landlord_id, id=new_id(), case_id=case_id, put_at=now, revision=0, at_new_home=False
    )
    row.account_id, row.actor = actor.account_id, actor.name
    _set(session, row, under, mark, actor, now)
    return row.id


def keep(
    session: Session, case_id: UUID, flag_id: UUID, revision: int, mark: Mark, actor: Actor, now: datetime
) -> None:
    """Keep a mark as it is now: looked at again, moved with somebody, or put right."""
    case = cases.get(session, case_id, for_update=True)
    row = _get(session, case_id, flag_id)
    if row.revision != revision or row.ended_at is not None:
        raise cases.EditedMeanwhileError
    _set(session, row, pinned(session, case.policy_version_id), mark, actor, now)


def end(
    session: Session, case_id: UUID, flag_id: UUID, revision: int, words: str, actor: Actor, now: datetime
) -> None:
    """A mark ends; who was told of it is told of that."""
    cases.get(session, case_id, for_update=True)
    row = _get(session, case_id, flag_id)
    if row.revision != revision or row.ended_at is not None:
        raise cases.EditedMeanwhileError
    box = box_of(session, case_id)
    row.sealed = box.seal_json("flag", row.id, box.open_json("flag", row.id, row.sealed) | {"end": words})
    row.ended_at, row.ended_by, row.revision = now, actor.name, revision + 1
    end_of(session, case_id, row.id, DealtWith(Ending.NOT_NEEDED, "The mark has ended."), actor, now)
    facts = {"about": row.about, "state": "ended"}
    note(session, case_id, Noted(Fact.FLAG_CHANGED, "flag", facts, words), actor, now)


def looked_up(session: Session, found: int, actor: Actor, now: datetime) -> None:
    """Write down that somebody asked before a visit. Which address it was stands nowhere."""
    audit.record(session, Fact.FLAGS_READ, actor, now, detail=str(found))


def somebody_moved(session: Session, case_id: UUID, why: str, actor: Actor, now: datetime) -> None:
    """Somebody left: what becomes of every mark that stands is decided by the end of the next working day.

    The clock of each climbs to the senior and on, so that no mark outlives a move unseen.
    """
    case = cases.get(session, case_id, for_update=True)
    under = pinned(session, case.policy_version_id)
    standing = session.scalars(
        select(Flag).where(
            Flag.landlord_id == case.landlord_id, Flag.case_id == case_id, Flag.ended_at.is_(None)
        )
    ).all()
    for row in standing:
        clause, due_at = rule_of(under.policy, About(row.about)).clause, tomorrow(under.calendar, now)
        words = "Somebody has moved. Under Marks, decide what becomes of this one: it goes with them, stays, or ends."
        source = f"flag-{why}-{row.revision}"
        task = Proposal(TaskKind.FLAG_REVIEW, words, due_at, clause, source=source, source_id=row.id)
        propose(session, case_id, task, actor, now)


def _set(session: Session, row: Flag, under: PinnedPolicy, mark: Mark, actor: Actor, now: datetime) -> None:
    lacking = (*against(under.policy, mark, in_london(now).date()), *_apart(session, row, mark))
    if lacking or mark.review_on is None:
        raise RefusedError(*lacking)
    said = {name: getattr(mark, name) for name in ("where", "reason", "evidence", "told")}
    row.about, row.wording, row.review_on = mark.about.value, mark.wording.value, mark.review_on
    if not row.at_new_home:
        row.place = token_of(session, mark.where)
    row.sealed = box_of(session, row.case_id).seal_json("flag", row.id, said)
    row.revision += 1
    session.add(row)
    session.flush()
    look_again_on(session, row, under, "Looked at again.", actor, now)
    facts = {"about": mark.about.value, "state": "put"}
    note(session, row.case_id, Noted(Fact.FLAG_CHANGED, "flag", facts, mark.reason), actor, now)


def _apart(session: Session, row: Flag, mark: Mark) -> Iterator[Refusal]:
    """A new address that is kept apart stands on no mark, and a mark that went there keeps its person."""
    if row.at_new_home and mark.about != row.about:
        yield Refusal("about", Reason("It went with the person who was hurt: put another mark instead."))
    if row.at_new_home and mark.where.strip():
        says = "It is found at their new home, which is kept apart: leave this empty."
        yield Refusal("where", Reason(says))
    elif mark.where.strip() and is_new_home(session, row.case_id, mark.where):
        says = "This address is kept apart: it stands nowhere else. Let the mark go with them instead."
        yield Refusal("where", Reason(says))


def look_again_on(
    session: Session, row: Flag, under: PinnedPolicy, words: str, actor: Actor, now: datetime
) -> None:
    """What waited about this mark has been seen to; on its day it is looked at again, by a clock that climbs."""
    source = f"flag-{row.review_on:%Y%m%d}"
    end_of(session, row.case_id, row.id, DealtWith(Ending.DONE, words, (source,)), actor, now)
    says = "A mark was to be looked at again: does it still stand, and does everybody know who has to?"
    due_at, clause = by_day(under.calendar, row.review_on, now), rule_of(under.policy, About(row.about)).clause
    task = Proposal(TaskKind.FLAG_REVIEW, says, due_at, clause, source=source, source_id=row.id)
    propose(session, row.case_id, task, actor, now)


def _get(session: Session, case_id: UUID, flag_id: UUID) -> Flag:
    row = session.scalar(
        select(Flag)
        .where(Flag.landlord_id == scope_of(session).landlord_id, Flag.case_id == case_id, Flag.id == flag_id)
        .with_for_update()
    )
    if row is None:
        raise cases.NoSuchCaseError
    return row
