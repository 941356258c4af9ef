"""Who runs the portal, which landlords there are, and what support asked for: no case is in any of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.operators.models import PlatformOperator, SupportAccess
from portal.store.audit import AuditEntry, Fact
from portal.store.database import Glance, scope_of
from portal.store.statements import WHO_ASKS, Later, Statement, ask_one, given, pose
from portal.store.tenancy import Landlord

OPERATOR, ASKING = (
    Statement(
        select(PlatformOperator.account_id).where(
            PlatformOperator.account_id == who, PlatformOperator.ended_at.is_(None)
        )
    )
    for who in (given("account_id", Uuid()), WHO_ASKS)
)


class NoSuchLandlordError(PortalError):
    """There is no such landlord."""


@dataclass(frozen=True, slots=True)
class LandlordRow:
    """A landlord as whoever runs the portal sees it."""

    id: UUID
    slug: str
    name: str
    active: bool
    made_at: datetime
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class SupportRow:
    """One time that support asked, with how it stands now."""

    id: UUID
    account_id: UUID
    name: str
    reason: str
    hours: int
    asked_at: datetime
    answered_at: datetime | None
    answered_by: str | None
    until_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None
    state: str


@dataclass(frozen=True, slots=True)
class Looked:
    """One page that support opened."""

    at: datetime
    name: str
    page: str


def is_operator(session: Session | Glance, account_id: UUID) -> bool:
    """Does this person run the portal?"""
    return ask_one(session, OPERATOR, account_id=account_id) is not None


def pose_operator_asks(session: Session | Glance) -> Later[bool]:
    """Whether whoever asks does, where the database knows who that is."""
    found = pose(session, ASKING)
    return lambda: bool(found.rows)


def landlords(session: Session) -> list[LandlordRow]:
    """Every landlord, those that are suspended too."""
    rows = session.execute(
        select(
            Landlord.id, Landlord.slug, Landlord.name, Landlord.active, Landlord.made_at, Landlord.opened_at
        ).order_by(Landlord.name)
    )
    return [LandlordRow(*row) for row in rows]


def landlord(session: Session, place_id: UUID) -> LandlordRow:
    """One of them."""
    found = next((each for each in landlords(session) if each.id == place_id), None)
    if found is None:
        raise NoSuchLandlordError("There is no such landlord.")
    return found


def support_here(session: Session, now: datetime) -> list[SupportRow]:
    """Every time that support asked this landlord, the newest first."""
    here = SupportAccess.landlord_id == scope_of(session).landlord_id
    rows = session.scalars(select(SupportAccess).where(here).order_by(SupportAccess.asked_at.desc()))
    return [_row(each, now) for each in rows]


def support_of(session: Session, account_id: UUID, landlord_id: UUID, now: datetime) -> list[SupportRow]:
    """Every time that one person asked one landlord, in that person's own scope."""
    wanted = select(SupportAccess).where(
        SupportAccess.account_id == account_id, SupportAccess.landlord_id == landlord_id
    )
    return [_row(each, now) for each in session.scalars(wanted.order_by(SupportAccess.asked_at.desc()))]


def looked(session: Session) -> list[Looked]:
    """What support opened here, the newest first."""
    rows = session.execute(
        select(AuditEntry.at, AuditEntry.actor, AuditEntry.detail)
        .where(
            AuditEntry.landlord_id == scope_of(session).landlord_id,
            AuditEntry.fact == Fact.SUPPORT_LOOKED.value,
        )
        .order_by(AuditEntry.position.desc())
        .limit(200)
    )
    return [Looked(at, name, page or "") for at, name, page in rows]


def _row(kept: SupportAccess, now: datetime) -> SupportRow:
    return SupportRow(
        kept.id, kept.account_id, kept.name, kept.reason, kept.hours, kept.asked_at, kept.answered_at,
        kept.answered_by, kept.until_at, kept.ended_at, kept.ended_by, _state(kept, now),
    )  # fmt: skip


def _state(kept: SupportAccess, now: datetime) -> str:
    if kept.ended_at:
        return "ended"
    if kept.answered_at is None:
        return "asked"
    if kept.until_at is None:
        return "refused"
    return "open" if kept.until_at > now else "over"
