"""A next version of the policy that somebody has begun to write, so that the pages of a draft can be looked at."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.governance.drafts import service
from portal.governance.drafts.place import raw_at
from portal.governance.drafts.queries import draft
from portal.store.audit import Actor

WHERE = "clocks.0"
NOTE = "The team asks for this to be read again with the next review."


def begin_draft(session: Session, by: Actor, now: datetime) -> None:
    """One clock has a note; nothing else is changed, and nobody has proposed it."""
    service.start(session, by, now)
    found = draft(session)
    if found:
        value = raw_at(found.content, WHERE) | {"note": NOTE}
        service.write(session, WHERE, value, found.revision, by, now)
