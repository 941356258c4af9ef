"""The verbs: tell of a service, in a case or at the front desk. Sources: STAR 3.2, 3.5 to 3.7; AG/013 OP5."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.needs.following import seen_to
from portal.cases.opening import tell
from portal.cases.signposts.models import Signpost
from portal.cases.tasks.service import Ending
from portal.landlords.stored_face import tags_of
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of


class Given(StrEnum):
    """How they were told: always a way that they said is safe, or while talking with them."""

    SPOKEN = "spoken"
    PAPER = "paper"
    SAFE_MESSAGE = "safe_message"


class Answer(StrEnum):
    """What they said to it."""

    TAKEN = "taken"
    LATER = "later"
    DECLINED = "declined"


def signpost(
    session: Session, service: str, way: Given, answer: Answer, actor: Actor, now: datetime,
    *, case_id: UUID | None = None, words: str = "",
) -> None:  # fmt: skip
    """Record that somebody was told of the service with this id; in a case it stands on the timeline as well."""
    if actor.account_id is None:
        message = "Somebody must have told them."
        raise PermissionError(message)
    if case_id:
        case = cases.get(session, case_id, for_update=True)
        for tag in tags_of(session, service):
            seen_to(session, case, tag, Ending.DONE, actor, now)
        facts = {"service": service, "way": way.value, "answer": answer.value}
        tell(session, case_id, "signpost", actor, now, facts=facts, words=words or None)
    session.add(
        Signpost(
            landlord_id=scope_of(session).landlord_id,
            id=new_id(),
            case_id=case_id,
            at=now,
            account_id=actor.account_id,
            service=service,
            way=way.value,
            answer=answer.value,
        )
    )
    subject = "case" if case_id else None
    audit.record(session, Fact.SIGNPOSTED, actor, now, subject=subject, subject_id=case_id, detail=service)
