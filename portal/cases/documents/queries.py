"""The documents of a case as lists show them, and which things are kept back from everybody outside."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from portal.cases.documents.media import MEDIA, Media
from portal.cases.documents.models import Document, KeptBack
from portal.people.models import Account
from portal.store.database import scope_of
from portal.store.record_keys import box_of

PAGE = 20
KB, MB = 1024, 1024 * 1024
PLACE = "document"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One version with its words opened. `number` is what its file is called by, with the case's reference."""

    id: UUID
    first_id: UUID
    version: int
    kind: str
    media: Media
    size: int
    sha256: str
    received_sha256: str
    scanned: bool
    added_at: datetime
    added_by: str
    replaced_at: datetime | None
    title: str
    evidences: str
    original_name: str
    why: str
    warnings: tuple[str, ...]
    kept_back: bool

    @property
    def says_size(self) -> str:
        """As people say it."""
        return f"{self.size / MB:.1f} MB" if self.size >= MB else f"{max(1, round(self.size / KB))} KB"


@dataclass(frozen=True, slots=True)
class Documents:
    """One page of the newest versions; `older` is where the next page begins."""

    rows: tuple[DocumentRow, ...]
    older: str


def current(session: Session, case_id: UUID, before: str = "", most: int = PAGE) -> Documents:
    """The newest version of each document, the latest first."""
    query = _of_case(session, case_id).where(Document.replaced_at.is_(None))
    start = _point(before)
    if start:
        query = query.where(tuple_(Document.added_at, Document.id) < tuple_(*start))
    found = _rows(session, case_id, query.limit(most + 1))
    older = f"{found[most - 1].added_at.isoformat()}~{found[most - 1].id}" if len(found) > most else ""
    return Documents(tuple(found[:most]), older)


def versions(session: Session, case_id: UUID, first_id: UUID) -> list[DocumentRow]:
    """Every version of one document, the newest first; none where it is not of this case."""
    return _rows(session, case_id, _of_case(session, case_id).where(Document.first_id == first_id))


def one(session: Session, case_id: UUID, document_id: UUID) -> DocumentRow | None:
    """One version, if it is of this case."""
    found = _rows(session, case_id, _of_case(session, case_id).where(Document.id == document_id))
    return found[0] if found else None


def kept_back(session: Session, case_id: UUID) -> frozenset[UUID]:
    """The ids of everything in this case that must not leave."""
    return frozenset(
        session.scalars(
            select(KeptBack.of_id).where(
                KeptBack.landlord_id == scope_of(session).landlord_id,
                KeptBack.case_id == case_id,
                KeptBack.lifted_at.is_(None),
            )
        )
    )


def _of_case(session: Session, case_id: UUID) -> "Select[Document, str]":
    return (
        select(Document, Account.name)
        .join(Account, Account.id == Document.account_id)
        .where(Document.landlord_id == scope_of(session).landlord_id, Document.case_id == case_id)
        .order_by(Document.added_at.desc(), Document.id.desc())
    )


def _rows(session: Session, case_id: UUID, query: "Select[Document, str]") -> list[DocumentRow]:
    found = session.execute(query).all()
    if not found:
        return []
    box, held = box_of(session, case_id), kept_back(session, case_id)
    return [_row(each, name, box.open_json(PLACE, each.id, each.sealed), each.first_id in held) for each, name in found]


def _row(each: Document, name: str, said: dict[str, object], held: bool) -> DocumentRow:  # noqa: FBT001
    return DocumentRow(
        id=each.id,
        first_id=each.first_id,
        version=each.version,
        kind=each.kind,
        media=MEDIA[each.media],
        size=each.size,
        sha256=each.sha256,
        received_sha256=each.received_sha256,
        scanned=each.scanned,
        added_at=each.added_at,
        added_by=name,
        replaced_at=each.replaced_at,
        title=str(said["title"]),
        evidences=str(said["evidences"]),
        original_name=str(said["original_name"]),
        why=str(said.get("why", "")),
        warnings=tuple(map(str, said["warnings"])) if isinstance(said["warnings"], list) else (),
        kept_back=held,
    )


def _point(text: str) -> tuple[datetime, UUID] | None:
    at, _, row = text.partition("~")
    try:
        return datetime.fromisoformat(at), UUID(row)
    except ValueError:
        return None
