"""The shares of a case and what has left because of them, with their words opened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session, aliased

from portal.cases.disclosures.entries import Content
from portal.cases.disclosures.gone import LEFT_PLACE
from portal.cases.disclosures.models import Disclosure, SharingRequest
from portal.cases.disclosures.ways import Way
from portal.domain.sharing import Concern, Part, Recipient, RecipientKind
from portal.people.models import Account
from portal.store.database import scope_of
from portal.store.record_keys import box_of

PAGE = 20
MOST_APART = 100
SHARE_PLACE = "share"


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One share as its page shows it."""

    id: UUID
    state: str
    recipient: Recipient
    person: str
    purpose: str
    parts: tuple[Part, ...]
    documents: tuple[UUID, ...]
    since: datetime | None
    consent_id: UUID | None
    exception: str | None
    clause: str | None
    concerns: tuple[Concern, ...]
    basis: str | None
    condition: str | None
    law: str | None
    told: str | None
    life_in_danger: bool
    said: dict[str, str]
    asked_at: datetime
    asked_by_id: UUID
    asked_by: str
    decided_at: datetime | None
    decided_by: str | None


@dataclass(frozen=True, slots=True)
class LeftRow:
    """One time that something left."""

    id: UUID
    share_id: UUID | None
    source: str | None
    known: str | None
    at: datetime
    by: str
    way: Way
    parts: tuple[Part, ...]
    documents: dict[str, str]
    size: int
    sha256: str
    content: Content


@dataclass(frozen=True, slots=True)
class Page:
    """One page of shares; `older` is where the next begins."""

    rows: tuple[ShareRow, ...]
    older: str


def shares(session: Session, case_id: UUID, before: str = "") -> Page:
    """The newest shares of a case."""
    query = _shares(session, case_id).order_by(SharingRequest.asked_at.desc(), SharingRequest.id.desc())
    start = _point(before)
    if start:
        query = query.where(tuple_(SharingRequest.asked_at, SharingRequest.id) < tuple_(*start))
    found = _rows(session, case_id, query.limit(PAGE + 1))
    older = f"{found[PAGE - 1].asked_at.isoformat()}~{found[PAGE - 1].id}" if len(found) > PAGE else ""
    return Page(tuple(found[:PAGE]), older)


def share(session: Session, case_id: UUID, share_id: UUID) -> ShareRow | None:
    """One share, if it is of this case."""
    found = _rows(session, case_id, _shares(session, case_id).where(SharingRequest.id == share_id))
    return found[0] if found else None


def left(session: Session, case_id: UUID, share_id: UUID) -> list[LeftRow]:
    """Everything that left because of one share, the newest first."""
    return _left(session, case_id, _leaving(session, case_id).where(Disclosure.share_id == share_id))


def apart(session: Session, case_id: UUID, most: int | None = MOST_APART) -> list[LeftRow]:
    """What left without a share: copies of plans, safeguarding referrals, handovers; the newest first."""
    return _left(session, case_id, _leaving(session, case_id).where(Disclosure.share_id.is_(None)).limit(most))


def one_left(session: Session, case_id: UUID, left_id: UUID) -> LeftRow | None:
    """One disclosure, if it is of this case."""
    found = _left(session, case_id, _leaving(session, case_id).where(Disclosure.id == left_id))
    return found[0] if found else None


def _shares(session: Session, case_id: UUID) -> "Select[SharingRequest, str, str]":
    decider = aliased(Account)
    return (
        select(SharingRequest, Account.name, decider.name)
        .join(Account, Account.id == SharingRequest.asked_by)
        .join(decider, decider.id == SharingRequest.decided_by, isouter=True)
        .where(SharingRequest.landlord_id == scope_of(session).landlord_id, SharingRequest.case_id == case_id)
    )


def _rows(session: Session, case_id: UUID, query: "Select[SharingRequest, str, str]") -> list[ShareRow]:
    found = session.execute(query).all()
    box = box_of(session, case_id) if found else None
    return [
        _row(each, box.open_json(SHARE_PLACE, each.id, each.sealed), asked_by, decided_by)
        for each, asked_by, decided_by in found
        if box
    ]


def _row(each: SharingRequest, said: dict[str, str], asked_by: str, decided_by: str | None) -> ShareRow:
    return ShareRow(
        id=each.id,
        state=each.state,
        recipient=Recipient(RecipientKind(each.recipient_kind), said["agency"]),
        person=said["person"],
        purpose=said["purpose"],
        parts=tuple(Part(part) for part in each.parts),
        documents=tuple(UUID(document) for document in each.documents),
        since=each.since,
        consent_id=each.consent_id,
        exception=each.exception,
        clause=each.clause,
        concerns=tuple(Concern(concern) for concern in each.concerns),
        basis=each.basis,
        condition=each.condition,
        law=each.law,
        told=each.told,
        life_in_danger=each.life_in_danger,
        said=said,
        asked_at=each.asked_at,
        asked_by_id=each.asked_by,
        asked_by=asked_by,
        decided_at=each.decided_at,
        decided_by=decided_by,
    )


def _leaving(session: Session, case_id: UUID) -> "Select[Disclosure, str | None]":
    return (
        select(Disclosure, Account.name)
        .join(Account, Account.id == Disclosure.account_id, isouter=True)
        .where(Disclosure.landlord_id == scope_of(session).landlord_id, Disclosure.case_id == case_id)
        .order_by(Disclosure.at.desc(), Disclosure.id.desc())
    )


def _left(session: Session, case_id: UUID, query: "Select[Disclosure, str | None]") -> list[LeftRow]:
    found = session.execute(query).all()
    box = box_of(session, case_id) if found else None
    return [_left_row(each, box.open_json(LEFT_PLACE, each.id, each.sealed), name or "") for each, name in found if box]


def _left_row(each: Disclosure, kept: dict[str, Any], name: str) -> LeftRow:
    return LeftRow(
        id=each.id,
        share_id=each.share_id,
        source=each.source,
        known=each.known,
        at=each.at,
        by=name,
        way=Way(each.way),
        parts=tuple(Part(part) for part in each.parts),
        documents=dict(each.documents),
        size=each.size,
        sha256=each.sha256,
        content=Content.from_dict(kept),
    )


def _point(text: str) -> tuple[datetime, UUID] | None:
    at, _, row = text.partition("~")
    try:
        return datetime.fromisoformat(at), UUID(row)
    except ValueError:
        return None
