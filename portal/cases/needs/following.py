"""The task that each need opens, by the policy's own lines. No need ever bars or delays anything else.

Sources: HS-026 4.4; STAR 3.6; NPH Equalities, CIA form 3.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.tasks.proposed import today, tomorrow
from portal.cases.tasks.service import Ending, Proposal, propose, settle
from portal.domain.for_whom import OLDER_FROM, YOUNG_UNTIL
from portal.domain.intake import Answers
from portal.domain.policy import Origin
from portal.domain.policy.needs import Need, Opens, task_for
from portal.domain.tasks import TaskKind
from portal.landlords.policies import pinned
from portal.store.audit import Actor

OURS = "The policy is silent here: this is the portal’s own line."


def known(answers: Answers, preferences: Iterable[str]) -> tuple[Need, ...]:
    """Every need that they have spoken of, and what their age calls for."""
    said = {each.partition(":")[0] for each in (*preferences, *answers.barriers)}
    if answers.language:
        said.add(Need.INTERPRETER)
    if answers.age is not None and answers.age < YOUNG_UNTIL:
        said.add(Need.YOUNG)
    if answers.age is not None and answers.age >= OLDER_FROM:
        said.add(Need.OLDER)
    return tuple(each for each in Need if each.value in said)


def follow(session: Session, case: Case, answers: Answers, actor: Actor, now: datetime) -> None:
    """Open a task for each need that has one here; ask for none twice."""
    under = pinned(session, case.policy_version_id)
    for need in known(answers, case.preferences):
        opens = task_for(under.policy.needs, need)
        if opens is None:
            continue
        by = today if opens.opens is Opens.BOOKING else tomorrow
        task = Proposal(
            TaskKind(opens.opens.value),
            opens.says if opens.origin is not Origin.PORTAL_DEFAULT else f"{opens.says} {OURS}",
            by(under.calendar, now),
            opens.clause,
            source=source(need.value),
            source_id=case.id,
        )
        propose(session, case.id, task, actor, now)


def seen_to(session: Session, case: Case, need: str, ending: Ending, actor: Actor, now: datetime) -> None:
    """End what a need has opened: it is arranged, or not needed any more."""
    settle(session, case.id, source(need), case.id, ending, actor, now)


def source(need: str) -> str:
    """What proposes the task of a need."""
    return f"need {need}"
