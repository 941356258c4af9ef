"""What is there for an agency's worker. No query here says for whom or until when: the database does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from portal.domain.sharing import Part
from portal.partners.grants.copies import COPY, RULES
from portal.partners.grants.keys import NoKeyError, box_of
from portal.partners.grants.models import AgencyGrant, SharedSection
from portal.partners.grants.queries import OFFER
from portal.store.tenancy import Landlord


@dataclass(frozen=True, slots=True)
class SharedRow:
    """One case that was shared, or is offered."""

    id: UUID
    landlord_id: UUID
    landlord: str
    parts: tuple[Part, ...]
    until_at: datetime
    made_at: datetime
    made_name: str
    answered_at: datetime | None
    answered_name: str | None
    accepted: bool | None
    offer: dict[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One part as it was copied."""

    heading: str
    entries: tuple[tuple[str, str], ...]
    made_at: datetime


def my_cases(session: Session) -> list[SharedRow]:
    """Everything that is there: what waits for an answer first, then by the end."""
    query = _grants().order_by(AgencyGrant.answered_at.is_not(None), AgencyGrant.until_at, AgencyGrant.id)
    return [_row(session, each) for each in session.execute(query)]


def one(session: Session, grant_id: UUID) -> SharedRow | None:
    """One of them."""
    found = session.execute(_grants().where(AgencyGrant.id == grant_id)).first()
    return _row(session, found) if found else None


def rules(session: Session, row: SharedRow) -> tuple[str, ...]:
    """How contact is safe, as it was when this was last opened."""
    said = _copy(session, row, RULES)
    return tuple(said[1]["rules"]) if said else ()


def part(session: Session, row: SharedRow, wanted: Part) -> Shown | None:
    """One part; None where it is not there for this agency, or has nothing in it."""
    said = _copy(session, row, wanted.value)
    if said is None:
        return None
    made_at, kept = said
    return Shown(kept["heading"], tuple((label, text) for label, text in kept["entries"]), made_at)


def _grants() -> Select[AgencyGrant, str]:
    shown = AgencyGrant.accepted.is_not(False)
    return select(AgencyGrant, Landlord.name).join(Landlord, Landlord.id == AgencyGrant.landlord_id).where(shown)


def _row(session: Session, found: Row[AgencyGrant, str]) -> SharedRow:
    kept, landlord = found
    try:
        offer = box_of(session, kept.landlord_id, kept.id).open_json(OFFER, kept.id, kept.sealed)
    except NoKeyError:  # its time ended between the two questions
        offer = {"reference": "", "purpose": "", "person": ""}
    return SharedRow(
        id=kept.id,
        landlord_id=kept.landlord_id,
        landlord=landlord,
        parts=tuple(each for each in Part if each.value in kept.parts),
        until_at=kept.until_at,
        made_at=kept.made_at,
        made_name=kept.made_name,
        answered_at=kept.answered_at,
        answered_name=kept.answered_name,
        accepted=kept.accepted,
        offer=offer,
    )


def _copy(session: Session, row: SharedRow, section: str) -> tuple[datetime, dict[str, Any]] | None:
    copy = session.execute(
        select(SharedSection.id, SharedSection.made_at, SharedSection.sealed).where(
            SharedSection.landlord_id == row.landlord_id,
            SharedSection.grant_id == row.id,
            SharedSection.section == section,
        )
    ).first()
    if copy is None:
        return None
    try:
        box = box_of(session, row.landlord_id, copy.id)
    except NoKeyError:  # its time ended between the two questions
        return None
    return copy.made_at, box.open_json(COPY, copy.id, copy.sealed)
