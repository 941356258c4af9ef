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
from portal.domain.tenancy_file import Giving, Kind, Line, as_he_reads_it, given_together
from portal.store.database import scope_of


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper that was gathered, and what was decided on it."""

    number: int
    revision: int
    kind: Kind
    title: str
    giving: Giving | None
    by: str | None
    test: dict[str, Any]
    lines: tuple[Line, ...]

    @property
    def as_read(self) -> str:
        """What is given of it."""
        return as_he_reads_it(self.giving, self.lines)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request, with the papers that are gone through for it."""

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
    papers: tuple[PaperRow, ...]

    @property
    def as_read(self) -> str:
        """What is given."""
        return given_together([each.as_read for each in self.papers])

    @property
    def decided(self) -> bool:
        """Whether every paper has its decision."""
        return bool(self.papers) and all(each.giving for each in self.papers)

    @property
    def missing(self) -> tuple[Kind, ...]:
        """Where nobody has found anything yet, or nobody has looked."""
        there = {each.kind for each in self.papers}
        return tuple(each for each in Kind if each not in there and each is not Kind.OTHER)

    def touched_by(self, account_id: UUID) -> bool:
        """Whether they have had a hand in it: then the second signature is somebody else's."""
        return account_id == self.prepared_by or str(account_id) in self.said["hands"]

    def paper(self, number: int) -> PaperRow:
        """One of the papers, or the answer of a case that is not here."""
        found = next((each for each in self.papers if each.number == number), None)
        if found is None:
            raise NoSuchCaseError
        return found


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
        papers=_papers(session, row, said),
    )


def _papers(session: Session, row: FileRequest, said: dict[str, Any]) -> tuple[PaperRow, ...]:
    secrets = service.secrets_of(session, cases.get(session, row.case_id))
    return tuple(
        PaperRow(
            each["number"],
            each["revision"],
            Kind(each["kind"]),
            each["title"],
            Giving(each["giving"]) if each["giving"] else None,
            each["by"],
            each["test"],
            service.lines_of(each, secrets),
        )
        for each in said["papers"]
    )
