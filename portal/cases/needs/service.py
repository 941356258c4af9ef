"""Recording what somebody needs once it is known, however late; and the tasks that follow from it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import officers, service
from portal.cases.needs import following
from portal.cases.opening import summarise, summary, tell
from portal.cases.preferences import kept_of
from portal.cases.tasks.service import Ending
from portal.domain.policy.needs import Need
from portal.store import audit
from portal.store.audit import Actor, Fact


def record(
    session: Session,
    case_id: UUID,
    wanted: Collection[str],
    barriers: Collection[str],
    words: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what they need by now. What a need has opened is asked for once, and ends with it."""
    case = service.get(session, case_id, for_update=True)
    before = following.known(summary(session, case), case.preferences)
    case.preferences = kept_of(case.preferences, list(wanted))
    answers = replace(
        summary(session, case), preferences=tuple(case.preferences), barriers=tuple(barriers)
    )
    summarise(session, case, answers)
    now_known = following.known(answers, case.preferences)
    for need in before:
        if need not in now_known:
            following.seen_to(session, case, need.value, Ending.NOT_NEEDED, actor, now)
    following.follow(session, case, answers, actor, now)
    officers.ask_manager(session, case, actor, now)
    facts = {"needs": [each.value for each in now_known if each in SAID]}
    tell(session, case_id, "needs", actor, now, facts=facts, words=words or None)
    audit.record(session, Fact.NEEDS_RECORDED, actor, now, subject="case", subject_id=case_id)


SAID = tuple(each for each in Need if each not in {Need.YOUNG, Need.OLDER})
"""Those that somebody speaks of; the others follow from their age."""
