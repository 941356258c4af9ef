"""Writing down at the landlord that something was written: who and when, and never a word of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases.disclosures import spoken
from portal.cases.opening import tell
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending
from portal.domain.marac import Shown
from portal.marac.papers.service import About
from portal.marac.referrals import queries as referrals
from portal.marac.referrals.service import SOURCE
from portal.store import audit
from portal.store.audit import Actor, Fact

WHO = {Shown.COORDINATOR: "its coordinator reads it", Shown.ALL: "everybody who sits there reads it"}


def of_landlord(session: Session, about: About, words: str, shown: Shown, actor: Actor, now: datetime) -> None:
    """The landlord's own sheet: the task to write it has been done, and what others read has left."""
    tasks.settle(session, about.case_id, f"{SOURCE} paper", about.conference_id, Ending.DONE, actor, now)
    tell(session, about.case_id, "conference", actor, now, facts={"step": "paper"})
    read_by_others(session, about, words, shown, actor, now)
    of_agency(session, about, actor, now)


def read_by_others(session: Session, about: About, words: str, shown: Shown, actor: Actor, now: datetime) -> None:
    """What stays the landlord's own has not left; anything else stands in the log of what did (STAR 3.12)."""
    row = referrals.one(session, about.case_id, about.conference_id)
    if row and shown is not Shown.OWN:
        spoken.log(session, about.case_id, row.share_id, words, f"For the conference: {WHO[shown]}", actor, now)


def of_agency(session: Session, about: About, actor: Actor, now: datetime) -> None:
    """An agency's: into the audit of the case."""
    audit.record(
        session, Fact.CONFERENCE_PAPER, actor, now,
        subject="case", subject_id=about.case_id, detail=str(about.conference_id),
    )  # fmt: skip
