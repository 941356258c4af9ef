"""What was passed on with a referral, in the log of everything that has left the case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.disclosures.entries import Content
from portal.cases.disclosures.gone import Gone, Known, Origin, Source, keep
from portal.cases.disclosures.ways import Way
from portal.cases.models import Case
from portal.domain.wording import say_moment
from portal.store.audit import Actor


@dataclass(frozen=True, slots=True)
class Passed:
    """To whom something went, what the person knows of it, when, and what exactly it was."""

    agency: str
    known: Known
    at: datetime
    content: str


def log(session: Session, case: Case, referral_id: UUID, passed: Passed, actor: Actor, now: datetime) -> None:
    """It has left already: it stands in the log of disclosures as it was recorded."""
    content = Content(
        reference=case.reference,
        recipient=passed.agency,
        person="",
        purpose="Safeguarding referral",
        made_at=say_moment(passed.at),
        made_by=actor.name,
        rules=(),
        blocks=(),
        documents=(),
        told=passed.content,
    )
    origin = Origin(Source.REFERRAL, referral_id, passed.known)
    keep(session, case.id, Gone(Way.TOLD, content, origin=origin), actor, now)
