"""The verbs about a request to see the tenancy file: record it, go through the file, sign, give. HS-026 4.14.

Nothing is given on one person's word: whoever went through the file cannot sign. A change takes the signature away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.service import EditedMeanwhileError, NoSuchCaseError
from portal.cases.tenancy_file.models import PLACE, FileRequest
from portal.cases.tenancy_file.paper import paper_of
from portal.domain.errors import PortalError
from portal.domain.eyes import Asked as Request
from portal.domain.eyes import Eyes, letter
from portal.domain.tenancy_file import ActsAs, Asker, Line, as_he_reads_it, lines
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of
from portal.store.tenancy import Landlord


class NotPreparedError(PortalError):
    """Nobody has gone through the file yet, so that there is nothing to sign."""


class OwnWorkError(PortalError):
    """Nobody signs what they went through themselves."""


class NotSignedError(PortalError):
    """One person alone gives nothing of the file away."""


class NoAuthorityError(PortalError):
    """Nobody has seen that this person may act for the joint tenant."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came in: who asks, and for whom they act."""

    asker: Asker
    name: str
    acts_for: str
    asked_on: date
    acts_as: ActsAs | None = None
    authority_seen: bool = False


def record(session: Session, case_id: UUID, asked: Asked, actor: Actor, now: datetime) -> UUID:
    """Write a request down."""
    case, request_id = cases.get(session, case_id, for_update=True), new_id()
    said = {"name": asked.name, "acts_for": asked.acts_for, "text": "", "taken": []}
    row = FileRequest(
        landlord_id=case.landlord_id,
        id=request_id,
        case_id=case_id,
        asker=asked.asker.value,
        acts_as=asked.acts_as.value if asked.acts_as else None,
        authority_seen=asked.authority_seen,
        asked_on=asked.asked_on,
        made_at=now,
        made_by=actor.account_id,
        sealed=box_of(session, case_id).seal_json(PLACE, request_id, said),
    )
    session.add(row)
    _note(session, row, "file_asked", Fact.FILE_ASKED, actor, now)
    return request_id


def lay_in(
    session: Session, case_id: UUID, request_id: UUID, text: str, revision: int, actor: Actor, now: datetime
) -> None:
    """Put the words of the file in, as they stand there. What was taken out of an earlier wording counts no more."""
    _prepare(session, case_id, request_id, revision, {"text": text, "taken": []}, actor, now)


def take_out(
    session: Session,
    case_id: UUID,
    request_id: UUID,
    taken: Iterable[int],
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Take lines out, beside those in which the portal has found something itself."""
    _prepare(session, case_id, request_id, revision, {"taken": sorted(set(taken))}, actor, now)


def sign(session: Session, case_id: UUID, request_id: UUID, revision: int, actor: Actor, now: datetime) -> None:
    """A second person has read what is left as he would read it."""
    row = get(session, case_id, request_id)
    if row.revision != revision:
        raise EditedMeanwhileError
    if row.prepared_at is None or not said_of(session, row)["text"]:
        raise NotPreparedError
    if row.prepared_by == actor.account_id:
        raise OwnWorkError
    row.signed_by, row.signed_name, row.signed_at = actor.account_id, actor.name, now
    row.revision = revision + 1
    _note(session, row, "file_signed", Fact.FILE_SIGNED, actor, now)


def give(
    session: Session, case_id: UUID, request_id: UUID, actor: Actor, now: datetime, *, as_paper: bool = False
) -> bytes:
    """What is given of the file: words, and nothing behind them, the same whoever asks; on paper after a letter."""
    row = get(session, case_id, request_id)
    if row.signed_at is None:
        raise NotSignedError
    if row.asker == Asker.ACTING and not row.authority_seen:
        raise NoAuthorityError
    case = cases.get(session, case_id)
    row.given_at = row.given_at or now
    _note(session, row, "file_given", Fact.FILE_GIVEN, actor, now)
    words = as_he_reads_it(lines_of(session, case, said_of(session, row)))
    return paper_of(letter_of(session, row), words) if as_paper else words.encode()


def letter_of(session: Session, row: FileRequest) -> str:
    """The letter to whoever asked."""
    said = said_of(session, row)
    landlord = session.scalars(select(Landlord.name).where(Landlord.id == row.landlord_id)).one()
    eyes = Eyes.SOLICITOR if row.asker == Asker.ACTING else Eyes.JOINT_TENANT
    return letter(Request(said["name"], said["acts_for"], row.asked_on, landlord), eyes)


def lines_of(session: Session, case: Case, said: dict[str, Any]) -> tuple[Line, ...]:
    """The file line by line, with what must not be in what is given."""
    safe = cases.safe_contact(session, case)
    secrets = (case.reference, *safe.numbers(), *safe.addresses(), *filter(None, (safe.code_word,)))
    return lines(said["text"], secrets, frozenset(said["taken"]))


def get(session: Session, case_id: UUID, request_id: UUID) -> FileRequest:
    """The request, or the answer of a case that is not here."""
    row = session.scalar(
        select(FileRequest)
        .where(
            FileRequest.landlord_id == scope_of(session).landlord_id,
            FileRequest.case_id == case_id,
            FileRequest.id == request_id,
        )
        .with_for_update()
    )
    if row is None:
        raise NoSuchCaseError
    return row


def said_of(session: Session, row: FileRequest) -> dict[str, Any]:
    """The words of a request and of its file."""
    said: dict[str, Any] = box_of(session, row.case_id).open_json(PLACE, row.id, row.sealed)
    return said


def _prepare(
    session: Session,
    case_id: UUID,
    request_id: UUID,
    revision: int,
    change: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    row = get(session, case_id, request_id)
    if row.revision != revision:
        raise EditedMeanwhileError
    row.sealed = box_of(session, case_id).seal_json(PLACE, row.id, said_of(session, row) | change)
    row.prepared_by, row.prepared_name, row.prepared_at = actor.account_id, actor.name, now
    row.signed_by = row.signed_name = row.signed_at = None
    row.revision = revision + 1
    _note(session, row, "file_prepared", Fact.FILE_PREPARED, actor, now)


def _note(session: Session, row: FileRequest, kind: str, fact: Fact, actor: Actor, now: datetime) -> None:
    facts = {"asker": row.asker} | ({"acts_as": row.acts_as} if row.acts_as else {})
    tell(session, row.case_id, kind, actor, now, facts=facts)
    audit.record(session, fact, actor, now, subject="case", subject_id=row.case_id)
    session.flush()
