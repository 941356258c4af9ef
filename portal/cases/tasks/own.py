"""A task that somebody sets: refused where it would do what must not be done in this case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.household.queries import subtypes
from portal.cases.tasks.service import Proposal, propose
from portal.domain.cautions import against, cautions
from portal.domain.errors import PortalError
from portal.domain.intake import Answers
from portal.store.audit import Actor
from portal.store.record_keys import box_of


class AgainstCautionError(PortalError):
    """It would bring family or community in, or the two sides together, where that can cost a life."""


def check(session: Session, case_id: UUID, words: str) -> None:
    """Refuse what the cautions of this case forbid (NPH Victim; HS-026 2.2; whg 1.5)."""
    case = cases.get(session, case_id)
    answers = Answers.from_dict(box_of(session, case_id).open_json("cases.summary", case_id, case.summary))
    why = against(words, cautions(answers, subtypes(session, case_id, answers)))
    if why:
        raise AgainstCautionError(why)


def set_task(session: Session, case_id: UUID, task: Proposal, actor: Actor, now: datetime) -> UUID:
    """Put a task on the case in somebody's own words."""
    check(session, case_id, task.words)
    return propose(session, case_id, task, actor, now)
