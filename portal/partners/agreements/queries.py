"""The register of one landlord's agreements, with their words opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from portal.domain.sharing import Part, RecipientKind
from portal.domain.wording import say_day
from portal.partners.agencies.models import Agency
from portal.partners.agreements.models import SharingAgreement
from portal.people.models import Account
from portal.store.database import cipher_of, scope_of

PLACE = "sharing_agreement"


class AgreementState(StrEnum):
    """How an agreement stands on a day."""

    CURRENT = "current"
    OVERDUE = "overdue"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One agreement as pages show it."""

    id: UUID
    agency_id: UUID
    agency: str
    kind: RecipientKind
    parts: frozenset[Part]
    since: date
    review_on: date
    owner_id: UUID
    owner: str
    made_at: datetime
    made_by: str
    changed_at: datetime | None
    changed_by: str | None
    ended_at: datetime | None
    ended_by: str | None
    revision: int
    said: dict[str, str]
    """Purposes, contact, address, where the signed copy is, and why it ended."""

    def state(self, today: date) -> AgreementState:
        """Current up to and with the day of its review."""
        if self.ended_at:
            return AgreementState.ENDED
        return AgreementState.OVERDUE if self.review_on < today else AgreementState.CURRENT


def register(session: Session) -> list[AgreementRow]:
    """Every agreement of this landlord: those that stand by name, then those that have ended, the newest first."""
    rows = [_row(session, each) for each in session.execute(_agreements().order_by(Agency.name))]
    ended = sorted((each for each in rows if each.ended_at), key=lambda each: each.ended_at or each.made_at)
    return [*(each for each in rows if not each.ended_at), *reversed(ended)]


def agreement(session: Session, agreement_id: UUID) -> AgreementRow | None:
    """One of this landlord's agreements."""
    found = session.execute(_agreements().where(SharingAgreement.id == agreement_id)).first()
    return _row(session, found) if found else None


def to_review(session: Session, until: date) -> Sequence[Row[UUID, date, UUID]]:
    """The agreements that stand and whose review falls due by this day: id, day, who looks after it."""
    each = SharingAgreement
    wanted = select(each.id, each.review_on, each.owner_id).where(
        each.landlord_id == scope_of(session).landlord_id, each.ended_at.is_(None), each.review_on <= until
    )
    return session.execute(wanted.order_by(each.review_on, each.id)).all()


def _agreements() -> Select[SharingAgreement, str, str, str]:
    return (
        select(SharingAgreement, Agency.name, Agency.kind, Account.name)
        .join(Agency, Agency.id == SharingAgreement.agency_id)
        .join(Account, Account.id == SharingAgreement.owner_id)
    )


def _row(session: Session, found: Row[SharingAgreement, str, str, str]) -> AgreementRow:
    kept, agency, kind, owner = found
    return AgreementRow(
        id=kept.id,
        agency_id=kept.agency_id,
        agency=agency,
        kind=RecipientKind(kind),
        parts=frozenset(map(Part, kept.parts)),
        since=kept.since,
        review_on=kept.review_on,
        owner_id=kept.owner_id,
        owner=owner,
        made_at=kept.made_at,
        made_by=kept.made_by,
        changed_at=kept.changed_at,
        changed_by=kept.changed_by,
        ended_at=kept.ended_at,
        ended_by=kept.ended_by,
        revision=kept.revision,
        said=cipher_of(session).open_json(PLACE, kept.id, kept.sealed),
    )


def cited(session: Session) -> list[str]:
    """The agreements that stand, in the words in which a referral cites them: with whom, since when, when reviewed."""
    rows = session.execute(
        select(Agency.name, SharingAgreement.since, SharingAgreement.review_on)
        .join(Agency, Agency.id == SharingAgreement.agency_id)
        .where(SharingAgreement.landlord_id == scope_of(session).landlord_id, SharingAgreement.ended_at.is_(None))
        .order_by(Agency.name)
    )
    return [f"{name}, since {say_day(since)}, to be reviewed by {say_day(review)}" for name, since, review in rows]
