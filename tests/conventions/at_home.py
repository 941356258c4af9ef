"""Something of each kind that belongs to a home: a measure, damage, a job, and an offer of another one."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.domain.rehousing.facts import Facts, HomeSafety, Wish
from portal.domain.rehousing.offers import Home, Tenure
from portal.domain.securing import Source
from portal.homes.moves import service as moves
from portal.homes.moves.service import Agreement, Offered, Prepared
from portal.homes.new_home import service as new_home
from portal.homes.new_home.models import NewHomeReader
from portal.homes.new_home.service import Address
from portal.homes.options import service as housing
from portal.homes.panels.models import PanelInvitation
from portal.homes.securing import damage, work_orders
from portal.homes.securing import service as securing
from portal.homes.securing.damage import Damage
from portal.homes.securing.service import Asked
from portal.homes.securing.work_orders import About, Job
from portal.landlords.policies import pinned
from portal.store.audit import PORTAL, Actor
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

HOUR = timedelta(hours=1)


def things_at_home(session: Session, case_id: UUID, keeper: Actor, now: datetime) -> dict[str, UUID]:
    """A measure that is asked for, something broken, and the job that mends it."""
    policy = pinned(session, cases.get(session, case_id).policy_version_id).policy
    first = policy.securing.measures[0].id
    measure = securing.ask(session, case_id, Asked(first, Source.SURVIVOR, "The back door"), PORTAL, now)
    broken = damage.record(session, case_id, Damage(now.date(), True, "The door"), PORTAL, now)
    job = Job("Mend a door", "1 Example Street", "Knock", "By call", "A joiner", "routine", now, now + HOUR)
    ordered = work_orders.order(session, case_id, About(damage_id=broken), job, PORTAL, now)
    housing.answer(
        session,
        case_id,
        0,
        Facts(home=HomeSafety.SHORT_TIME, wish=Wish.MOVE, safe_in_area=True),
        "",
        PORTAL,
        now,
    )
    flat = Home(2, "flat", Tenure.SECURE)
    blank = dict.fromkeys(("risks", "lessened", "remaining", "ours", "theirs", "needs", "copy"), "")
    moves.prepare(
        session, case_id, 0, Prepared(flat, None, blank | {"no_go": [], "home_area": []}), PORTAL, now
    )
    moves.decide(session, case_id, 1, Agreement(True, "", "Asked for"), PORTAL, now, is_manager=True)
    offered = moves.offer(
        session, case_id, Offered(flat, "ZZ1 1AA", "Far", "", ""), PORTAL, now, is_manager=True
    )
    new_home.keep(session, case_id, 0, Address("9 Example Row"), keeper, now)
    item_id = new_id()
    sealed = box_of(session, case_id).seal_json(PanelInvitation.__tablename__, item_id, {"where": "x", "item": "x"})
    item = PanelInvitation(
        landlord_id=scope_of(session).landlord_id, id=item_id, case_id=case_id, account_id=keeper.account_id,
        meets_at=now - HOUR, ends_at=now + HOUR, made_at=now, made_by="x", sealed=sealed,
    )  # fmt: skip
    session.add(item)
    readers = select(NewHomeReader.id).where(NewHomeReader.case_id == case_id)
    return {
        "item_id": item_id,
        "new_reader_id": session.scalars(readers).one(),
        "measure_id": measure,
        "damage_id": broken,
        "job_id": ordered,
        "offer_id": offered,
    }
