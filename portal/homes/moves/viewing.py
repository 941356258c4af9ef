"""The verb about seeing a home that was offered: when, who goes with them, how it is kept safe, and what comes before.

A former partner who turns up at a viewing is why: the time is kept here and told to nobody who need not know it, and
somebody speaks with them the day before.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.tasks.proposed import DealtWith, by_day, end_of
from portal.cases.tasks.service import Ending, Proposal, propose
from portal.domain.calendar import WorkingCalendar, in_london
from portal.domain.rehousing.board import Reason
from portal.domain.rehousing.offers import Outcome
from portal.domain.securing import Refusal
from portal.domain.tasks import TaskKind
from portal.domain.wording import say_moment
from portal.homes.moves.models import HomeOffer
from portal.homes.noting import Noted, note
from portal.homes.refused import RefusedError
from portal.landlords.policies import pinned
from portal.store.audit import Actor, Fact
from portal.store.database import scope_of
from portal.store.record_keys import box_of

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Viewing:
    """When a home is seen, with whom, and how that is kept safe."""

    at: datetime
    escort: str
    safely: str


def arrange(session: Session, case_id: UUID, offer_id: UUID, found: Viewing, actor: Actor, now: datetime) -> None:
    """Keep when it is seen. A viewing that is moved takes its reminder with it."""
    case = cases.get(session, case_id, for_update=True)
    row = session.scalar(
        select(HomeOffer)
        .where(
            HomeOffer.landlord_id == scope_of(session).landlord_id,
            HomeOffer.case_id == case_id,
            HomeOffer.id == offer_id,
        )
        .with_for_update()
    )
    if row is None:
        raise cases.NoSuchCaseError
    if row.outcome not in {Outcome.OPEN, Outcome.ACCEPTED}:
        raise cases.EditedMeanwhileError
    if found.at <= now:
        raise RefusedError(Refusal("day", Reason("This time is over.")))
    box = box_of(session, case_id)
    said = {"seen_at": found.at.isoformat(), "escort": found.escort, "viewing": found.safely}
    row.sealed = box.seal_json("home_offer", row.id, box.open_json("home_offer", row.id, row.sealed) | said)
    source = f"viewing-{found.at:%Y%m%d%H%M}"
    end_of(session, case_id, row.id, DealtWith(Ending.NOT_NEEDED, "The time was changed.", (source,)), actor, now)
    words = (
        f"They see a home, {say_moment(found.at)}. Speak with them the day before, in a safe way: the way there and "
        "back, who goes with them, and what they do if somebody turns up. Time set by the portal: no policy gives one."
    )
    due_at = min(_day_before(pinned(session, case.policy_version_id).calendar, found.at, now), found.at)
    propose(session, case_id, Proposal(TaskKind.TELL_THEM, words, due_at, source=source, source_id=row.id), actor, now)
    note(session, case_id, Noted(Fact.MOVE_CHANGED, "viewing"), actor, now)


def _day_before(calendar: WorkingCalendar, seen_at: datetime, now: datetime) -> datetime:
    """The end of the last working day before: somebody is at the office then."""
    day = in_london(seen_at).date() - DAY
    while next(iter(calendar.working_days_from(day))) != day:
        day -= DAY
    return by_day(calendar, day, now)


def over(session: Session, case_id: UUID, offer_id: UUID, actor: Actor, now: datetime) -> None:
    """The offer has its answer: nobody has to be reminded of a viewing."""
    end_of(session, case_id, offer_id, DealtWith(Ending.NOT_NEEDED, "The offer has its answer."), actor, now)
