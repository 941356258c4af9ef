"""The verbs about orders: write one down, change it, log a breach. Each end is looked at in time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.cases import service
from portal.cases.assessments.follow_up import assess_again
from portal.cases.incidents import service as incidents
from portal.cases.incidents.told import Act, Told, ToldBy
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.orders.models import CourtOrder, OrderEntry
from portal.cases.orders.words import say
from portal.cases.tasks.proposed import DealtWith, by_day, end_of
from portal.cases.tasks.service import Ending, Proposal, propose
from portal.domain.calendar import in_london
from portal.domain.court_orders import Arrest, Served, State, Term
from portal.domain.happened import Happened, Known
from portal.domain.tasks import TaskKind
from portal.landlords.orders import catalogue
from portal.landlords.policies import pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

PLACE, ENTRY = "court_order", "order_entry"


@dataclass(frozen=True, slots=True)
class Order:
    """An order as somebody writes it down."""

    kind: str
    term: Term
    arrest: Arrest
    court: str = ""
    reference: str = ""
    terms: str = ""
    protects: str = ""
    bound: str = ""

    def words(self) -> dict[str, str]:
        """What is sealed of it."""
        names = ("court", "reference", "terms", "protects", "bound")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an order: served, varied, extended, ended, or something written wrongly."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Breach:
    """Something done against an order. What the police know is asked each time, and nothing goes to them from here."""

    on: date
    words: str
    police: str
    told_by: str
    reference: str = ""


def record(session: Session, case_id: UUID, order: Order, actor: Actor, now: datetime) -> UUID:
    """Write an order into the register."""
    case = service.get(session, case_id, for_update=True)
    order_id = new_id()
    row = CourtOrder(landlord_id=case.landlord_id, id=order_id, case_id=case_id)
    _set(session, row, order)
    session.add(row)
    session.flush()
    entry_id = _entry(session, row, "made", order.term.made_on, {}, actor, now)
    _remind(session, case, row, order.term, actor, now)
    assess_again(session, case, "order", entry_id, actor, now)
    _tell(session, row, "order", {}, actor, now)
    return order_id


def change(
    session: Session,
    case_id: UUID,
    order_id: UUID,
    revision: int,
    order: Order,
    why: Change,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep an order as it is now; what stood before goes into its log."""
    case = service.get(session, case_id, for_update=True)
    row = get(session, case_id, order_id)
    if row.revision != revision:
        raise service.EditedMeanwhileError
    former = box_of(session, case_id).open_json(PLACE, row.id, row.sealed) | {
        "ends_on": row.ends_on.isoformat() if row.ends_on else "",
        "served": row.served,
        "arrest": row.arrest,
    }
    _set(session, row, order)
    row.revision = revision + 1
    entry_id = _entry(session, row, why.kind, in_london(now).date(), {"words": why.words, "former": former}, actor, now)
    if why.kind == "ended":
        assess_again(session, case, "order_ended", entry_id, actor, now)
    _remind(session, case, row, order.term, actor, now)
    _tell(session, row, "order_changed", {"change": why.kind}, actor, now)


def breach(
    session: Session, case_id: UUID, order_id: UUID, found: Breach, actor: Actor, now: datetime
) -> UUID:
    """Log a breach, with what the police know of it. It is an incident too, so that risk is looked at again."""
    service.get(session, case_id, for_update=True)
    row = get(session, case_id, order_id)
    told = Told(
        Happened(Known.DAY, found.on),
        now,
        ToldBy(found.told_by),
        found.words,
        (Act.ORDER_BROKEN,),
        said={"police_reference": found.reference},
    )
    incident = incidents.record(session, case_id, told, actor, now)
    said = {
        "words": found.words,
        "police": found.police,
        "reference": found.reference,
        "incident": str(incident),
    }
    entry_id = _entry(session, row, "breach", found.on, said, actor, now)
    _tell(session, row, "order_breach", {"police": found.police}, actor, now)
    return entry_id


def get(session: Session, case_id: UUID, order_id: UUID) -> CourtOrder:
    """An order of this case, or the answer of a case that is not here."""
    row = session.scalar(
        select(CourtOrder).where(
            CourtOrder.landlord_id == scope_of(session).landlord_id,
            CourtOrder.case_id == case_id,
            CourtOrder.id == order_id,
        )
    )
    if row is None:
        raise service.NoSuchCaseError
    return row


def term_of(row: CourtOrder) -> Term:
    """From when until when it holds."""
    return Term(row.made_on, row.ends_on, row.ended_on, Served(row.served))


def title_of(kind: str) -> str:
    """The kind of an order in words."""
    found = catalogue().find(kind)
    return found.title if found else kind


def _set(session: Session, row: CourtOrder, order: Order) -> None:
    row.kind, row.arrest, row.served = order.kind, order.arrest.value, order.term.served.value
    row.made_on, row.ends_on, row.ended_on = order.term.made_on, order.term.ends_on, order.term.ended_on
    row.sealed = box_of(session, row.case_id).seal_json(PLACE, row.id, order.words())


def _remind(session: Session, case: Case, row: CourtOrder, term: Term, actor: Actor, now: datetime) -> None:
    """Two tasks before the last day: the portal's own time, because no policy gives one.

    Written down late, the next one still to come is set; with none left and the order still running, one for today.
    """
    today, last = in_london(now).date(), term.ends_on
    coming = [(before, day) for before, day in term.warnings if day >= today]
    if not coming and last is not None and term.state(today) in {State.IN_FORCE, State.NOT_SERVED}:
        coming = [(0, today)]
    wanted = {f"order-{before}-{last:%Y%m%d}": day for before, day in coming if last}
    done = DealtWith(Ending.NOT_NEEDED, "The order was changed.", tuple(wanted))
    end_of(session, case.id, row.id, done, actor, now)
    calendar = pinned(session, case.policy_version_id).calendar
    for source, day in wanted.items():
        words = (
            f"{title_of(row.kind)}: its last day is {say(last or day)}. "
            "Ask whether they want it extended, and who does it. Time set by the portal: the policy gives none."
        )
        due_at = by_day(calendar, day, now)
        propose(
            session,
            case.id,
            Proposal(TaskKind.ORDER_ENDS, words, due_at, source=source, source_id=row.id),
            actor,
            now,
        )


def _entry(
    session: Session, row: CourtOrder, kind: str, on: date, said: dict[str, Any], actor: Actor, now: datetime
) -> UUID:
    entry_id = new_id()
    session.execute(
        insert(OrderEntry),
        {
            "landlord_id": row.landlord_id,
            "id": entry_id,
            "case_id": row.case_id,
            "order_id": row.id,
            "kind": kind,
            "on_date": on,
            "at": now,
            "account_id": actor.account_id,
            "actor": actor.name,
            "sealed": box_of(session, row.case_id).seal_json(ENTRY, entry_id, said),
        },
    )
    return entry_id


def _tell(
    session: Session,
    row: CourtOrder,
    line: str,
    facts: dict[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    tell(session, row.case_id, line, actor, now, facts={"order": row.kind, **facts})
    audit.record(
        session,
        Fact.ORDER_RECORDED,
        actor,
        now,
        subject="case",
        subject_id=row.case_id,
        detail=facts.get("change", line),
    )
