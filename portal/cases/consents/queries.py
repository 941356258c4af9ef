"""The consents of a case, with their words opened; those in force first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.consents.models import ConsentGiven
from portal.domain.calendar import in_london
from portal.domain.sharing import Consent, GivenHow, Part, Recipient, RecipientKind
from portal.domain.wording import say_day
from portal.people.models import Account
from portal.store.database import scope_of
from portal.store.record_keys import box_of

PLACE = "consent"
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent as pages show it."""

    id: UUID
    consent: Consent
    how: GivenHow
    purpose: str
    limits: str
    words: str
    withdrawn_words: str
    recorded_at: datetime
    recorded_by: str

    @property
    def last_day(self) -> str:
        """The day with whose end it ends."""
        return say_day(in_london(self.consent.until - INSTANT).date())

    def state(self, at: datetime) -> str:
        """In a word: in force, withdrawn, or ended."""
        if self.consent.in_force(at):
            return "in_force"
        return "withdrawn" if self.consent.withdrawn_at else "ended"


def of_case(session: Session, case_id: UUID, at: datetime) -> list[ConsentRow]:
    """Every consent that was ever given here: those in force first, then the newest."""
    rows = session.execute(
        select(ConsentGiven, Account.name)
        .join(Account, Account.id == ConsentGiven.account_id)
        .where(ConsentGiven.landlord_id == scope_of(session).landlord_id, ConsentGiven.case_id == case_id)
        .order_by(ConsentGiven.given_at.desc(), ConsentGiven.id.desc())
    ).all()
    box = box_of(session, case_id) if rows else None
    found = [_row(each, box.open_json(PLACE, each.id, each.sealed), name) for each, name in rows if box]
    return sorted(found, key=lambda row: not row.consent.in_force(at))


def _row(given: ConsentGiven, said: dict[str, str], name: str) -> ConsentRow:
    return ConsentRow(
        id=given.id,
        consent=Consent(
            Recipient(RecipientKind(given.recipient_kind), said["agency"]),
            frozenset(Part(each) for each in given.parts),
            given.given_at,
            given.until,
            given.withdrawn_at,
        ),
        how=GivenHow(given.given_how),
        purpose=said["purpose"],
        limits=said["limits"],
        words=said["words"],
        withdrawn_words=said.get("withdrawn", ""),
        recorded_at=given.recorded_at,
        recorded_by=name,
    )
