"""The verbs about agreements: make, change, end. Sources: NPH Information Sharing, Working with others; whg 2.3."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.errors import PortalError
from portal.domain.permissions import Permission
from portal.domain.sharing import Part
from portal.partners.agencies.models import Agency
from portal.partners.agreements.models import SharingAgreement
from portal.partners.agreements.queries import PLACE
from portal.partners.grants.narrowing import hold_to
from portal.people.queries import Colleague, colleagues
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of

LONGEST = timedelta(days=3 * 366)  # the portal's own limit: an agreement is looked at again


class NoSuchAgreementError(PortalError):
    """No agreement with this id at this landlord."""


class ChangedMeanwhileError(PortalError):
    """Somebody else changed or ended it since the page was opened."""


class AgreementRefusedError(PortalError):
    """It cannot stand like this; `field` is the question that the sentence stands beside."""

    def __init__(self, sentence: str, field: str) -> None:
        """Keep where the sentence stands."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed. `parts` are all that may ever be shared under it; a share of one case names fewer."""

    purposes: str
    parts: frozenset[Part]
    contact: str
    address: str
    since: date
    review_on: date
    owner_id: UUID
    signed_copy: str = ""

    def said(self) -> dict[str, str]:
        """The words, as they are sealed."""
        return {
            "purposes": self.purposes,
            "contact": self.contact,
            "address": self.address,
            "signed_copy": self.signed_copy,
        }


def make(session: Session, agency_id: UUID, terms: Terms, actor: Actor, now: datetime) -> UUID:
    """Make an agreement with an agency; one that stands is changed, not made again."""
    agency = session.scalar(select(Agency).where(Agency.id == agency_id, Agency.active))
    if agency is None:
        raise AgreementRefusedError("Choose an agency of the list.", "agency")
    if session.scalar(_standing().where(SharingAgreement.agency_id == agency_id)):
        raise AgreementRefusedError("Your agreement with this agency stands. Change that one.", "agency")
    _check(session, terms, now, kept=None)
    agreement_id = new_id()
    session.add(
        SharingAgreement(
            landlord_id=scope_of(session).landlord_id,
            id=agreement_id,
            agency_id=agency_id,
            parts=_in_order(terms.parts),
            since=terms.since,
            review_on=terms.review_on,
            owner_id=terms.owner_id,
            made_at=now,
            made_by=actor.name,
            sealed=cipher_of(session).seal_json(PLACE, agreement_id, terms.said()),
        )
    )
    _note(session, Fact.AGREEMENT_MADE, agreement_id, actor, now)
    return agreement_id


def change(
    session: Session, agreement_id: UUID, revision: int, terms: Terms, actor: Actor, now: datetime
) -> None:
    """Change its terms. A later day of review is how a review is recorded."""
    kept = _held(session, agreement_id, revision)
    _check(session, terms, now, kept=kept)
    kept.parts, kept.since, kept.review_on = _in_order(terms.parts), terms.since, terms.review_on
    kept.owner_id, kept.changed_at, kept.changed_by = terms.owner_id, now, actor.name
    kept.sealed = cipher_of(session).seal_json(PLACE, agreement_id, terms.said())
    kept.revision += 1
    hold_to(session, agreement_id, kept.parts, actor, now)
    _note(session, Fact.AGREEMENT_CHANGED, agreement_id, actor, now)


def end(session: Session, agreement_id: UUID, revision: int, why: str, actor: Actor, now: datetime) -> None:
    """Nothing may be shared under it any more, from this instant on."""
    kept = _held(session, agreement_id, revision)
    cipher = cipher_of(session)
    said = cipher.open_json(PLACE, agreement_id, kept.sealed)
    kept.ended_at, kept.ended_by = now, actor.name
    kept.sealed = cipher.seal_json(PLACE, agreement_id, said | {"ended": why})
    kept.revision += 1
    hold_to(session, agreement_id, [], actor, now)
    _note(session, Fact.AGREEMENT_ENDED, agreement_id, actor, now)


def keepers(session: Session, now: datetime) -> list[Colleague]:
    """Who can look after an agreement: colleagues who may change it."""
    return [each for each in colleagues(session, now) if each.can(Permission.AGREEMENT_KEEP)]


def _held(session: Session, agreement_id: UUID, revision: int) -> SharingAgreement:
    """The agreement, held until the end of the transaction, as whoever changes it has seen it."""
    wanted = select(SharingAgreement).where(
        SharingAgreement.landlord_id == scope_of(session).landlord_id, SharingAgreement.id == agreement_id
    )
    kept = session.scalar(wanted.with_for_update())
    if kept is None:
        raise NoSuchAgreementError
    if kept.revision != revision or kept.ended_at:
        raise ChangedMeanwhileError
    return kept


def _check(session: Session, terms: Terms, now: datetime, *, kept: SharingAgreement | None) -> None:
    today = in_london(now).date()
    if not terms.parts:
        raise AgreementRefusedError("Choose at least one part.", "parts")
    same_day = kept is not None and kept.review_on == terms.review_on
    if not same_day and not today < terms.review_on <= today + LONGEST:
        raise AgreementRefusedError("Choose a day to come, and at most three years from now.", "review_on")
    if terms.review_on <= terms.since:
        raise AgreementRefusedError("It is reviewed after it begins.", "review_on")
    if terms.owner_id not in {each.account_id for each in keepers(session, now)}:
        raise AgreementRefusedError("Choose a colleague of the list.", "owner")


def _in_order(parts: frozenset[Part]) -> list[str]:
    return [each.value for each in Part if each in parts]


def _standing() -> Select[UUID]:
    return select(SharingAgreement.id).where(SharingAgreement.ended_at.is_(None))


def _note(session: Session, fact: Fact, agreement_id: UUID, actor: Actor, now: datetime) -> None:
    session.flush()
    audit.record(session, fact, actor, now, subject="agreement", subject_id=agreement_id)
