"""Who has seen her record, as she may be shown it: by post and day, in plain words; and what has left with whom.

Shares of which she has not been told stand apart: only staff see that there are any. Sources: issue of the case
record; HMIS "transparent logs"; UK GDPR Article 15.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, String, cast, func, select
from sqlalchemy.orm import Session

from portal.cases.disclosures import queries
from portal.cases.disclosures.gone import Known
from portal.cases.disclosures.models import Disclosure, SharingRequest
from portal.cases.disclosures.queries import LeftRow
from portal.cases.frame import Reader
from portal.domain.permissions import ROLE_NAMES
from portal.domain.sharing import Told
from portal.domain.wording import say_day
from portal.people.models import Account, Membership
from portal.store import audit
from portal.store.audit import AuditEntry, Fact
from portal.store.database import scope_of

DAYS = 120
READ_ONLY = frozenset(
    {Fact.CASE_READ, Fact.DOCUMENT_READ, Fact.CONTACT_DETAILS_READ, Fact.AUDIT_READ, Fact.DISCLOSURE_READ}
)
WHY = {
    Fact.CASE_READ: "read the record",
    Fact.DOCUMENT_READ: "opened a document",
    Fact.CONTACT_DETAILS_READ: "looked at how to reach you",
    Fact.CONTACT_RECORDED: "wrote down a contact with you",
    Fact.CASE_NOTE_ADDED: "wrote a note",
    Fact.CASE_ASSIGNED: "gave your case to somebody to look after",
    Fact.CASE_OPENED: "opened your case",
    Fact.CASE_STAGE_CHANGED: "changed where your case stands",
    Fact.SAFE_CONTACT_CHANGED: "changed how to reach you safely",
    Fact.DOCUMENT_ADDED: "added a document",
    Fact.CONSENT_GIVEN: "wrote down what you agreed to",
    Fact.CONSENT_WITHDRAWN: "wrote down that you no longer agree",
    Fact.DISCLOSED: "shared something, see above",
    Fact.AUDIT_READ: "checked who had looked",
}
AGREED_TO = "You agreed to this"
BESIDE_SHARES = {
    Known.HERS: "A copy for you",
    Known.AGREED: AGREED_TO,
    Known.TOLD: "We told you that we had to",
    Known.NOT_TOLD: "",
}
"""The same for what left without a share; what she has not been told of has no words here."""
WORKED = "worked on your case"


@dataclass(frozen=True, slots=True)
class Seen:
    """One person on one day."""

    day: date
    post: str
    name: str
    did: tuple[str, ...]

    @property
    def says_day(self) -> str:
        """The day in full."""
        return say_day(self.day)


@dataclass(frozen=True, slots=True)
class Readers:
    """One page, newest first. `untold` counts what has left without her being told: for staff only."""

    rows: tuple[Seen, ...]
    left: tuple[tuple[str, LeftRow], ...]
    untold: int
    older: str


def of_case(session: Session, case_id: UUID, reader: Reader, before: str = "") -> Readers:
    """Who has seen this record; that it was shown is written down as well."""
    audit.record(
        session,
        Fact.READERS_SHOWN,
        reader.actor,
        reader.now,
        permission=reader.permission,
        subject="case",
        subject_id=case_id,
    )
    rows, older = _people(session, case_id, _day(before))
    told, untold = _left(session, case_id)
    return Readers(rows, told, untold, older)


def _people(session: Session, case_id: UUID, before: date | None) -> tuple[tuple[Seen, ...], str]:
    day = func.date(func.timezone("Europe/London", AuditEntry.at)).label("day")
    facts = func.array_agg(AuditEntry.fact.distinct(), type_=ARRAY(String)).label("facts")
    query = (
        select(day, Account.name, Membership.post, cast(Membership.roles, String), facts)
        .join(Account, Account.id == AuditEntry.account_id)
        .join(
            Membership,
            (Membership.landlord_id == AuditEntry.landlord_id) & (Membership.account_id == Account.id),
            isouter=True,
        )
        .where(AuditEntry.landlord_id == scope_of(session).landlord_id, AuditEntry.subject_id == case_id)
        .group_by(day, Account.id, Account.name, Membership.post, cast(Membership.roles, String))
        .order_by(day.desc(), Account.id)
    )
    if before:
        query = query.where(day < before)
    found = session.execute(query.limit(DAYS + 1)).all()
    shown = found
    older = ""
    if len(found) > DAYS:  # a day is never cut in two
        older = found[DAYS].day.isoformat()
        shown = [each for each in found if each.day > found[DAYS].day] or found[:DAYS]
        older = shown[-1].day.isoformat()
    return tuple(Seen(each.day, _post(each[2], each[3]), each[1], _did(each.facts)) for each in shown), older


def _post(post: str | None, roles: str | None) -> str:
    if post:
        return post
    held = (name for role, name in reversed(ROLE_NAMES.items()) if f'"{role}"' in (roles or ""))
    return next(held, "Former colleague")


def _did(facts: list[str]) -> tuple[str, ...]:
    known = [Fact(each) for each in facts if each != Fact.READERS_SHOWN]
    said = [WHY[each] for each in WHY if each in known]
    more = any(each not in WHY for each in known)
    return (*said, WORKED) if more else tuple(said)


def _left(session: Session, case_id: UUID) -> tuple[tuple[tuple[str, LeftRow], ...], int]:
    shared = [
        (_ground(each), row)
        for each in _shares(session, case_id)
        for row in queries.left(session, case_id, each.id)
    ]
    apart = queries.apart(session, case_id)
    rows = shared + [(BESIDE_SHARES[Known(row.known)] if row.known else "", row) for row in apart]
    told = [(ground, row) for ground, row in rows if ground]
    return tuple(sorted(told, key=lambda each: each[1].at, reverse=True)), len(rows) - len(told)


def _shares(session: Session, case_id: UUID) -> Sequence[SharingRequest]:
    here = (Disclosure.landlord_id == scope_of(session).landlord_id) & (Disclosure.case_id == case_id)
    left = select(Disclosure.share_id).where(here)
    return session.scalars(
        select(SharingRequest).where(
            SharingRequest.landlord_id == scope_of(session).landlord_id, SharingRequest.id.in_(left)
        )
    ).all()


def _ground(share: SharingRequest) -> str:
    """Why it could leave, as she may read it; nothing for what she has not been told of."""
    if share.told == Told.NOT_TOLD:
        return ""
    return AGREED_TO if share.consent_id else f"Without your agreement, under {share.clause}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


