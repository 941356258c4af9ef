"""Requests to see the tenancy file as their pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.service import NoSuchCaseError
from portal.cases.tenancy_file import service
from portal.cases.tenancy_file.models import FileRequest
from portal.domain.tenancy_file import Line, as_he_reads_it
from portal.store.database import scope_of


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request, with the file that is gone through for it."""

    id: UUID
    asker: str
    acts_as: str | None
    authority_seen: bool
    asked_on: date
    prepared_by: UUID | None
    prepared_name: str | None
    prepared_at: datetime | None
    signed_name: str | None
    signed_at: datetime | None
    given_at: datetime | None
    revision: int
    said: dict[str, Any]
    lines: tuple[Line, ...]

    @property
    def as_read(self) -> str:
        """What is given."""
        return as_he_reads_it(self.lines)


def requests(session: Session, case_id: UUID) -> list[RequestRow]:
    """Every request of a case, the newest first."""
    here = (FileRequest.landlord_id == scope_of(session).landlord_id) & (FileRequest.case_id == case_id)
    rows = session.scalars(select(FileRequest).where(here).order_by(FileRequest.asked_on.desc(), FileRequest.id.desc()))
    return [_row(session, each) for each in rows]


def one(session: Session, case_id: UUID, request_id: UUID) -> RequestRow:
    """One request of a case."""
    found = next((each for each in requests(session, case_id) if each.id == request_id), None)
    if found is None:
        raise NoSuchCaseError
    return found


def _row(session: Session, row: FileRequest) -> RequestRow:
    said = service.said_of(session, row)
    return RequestRow(
        id=row.id,
        asker=row.asker,
        acts_as=row.acts_as,
        authority_seen=row.authority_seen,
        asked_on=row.asked_on,
        prepared_by=row.prepared_by,
        prepared_name=row.prepared_name,
        prepared_at=row.prepared_at,
        signed_name=row.signed_name,
        signed_at=row.signed_at,
        given_at=row.given_at,
        revision=row.revision,
        said=said,
        lines=service.lines_of(session, cases.get(session, row.case_id), said),
    )
