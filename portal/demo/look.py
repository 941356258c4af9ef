"""How a landlord's public pages look, published once, with words that somebody has begun to write beside it."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.governance.look import service
from portal.store.audit import Actor

WORDS = {"en": {"reach": "You can also ask any of our staff to ring us for you."}}


def begin_look(session: Session, by: Actor, now: datetime) -> None:
    """The pages stay as the folder has them; what is begun waits for somebody to publish it."""
    service.write(session, {}, 0, by, now, "names")
    service.publish(session, "As agreed when we joined the portal.", 1, by, now)
    service.write(session, {"words": WORDS}, 2, by, now, "words")
