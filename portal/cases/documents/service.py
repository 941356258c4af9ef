"""The verbs about documents: add, correct by a newer version, hand out, keep back and lift that again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.documents import queries
from portal.cases.documents.inspection import Inspected
from portal.cases.documents.media import Media
from portal.cases.documents.models import Document, DocumentFile, KeptBack
from portal.cases.documents.queries import PLACE
from portal.cases.frame import Reader
from portal.cases.models import TimelineEntry
from portal.cases.opening import tell
from portal.cases.service import NoSuchCaseError
from portal.domain.errors import PortalError
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

FILE_PLACE, MARK_PLACE = "document_file", "kept_back"


class DocumentKind(StrEnum):
    """What it is, for whoever looks for it."""

    EVIDENCE = "evidence"
    LETTER = "letter"
    COURT = "court"
    ASSESSMENT = "assessment"
    CONSENT = "consent"
    PICTURE = "picture"
    MESSAGE = "message"
    IDENTITY = "identity"
    OTHER = "other"


class Marked(StrEnum):
    """What can be kept back."""

    DOCUMENT = "document"
    LINE = "line"


class NoSuchDocumentError(NoSuchCaseError):
    """No document with this id on this case."""


class ReplacedMeanwhileError(PortalError):
    """Somebody else has added a newer version since the page was opened."""


@dataclass(frozen=True, slots=True)
class About:
    """What whoever adds a file says about it; `original_name` is sealed, and never used as a name again."""

    title: str
    kind: DocumentKind
    evidences: str
    original_name: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that has been looked into, with the hash of what came in."""

    file: Inspected
    received_sha256: str
    scanned: bool


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file as it leaves for a download: a name that says nothing, and the bytes."""

    name: str
    media: Media
    data: bytes


def add(session: Session, case_id: UUID, about: About, received: Received, actor: Actor, now: datetime) -> UUID:
    """Keep a file in a case."""
    cases.get(session, case_id)
    document_id = _keep(session, case_id, None, about, received, actor, now)
    tell(session, case_id, "document", actor, now, facts={"kind": about.kind.value}, words=about.title)
    _note(session, Fact.DOCUMENT_ADDED, case_id, document_id, actor, now)
    return document_id


def correct(
    session: Session, case_id: UUID, of_id: UUID, about: About, received: Received, actor: Actor, now: datetime
) -> UUID:
    """Put a newer version in the place of one; the old one stays and can still be read. Marks go on holding."""
    cases.get(session, case_id)
    old = _get(session, case_id, of_id, for_update=True)
    if old.replaced_at:
        raise ReplacedMeanwhileError
    old.replaced_at = now
    document_id = _keep(session, case_id, old, about, received, actor, now)
    tell(session, case_id, "document_version", actor, now, facts={"kind": about.kind.value}, words=about.title)
    _note(session, Fact.DOCUMENT_ADDED, case_id, document_id, actor, now)
    return document_id


def refused(session: Session, case_id: UUID, actor: Actor, now: datetime) -> None:
    """Write down that a file was refused; nothing of it is kept."""
    audit.record(session, Fact.DOCUMENT_REFUSED, actor, now, subject="case", subject_id=case_id)


def hand_out(session: Session, case_id: UUID, document_id: UUID, reader: Reader) -> HandedOut:
    """Open a file for whoever may read the case; each time is written down."""
    case = cases.get(session, case_id)
    found = _get(session, case_id, document_id)
    audit.record(
        session,
        Fact.DOCUMENT_READ,
        reader.actor,
        reader.now,
        permission=reader.permission,
        subject="case",
        subject_id=case_id,
        detail=str(document_id),
    )
    return handed(session, case.reference, case_id, queries.one(session, case_id, found.id))


def handed(session: Session, reference: str, case_id: UUID, row: queries.DocumentRow | None) -> HandedOut:
    """The bytes of one version under a name that says nothing."""
    if row is None:
        raise NoSuchDocumentError
    sealed = session.scalar(
        select(DocumentFile.sealed).where(
            DocumentFile.landlord_id == scope_of(session).landlord_id, DocumentFile.id == row.id
        )
    )
    if sealed is None:
        raise NoSuchDocumentError
    data = box_of(session, case_id).open_bytes(FILE_PLACE, row.id, sealed)
    return HandedOut(f"{reference}-{row.id.hex[-6:]}.{row.media.suffixes[0]}", row.media, data)


def keep_back(
    session: Session, case_id: UUID, what: Marked, of_id: UUID, why: str, actor: Actor, now: datetime
) -> None:
    """Mark something as not to leave. Doing it twice changes nothing."""
    cases.get(session, case_id, for_update=True)
    _check_there(session, case_id, what, of_id)
    if of_id in queries.kept_back(session, case_id):
        return
    mark_id = new_id()
    session.add(
        KeptBack(
            landlord_id=scope_of(session).landlord_id,
            id=mark_id,
            case_id=case_id,
            what=what.value,
            of_id=of_id,
            at=now,
            account_id=actor.account_id,
            sealed=box_of(session, case_id).seal(MARK_PLACE, mark_id, why),
        )
    )
    tell(session, case_id, "kept_back", actor, now, facts={"what": what.value}, words=why)
    _note(session, Fact.KEPT_BACK, case_id, of_id, actor, now)


def keep_line_back(session: Session, case_id: UUID, line_id: UUID, why: str, actor: Actor, now: datetime) -> None:
    """The same for a line of the timeline."""
    keep_back(session, case_id, Marked.LINE, line_id, why, actor, now)


def lift(session: Session, case_id: UUID, of_id: UUID, why: str, actor: Actor, now: datetime) -> None:
    """Let something leave again, with the reason on the timeline."""
    cases.get(session, case_id, for_update=True)
    mark = session.scalar(
        select(KeptBack).where(
            KeptBack.case_id == case_id, KeptBack.of_id == of_id, KeptBack.lifted_at.is_(None)
        )
    )
    if mark is None:
        raise NoSuchDocumentError
    mark.lifted_at, mark.lifted_by = now, actor.account_id
    tell(session, case_id, "kept_back_lifted", actor, now, facts={"what": mark.what}, words=why)
    _note(session, Fact.KEPT_BACK_LIFTED, case_id, of_id, actor, now)


def _keep(
    session: Session,
    case_id: UUID,
    old: Document | None,
    about: About,
    received: Received,
    actor: Actor,
    now: datetime,
) -> UUID:
    document_id, landlord_id, box = new_id(), scope_of(session).landlord_id, box_of(session, case_id)
    file = received.file
    said = {
        "title": about.title,
        "evidences": about.evidences,
        "original_name": about.original_name,
        "why": about.why,
        "warnings": list(file.warnings),
    }
    session.add(
        Document(
            landlord_id=landlord_id,
            id=document_id,
            case_id=case_id,
            first_id=old.first_id if old else document_id,
            version=old.version + 1 if old else 1,
            kind=about.kind.value,
            media=file.media.code,
            size=len(file.data),
            sha256=sha256(file.data).hexdigest(),
            received_sha256=received.received_sha256,
            scanned=received.scanned,
            added_at=now,
            account_id=actor.account_id,
            sealed=box.seal_json(PLACE, document_id, said),
        )
    )
    session.flush()
    sealed = box.seal_bytes(FILE_PLACE, document_id, file.data)
    session.execute(
        insert(DocumentFile),
        {"landlord_id": landlord_id, "id": document_id, "case_id": case_id, "sealed": sealed},
    )
    return document_id


def _get(session: Session, case_id: UUID, document_id: UUID, *, for_update: bool = False) -> Document:
    wanted = select(Document).where(Document.id == document_id, Document.case_id == case_id)
    found = session.scalar(wanted.with_for_update() if for_update else wanted)
    if found is None:
        raise NoSuchDocumentError
    return found


def _check_there(session: Session, case_id: UUID, what: Marked, of_id: UUID) -> None:
    if what is Marked.DOCUMENT:
        there = select(Document.id).where(Document.case_id == case_id, Document.first_id == of_id).limit(1)
    else:
        there = select(TimelineEntry.id).where(TimelineEntry.case_id == case_id, TimelineEntry.id == of_id)
    if session.scalar(there) is None:
        raise NoSuchDocumentError


def _note(session: Session, fact: Fact, case_id: UUID, about: UUID, actor: Actor, now: datetime) -> None:
    audit.record(session, fact, actor, now, subject="case", subject_id=case_id, detail=str(about))
