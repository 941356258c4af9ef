"""Writing down at the landlord that something was written: who and when, and never a word of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases.opening import tell
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending
from portal.marac.papers.service import About
from portal.marac.referrals.service import SOURCE
from portal.store import audit
from portal.store.audit import Actor, Fact


def of_landlord(session: Session, about: About, actor: Actor, now: datetime) -> None:
    """The landlord's own sheet: the task to write it has been done."""
    tasks.settle(session, about.case_id, f"{SOURCE} paper", about.conference_id, Ending.DONE, actor, now)
    tell(session, about.case_id, "conference", actor, now, facts={"step": "paper"})
    of_agency(session, about, actor, now)


def of_agency(session: Session, about: About, actor: Actor, now: datetime) -> None:
    """An agency's: into the audit of the case."""
    audit.record(
        session, Fact.CONFERENCE_PAPER, actor, now,
        subject="case", subject_id=about.case_id, detail=str(about.conference_id),
    )  # fmt: skip
