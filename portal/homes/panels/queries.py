"""Who is invited to the panel about a case, for its page; and the one item, for whoever is invited to it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.confidentiality.queries import circles
from portal.cases.models import Case
from portal.domain.lifecycle import Route
from portal.domain.permissions import Permission
from portal.homes.panels.models import PanelInvitation
from portal.people.models import Account
from portal.people.queries import Colleague, colleagues
from portal.store.database import scope_of
from portal.store.record_keys import box_of

PLACE = "panel_invitation"


@dataclass(frozen=True, slots=True)
class Guest:
    """One invitation as the page of the case shows it."""

    id: UUID
    name: str
    meets_at: datetime
    ends_at: datetime
    made_by: str
    came: bool | None
    noted_at: datetime | None
    noted_by: str | None
    ended_at: datetime | None
    said: dict[str, str]

    def stands(self, at: datetime) -> bool:
        """Can it still be taken back?"""
        return self.ended_at is None and at < self.ends_at


@dataclass(frozen=True, slots=True)
class Item:
    """What whoever is invited finds. `words` is empty until they are there and it is talked about."""

    id: UUID
    case_id: UUID
    meets_at: datetime
    ends_at: datetime
    where: str
    open: bool
    here: bool
    words: str = ""


def of_case(session: Session, case_id: UUID) -> tuple[Guest, ...]:
    """Everybody who was invited to the panel about this case, the newest first."""
    box = box_of(session, case_id)
    rows = session.execute(
        select(PanelInvitation, Account.name)
        .join(Account, Account.id == PanelInvitation.account_id)
        .where(PanelInvitation.landlord_id == scope_of(session).landlord_id, PanelInvitation.case_id == case_id)
        .order_by(PanelInvitation.meets_at.desc(), PanelInvitation.id.desc())
    )
    return tuple(
        Guest(
            kept.id, name, kept.meets_at, kept.ends_at, kept.made_by, kept.came, kept.noted_at, kept.noted_by,
            kept.ended_at, box.open_json(PLACE, kept.id, kept.sealed),
        )
        for kept, name in rows
    )  # fmt: skip


def mine(session: Session, account_id: UUID | None, item_id: UUID, now: datetime) -> Item | None:
    """The one item, for the one who is invited, until it is over; nothing for everybody else, and nothing afterwards.

    A case that they must not know of is not there for them, so neither is its item: the database decides that.
    """
    kept = session.scalar(
        select(PanelInvitation).where(
            PanelInvitation.landlord_id == scope_of(session).landlord_id,
            PanelInvitation.id == item_id,
            PanelInvitation.account_id == account_id,
            PanelInvitation.ends_at > now,
            PanelInvitation.ended_at.is_(None),
        )
    )
    if kept is None:
        return None
    said = box_of(session, kept.case_id).open_json(PLACE, kept.id, kept.sealed)
    talked_about, here = kept.meets_at <= now, bool(kept.came)
    words = said["item"] if talked_about and here else ""
    return Item(kept.id, kept.case_id, kept.meets_at, kept.ends_at, said["where"], talked_about, here, words)


def can_be_invited(session: Session, case: Case, now: datetime) -> list[Colleague]:
    """Who may be asked: everybody who works here, unless they must not know of the case."""
    circle = circles(session, [case.id])[case.id]
    wanted = [each for each in colleagues(session, now) if each.can(Permission.PANEL_ATTEND)]
    open_to = [each for each in wanted if each.account_id not in circle.barred]
    if case.restricted:
        return [each for each in open_to if each.account_id in circle.named]
    if case.route == Route.STAFF:
        return [each for each in open_to if each.account_id in circle.named or each.can(Permission.STAFF_ROUTE_READ)]
    return open_to
