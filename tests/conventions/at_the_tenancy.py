"""Something of each kind about a tenancy: a step, a notice, a flag, a register check, and both halves of the desk."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.flags import About, Mark, Wording
from portal.domain.rehousing.exchange import Card, Need, Region, Room
from portal.domain.rehousing.offers import Tenure
from portal.domain.tenancy.gate import Gate, Step
from portal.domain.tenancy.holding import Agreement, Held, Holding, Tie
from portal.domain.tenancy.register import Place
from portal.homes.exchange import homes
from portal.homes.exchange.cards import Written, need_about, room_about, write
from portal.homes.exchange.homes import Offering
from portal.homes.exchange.models import ExchangeNeed
from portal.homes.exchange.needs import PLACE
from portal.homes.flags import service as flags
from portal.homes.tenancy import register, service, steps
from portal.homes.tenancy.register import Opened
from portal.homes.tenancy.service import Arrived
from portal.homes.tenancy.steps import Asked
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.letters import new_pair
from portal.store.record_keys import box_of

JOINT = Holding(Held.JOINT, Tenure.ASSURED, Agreement.OWN, Tie.PARTNERS, left=True, not_returning=None, caused=True)
ROOM = Room(2, Tenure.SECURE, Region.WALES, ())
NEED = Need(2, Tenure.SECURE, (Region.WALES,), ())


def things_at_the_tenancy(session: Session, case_id: UUID, keeper: Actor, now: datetime) -> dict[str, UUID]:
    """The ids of all that has an address."""
    service.hold(session, case_id, 0, JOINT, "x", keeper, now)
    day = in_london(now).date()
    gate = Gate(safe=True, safety="x", wishes="x", agrees=True, needs="x")
    mark = Mark(About.ADDRESS, Wording.TWO, "1 Example Street", "x", "x", "x", day + timedelta(days=90))
    return {
        "step_id": steps.ask(session, case_id, Asked(Step.INJUNCTION, "", gate, "x"), keeper, now),
        "notice_id": service.quit_arrived(
            session, case_id, Arrived("other", day, day + timedelta(days=28), "x"), keeper, now
        ),
        "flag_id": flags.put(session, case_id, mark, keeper, now),
        "check_id": register.start(session, case_id, Opened(Place.APPLYING, "A-1", "x"), keeper, now),
    } | on_the_desk(session, case_id, keeper, now)


def on_the_desk(session: Session, case_id: UUID, keeper: Actor, now: datetime) -> dict[str, UUID]:
    """A need of this case for which somebody offers a home, and a home of ours for somebody's need."""
    day, need_id, ours, theirs, side = in_london(now).date(), new_id(), uuid4(), uuid4(), uuid4()
    for thread in (ours, theirs):
        write(session, Written(Card.NEED, thread, about=need_about(NEED), public=new_pair()[1]), day)
    write(session, Written(Card.HOME, ours, side, room_about(ROOM), new_pair()[1]), day)
    session.add(
        ExchangeNeed(
            landlord_id=scope_of(session).landlord_id,
            id=need_id,
            case_id=case_id,
            thread=ours,
            state="posted",
            posted_at=now,
            account_id=keeper.account_id,
            actor=keeper.name,
            sealed=box_of(session, case_id).seal_json(PLACE, need_id, {"consent": "x", "private": ""}),
        )
    )
    offering = Offering(ROOM, "1 Example Street", "x", "")
    home = homes.offer(session, theirs, offering, keeper, now, is_manager=True)
    session.flush()
    return {"need_id": need_id, "side_id": side, "home_id": home, "thread_id": theirs}
