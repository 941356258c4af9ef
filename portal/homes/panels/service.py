"""The verbs about a panel's guest: ask the colleague who reported in, let them in while their item is talked about.

Source: NPH CIA form 2, reporting officer at panel. They see what was written for that one item and nothing of the
case; once the item is over there is nothing for them to find.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.opening import tell
from portal.cases.service import EditedMeanwhileError, NoSuchCaseError
from portal.domain.rehousing.board import Reason
from portal.domain.securing import Refusal
from portal.homes.panels import queries
from portal.homes.panels.models import PanelInvitation
from portal.homes.panels.queries import PLACE, Item
from portal.homes.refused import RefusedError
from portal.messaging.words import Kind
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of
from portal.work.notices import Notice, desk_of, leave


class NoSuchItemError(NoSuchCaseError):
    """Nothing with this id is there for whoever asks, at this moment."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom, from when until when, where, and what they find written about the item."""

    account_id: UUID
    meets_at: datetime
    ends_at: datetime
    where: str
    item: str


def invite(session: Session, case_id: UUID, asked: Asked, actor: Actor, now: datetime) -> UUID:
    """Ask somebody to the one item; a mail that says nothing leads them to it."""
    case = cases.get(session, case_id, for_update=True)
    who = next((e for e in queries.can_be_invited(session, case, now) if e.account_id == asked.account_id), None)
    if who is None:
        raise _refused("who", "Choose a colleague from the list.")
    if asked.meets_at <= now:
        raise _refused("day", "Choose a moment to come.")
    if session.scalar(_standing(case_id, now).where(PanelInvitation.account_id == asked.account_id).limit(1)):
        raise _refused("who", "They are invited already. Take that back first.")
    row_id = new_id()
    said = {"where": asked.where, "item": asked.item}
    session.add(
        PanelInvitation(
            landlord_id=case.landlord_id, id=row_id, case_id=case_id, account_id=asked.account_id,
            meets_at=asked.meets_at, ends_at=asked.ends_at, made_at=now, made_by=actor.name,
            sealed=box_of(session, case_id).seal_json(PLACE, row_id, said),
        )
    )  # fmt: skip
    session.flush()
    leave(session, [Notice(asked.account_id, row_id, Kind.ASSIGNED, f"{desk_of(session)}/panel/{row_id}")], now)
    _told(session, case_id, "invited", Fact.PANEL_INVITED, actor, now, words=who.name)
    return row_id


def take_back(session: Session, case_id: UUID, item_id: UUID, actor: Actor, now: datetime) -> None:
    """They are not asked any more: nothing is there for them from this instant on."""
    kept = _held(session, case_id, item_id)
    if kept.ended_at or kept.ends_at <= now:
        raise EditedMeanwhileError
    kept.ended_at, kept.ended_by = now, actor.name
    _told(session, case_id, "taken_back", Fact.PANEL_INVITED, actor, now)


def note(session: Session, case_id: UUID, item_id: UUID, *, came: bool | None, actor: Actor, now: datetime) -> None:
    """Keep whether they came, as somebody who sat there says; the last word counts, and each stays on record."""
    kept = _held(session, case_id, item_id)
    if came is None or kept.meets_at > now:
        raise EditedMeanwhileError
    _note(session, kept, came=came, actor=actor, now=now)


def arrive(session: Session, item_id: UUID, actor: Actor, now: datetime) -> None:
    """They say that they are there: that is their attendance, and it opens their item."""
    item = queries.mine(session, actor.account_id, item_id, now)
    if item is None or not item.open:
        raise NoSuchItemError
    if not item.here:
        _note(session, _held(session, item.case_id, item_id), came=True, actor=actor, now=now)


def opened(session: Session, item_id: UUID, actor: Actor, permission: str | None, now: datetime) -> Item:
    """The item for whoever is invited, written down as a reading where there is something in it."""
    item = queries.mine(session, actor.account_id, item_id, now)
    if item is None:
        raise NoSuchItemError
    if item.words:
        audit.record(
            session, Fact.PANEL_OPENED, actor, now,
            permission=permission, subject="case", subject_id=item.case_id, detail=str(item_id),
        )  # fmt: skip
    return item


def over(session: Session, case_id: UUID, actor: Actor, now: datetime) -> None:
    """The panel has recommended: the item is closed for everybody who was asked to it."""
    for kept in session.scalars(_standing(case_id, now).where(PanelInvitation.meets_at <= now)):
        kept.ended_at, kept.ended_by = now, actor.name
    session.flush()


def _note(session: Session, kept: PanelInvitation, *, came: bool, actor: Actor, now: datetime) -> None:
    kept.came, kept.noted_at, kept.noted_by = came, now, actor.name
    _told(session, kept.case_id, "came" if came else "absent", Fact.PANEL_ATTENDED, actor, now)


def _told(
    session: Session, case_id: UUID, step: str, fact: Fact, actor: Actor, now: datetime, words: str | None = None
) -> None:
    session.flush()
    tell(session, case_id, "panel_guest", actor, now, facts={"step": step}, words=words)
    audit.record(session, fact, actor, now, subject="case", subject_id=case_id, detail=step)


def _held(session: Session, case_id: UUID, item_id: UUID) -> PanelInvitation:
    wanted = select(PanelInvitation).where(
        PanelInvitation.landlord_id == scope_of(session).landlord_id,
        PanelInvitation.id == item_id,
        PanelInvitation.case_id == case_id,
    )
    kept = session.scalar(wanted.with_for_update())
    if kept is None:
        raise NoSuchItemError
    return kept


def _standing(case_id: UUID, now: datetime) -> Select[PanelInvitation]:
    return select(PanelInvitation).where(
        PanelInvitation.case_id == case_id, PanelInvitation.ended_at.is_(None), PanelInvitation.ends_at > now
    )


def _refused(field: str, says: str) -> RefusedError:
    return RefusedError(Refusal(field, Reason(says)))
