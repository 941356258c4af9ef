"""Words that a colleague writes to an agency, in the log of everything that has left: what exactly they read."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.disclosures import queries
from portal.cases.disclosures.entries import Content
from portal.cases.disclosures.gone import Gone, keep
from portal.cases.disclosures.service import NoSuchShareError
from portal.cases.disclosures.ways import Way
from portal.domain.wording import say_moment
from portal.store.audit import Actor


def log(session: Session, case_id: UUID, share_id: UUID, words: str, purpose: str, actor: Actor, now: datetime) -> None:
    """They are read on the agency's screen, on the ground on which the case was shared with it."""
    case, share = cases.get(session, case_id), queries.share(session, case_id, share_id)
    if share is None:
        raise NoSuchShareError
    content = Content(
        reference=case.reference,
        recipient=share.recipient.name,
        person=share.person,
        purpose=purpose,
        made_at=say_moment(now),
        made_by=actor.name,
        rules=(),
        blocks=(),
        documents=(),
        told=words,
    )
    keep(session, case_id, Gone(Way.SCREEN, content, share_id=share_id), actor, now)
