"""The verbs about the papers of a request: gather one, decide on it, take one away that was gathered by mistake.

Every change takes the signatures away, and whoever makes it cannot give the second one (HS-026 4.14).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.service import EditedMeanwhileError, NoSuchCaseError
from portal.cases.tenancy_file import service
from portal.cases.tenancy_file.models import PLACE, FileRequest
from portal.domain.errors import PortalError
from portal.domain.tenancy_file import Giving, Kind, Lack, Test, against
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.record_keys import box_of


class UnfitDecisionError(PortalError):
    """This decision does not follow from the answers; `lacking` says why, each beside its question."""

    def __init__(self, lacking: tuple[Lack, ...]) -> None:
        """Keep what is lacking."""
        super().__init__("This cannot be decided so.")
        self.lacking = lacking


@dataclass(frozen=True, slots=True)
class Gathered:
    """A paper as it stands where it was found."""

    kind: Kind
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What becomes of a paper: which lines go out, by which answers."""

    giving: Giving
    taken: Iterable[int]
    test: Test


def gather(
    session: Session, case_id: UUID, request_id: UUID, found: Gathered, actor: Actor, now: datetime
) -> int:
    """Lay a paper in, line by line as it stands. Its number stays its own."""
    row = service.get(session, case_id, request_id)
    said = service.said_of(session, row)
    number: int = said.get("last", 0) + 1
    paper: dict[str, Any] = {
        "number": number, "revision": 1, "kind": found.kind.value, "title": found.title, "text": found.text,
        "taken": [], "giving": None, "test": {}, "by": None,
    }  # fmt: skip
    _keep(session, row, said | {"papers": [*said["papers"], paper], "last": number}, actor, now)
    return number


def decide(
    session: Session,
    case_id: UUID,
    request_id: UUID,
    number: int,
    revision: int,
    found: Decided,
    actor: Actor,
    now: datetime,
) -> None:
    """Release, redact or withhold a paper. UnfitDecisionError where the answers do not bear it."""
    row = service.get(session, case_id, request_id)
    said = service.said_of(session, row)
    paper = _paper(said, number)
    if paper["revision"] != revision:
        raise EditedMeanwhileError
    changed = paper | {"taken": sorted(set(found.taken)), "revision": revision + 1}
    shown = service.lines_of(changed, service.secrets_of(session, cases.get(session, case_id)))
    lacking = against(found.giving, found.test, shown)
    if lacking:
        raise UnfitDecisionError(lacking)
    changed |= {"giving": found.giving.value, "by": actor.name, "test": _said(found.test)}
    papers = [changed if each is paper else each for each in said["papers"]]
    _keep(session, row, said | {"papers": papers}, actor, now)


def drop(
    session: Session, case_id: UUID, request_id: UUID, number: int, revision: int, actor: Actor, now: datetime
) -> None:
    """It was gathered by mistake, or its words have to be copied in anew."""
    row = service.get(session, case_id, request_id)
    said = service.said_of(session, row)
    paper = _paper(said, number)
    if paper["revision"] != revision:
        raise EditedMeanwhileError
    _keep(session, row, said | {"papers": [each for each in said["papers"] if each is not paper]}, actor, now)


def _paper(said: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] | None = next((each for each in said["papers"] if each["number"] == number), None)
    if found is None:
        raise NoSuchCaseError
    return found


def _said(test: Test) -> dict[str, Any]:
    return {
        "whose": test.whose, "other": test.other, "reasonable": test.reasonable, "tells": test.tells,
        "reason": test.reason,
    }  # fmt: skip


def _keep(session: Session, row: FileRequest, said: dict[str, Any], actor: Actor, now: datetime) -> None:
    hands = sorted({*said["hands"], str(actor.account_id)})
    row.sealed = box_of(session, row.case_id).seal_json(PLACE, row.id, said | {"hands": hands})
    row.prepared_by = row.prepared_name = row.prepared_at = None
    row.signed_by = row.signed_name = row.signed_at = None
    row.revision += 1
    audit.record(session, Fact.FILE_CHANGED, actor, now, subject="case", subject_id=row.case_id)
    session.flush()
