"""A move and its offers, as their pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.rehousing.offers import Home, Outcome, Readiness, Tenure
from portal.homes.moves.models import HomeMove, HomeOffer
from portal.store.database import scope_of
from portal.store.record_keys import box_of


@dataclass(frozen=True, slots=True)
class MoveRow:
    """The move of a case with its words opened."""

    id: UUID
    state: str
    home: Home
    need: str | None
    band: str | None
    decided_at: datetime | None
    decided_by: str | None
    moved_on: date | None
    revision: int
    said: dict[str, Any]

    @property
    def days(self) -> int | None:
        """How many days lay between the decision and the move (STAR 3.16)."""
        if self.moved_on is None or self.decided_at is None:
            return None
        return (self.moved_on - in_london(self.decided_at).date()).days

    @property
    def ready(self) -> Readiness:
        """What of the things that come before an offer is on record."""
        return Readiness(
            risk_after_move_assessed=bool(self.said["risks"] and self.said["lessened"]),
            duties_talked_through=bool(self.said["ours"] and self.said["theirs"]),
            needs_asked=bool(self.said["needs"]),
        )


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer with its words opened."""

    id: UUID
    home: Home
    outcome: Outcome
    made_at: datetime
    actor: str
    answered_at: datetime | None
    answered_by: str | None
    said: dict[str, Any]

    @property
    def seen_at(self) -> datetime | None:
        """When it is seen; None where that is not arranged."""
        at = self.said.get("seen_at")
        return datetime.fromisoformat(at) if at else None


def move_of(session: Session, case_id: UUID) -> MoveRow | None:
    """The move of this case, if one is thought of."""
    row = session.scalar(
        select(HomeMove).where(
            HomeMove.landlord_id == scope_of(session).landlord_id, HomeMove.case_id == case_id
        )
    )
    if row is None:
        return None
    return MoveRow(
        row.id,
        row.state,
        Home(row.bedrooms, row.kind, Tenure(row.tenure)),
        row.need,
        row.band,
        row.decided_at,
        row.decided_by,
        row.moved_on,
        row.revision,
        box_of(session, case_id).open_json("home_move", row.id, row.sealed),
    )


def offers_of(session: Session, case_id: UUID) -> tuple[OfferRow, ...]:
    """Every offer, the newest first."""
    box = box_of(session, case_id)
    rows = session.scalars(
        select(HomeOffer)
        .where(HomeOffer.landlord_id == scope_of(session).landlord_id, HomeOffer.case_id == case_id)
        .order_by(HomeOffer.made_at.desc(), HomeOffer.id.desc())
    )
    return tuple(
        OfferRow(
            row.id,
            Home(row.bedrooms, row.kind, Tenure(row.tenure)),
            Outcome(row.outcome),
            row.made_at,
            row.actor,
            row.answered_at,
            row.answered_by,
            box.open_json("home_offer", row.id, row.sealed),
        )
        for row in rows
    )
