"""The verb: keep the advice that somebody was given. Sources: whg 2.2; STAR 3.13; HS-026 3.4; NPH Employees."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.advice.models import PLACE, Advice
from portal.cases.advice.queries import SOURCE
from portal.cases.opening import summary, tell
from portal.cases.signposts.service import Given
from portal.cases.tasks.service import Proposal, propose
from portal.domain.advice import Result, Topic
from portal.domain.calendar import at_wall_clock
from portal.domain.contact import Channel, SafeContact, next_safe_moment
from portal.domain.contact.bland import not_bland
from portal.domain.errors import PortalError
from portal.domain.tasks import TaskKind
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of

DAY_BEGINS = time(9)
BY_STAFF = (Channel.CALL, Channel.TEXT, Channel.EMAIL, Channel.VISIT, Channel.SOMEBODY_ELSE, Channel.LETTER)


class NoSafeWayError(PortalError):
    """Nobody can ask again: there is no way that they said is safe."""


class TellsTooMuchError(PortalError):
    """What they are to read themselves shows what it is about, or names somebody."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        """Keep why."""
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Advised:
    """What somebody was advised on. `again` is the day from which on it is asked what came of it."""

    topic: Topic
    way: Given
    result: Result
    words: str
    source: str = ""
    for_them: str = ""
    again: date | None = None


def advise(session: Session, case_id: UUID, what: Advised, actor: Actor, now: datetime) -> UUID:
    """Keep it, on the timeline too; and ask again only at an hour that they said is safe."""
    case = cases.get(session, case_id, for_update=True)
    told = summary(session, case)
    tells = not_bland(what.for_them, (told.name, told.address, told.other_person.name))
    if tells:
        raise TellsTooMuchError(tells)
    ask_at = None
    if what.again:
        ask_at = first_safe(cases.safe_contact(session, case), at_wall_clock(what.again, DAY_BEGINS))
        if ask_at is None:
            raise NoSafeWayError
    advice_id = new_id()
    said = {"words": what.words, "source": what.source, "for_them": what.for_them}
    row = {
        "landlord_id": case.landlord_id,
        "id": advice_id,
        "case_id": case_id,
        "at": now,
        "account_id": actor.account_id,
        "topic": what.topic.value,
        "way": what.way.value,
        "result": what.result.value,
        "shown": bool(what.for_them),
        "sealed": box_of(session, case_id).seal_json(PLACE, advice_id, said),
    }
    session.execute(insert(Advice), row)
    facts = {"topic": what.topic.value, "result": what.result.value}
    tell(session, case_id, "advice", actor, now, facts=facts, words=what.words or None)
    audit.record(session, Fact.ADVISED, actor, now, subject="case", subject_id=case_id, detail=what.topic.value)
    if ask_at:
        again = Proposal(
            TaskKind.ADVICE_OUTCOME,
            "Ask what came of the advice, in a way and at an hour that they said are safe.",
            ask_at,
            source=SOURCE,
            source_id=advice_id,
        )
        propose(session, case_id, again, actor, now)
    return advice_id


def first_safe(safe: SafeContact, after: datetime) -> datetime | None:
    """The first moment from then on at which any way is safe; None where none ever is."""
    moments = [found for each in BY_STAFF if (found := next_safe_moment(safe, each, after))]
    return min(moments, default=None)
