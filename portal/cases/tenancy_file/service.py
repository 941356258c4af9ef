"""The verbs about a request to see the tenancy file: record it, sign it twice, give it. HS-026 4.14.

Its papers are gathered and decided on in papers.py. Nothing is given on one person's word: the first signature says
that every paper is decided on; nobody gives the second who has had a hand in it. A change takes both away.
"""

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
from portal.domain.tenancy_file import (
    ActsAs,
    Asker,
    Giving,
    Kind,
    Line,
    Relation,
    as_he_reads_it,
    given_together,
    lines,
)
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of
from portal.store.tenancy import Landlord


class NotPreparedError(PortalError):
    """A paper waits for its decision, or none is gathered, or nobody has signed first."""


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
    relation: Relation = Relation.JOINT_TENANT


def record(session: Session, case_id: UUID, asked: Asked, actor: Actor, now: datetime) -> UUID:
    """Write a request down."""
    case, request_id = cases.get(session, case_id, for_update=True), new_id()
    said: dict[str, Any] = {"name": asked.name, "acts_for": asked.acts_for, "relation": asked.relation.value}
    said |= {"papers": [], "hands": []}
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
    note(session, row, "file_asked", Fact.FILE_ASKED, actor, now)
    return request_id


def sign_first(session: Session, case_id: UUID, request_id: UUID, revision: int, actor: Actor, now: datetime) -> None:
    """Every paper is decided on: whoever went through them says so with their name."""
    row = get(session, case_id, request_id)
    if row.revision != revision:
        raise EditedMeanwhileError
    if not _decided(said_of(session, row)):
        raise NotPreparedError
    row.prepared_by, row.prepared_name, row.prepared_at = actor.account_id, actor.name, now
    row.signed_by = row.signed_name = row.signed_at = None
    row.revision = revision + 1
    note(session, row, "file_prepared", Fact.FILE_PREPARED, actor, now)


def sign(session: Session, case_id: UUID, request_id: UUID, revision: int, actor: Actor, now: datetime) -> None:
    """A second person, who had no hand in it, has read what is left as he would read it."""
    row = get(session, case_id, request_id)
    if row.revision != revision:
        raise EditedMeanwhileError
    said = said_of(session, row)
    if row.prepared_at is None or not _decided(said):
        raise NotPreparedError
    if actor.account_id == row.prepared_by or str(actor.account_id) in said["hands"]:
        raise OwnWorkError
    row.signed_by, row.signed_name, row.signed_at = actor.account_id, actor.name, now
    row.revision = revision + 1
    note(session, row, "file_signed", Fact.FILE_SIGNED, actor, now)


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
    note(session, row, "file_given", Fact.FILE_GIVEN, actor, now)
    words = words_of(session, case, said_of(session, row))
    return paper_of(letter_of(session, row), words) if as_paper else words.encode()


def letter_of(session: Session, row: FileRequest) -> str:
    """The letter to whoever asked."""
    said = said_of(session, row)
    landlord = session.scalars(select(Landlord.name).where(Landlord.id == row.landlord_id)).one()
    eyes = Eyes.SOLICITOR if row.asker == Asker.ACTING else Eyes.JOINT_TENANT
    return letter(Request(said["name"], said["acts_for"], row.asked_on, landlord), eyes)


def words_of(session: Session, case: Case, said: dict[str, Any]) -> str:
    """What is given of all papers together."""
    secrets = secrets_of(session, case)
    return given_together([
        as_he_reads_it(Giving(each["giving"]) if each["giving"] else None, lines_of(each, secrets))
        for each in said["papers"]
    ])  # fmt: skip


def secrets_of(session: Session, case: Case) -> tuple[str, ...]:
    """What of the case must not stand in what is given: its reference, and how they are reached."""
    safe = cases.safe_contact(session, case)
    return (case.reference, *safe.numbers(), *safe.addresses(), *filter(None, (safe.code_word,)))


def lines_of(paper: dict[str, Any], secrets: tuple[str, ...]) -> tuple[Line, ...]:
    """A paper line by line, with what must not be in what is given."""
    return lines(paper["text"], secrets, frozenset(paper["taken"]))


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
    """The words of a request, and its papers."""
    said: dict[str, Any] = box_of(session, row.case_id).open_json(PLACE, row.id, row.sealed)
    return said if "papers" in said else _from_before(said, row)


def _decided(said: dict[str, Any]) -> bool:
    return bool(said["papers"]) and all(each["giving"] for each in said["papers"])


def _from_before(said: dict[str, Any], row: FileRequest) -> dict[str, Any]:
    """A request that was kept when a file was one text: that is its one paper now, and waits for its decision."""
    paper = {
        "number": 1, "revision": 1, "kind": Kind.NOTES.value, "title": "", "text": said["text"],
        "taken": said["taken"], "giving": None, "test": {}, "by": None,
    }  # fmt: skip
    now = {"relation": Relation.JOINT_TENANT.value, "papers": [paper] if said["text"] else [], "last": 1}
    return said | now | {"hands": [str(row.prepared_by)] if row.prepared_by else []}


def note(session: Session, row: FileRequest, kind: str, fact: Fact, actor: Actor, now: datetime) -> None:
    """One line for the story of the case, one for whoever audits."""
    facts = {"asker": row.asker} | ({"acts_as": row.acts_as} if row.acts_as else {})
    tell(session, row.case_id, kind, actor, now, facts=facts)
    audit.record(session, fact, actor, now, subject="case", subject_id=row.case_id)
    session.flush()
