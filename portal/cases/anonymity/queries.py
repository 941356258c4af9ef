"""Who she is, as the cleared read it; each reading is written down."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.anonymity.models import PLACE, IdentityEntry
from portal.cases.frame import Reader
from portal.cases.household.words import about
from portal.cases.service import NoSuchCaseError
from portal.domain.permissions import Permission
from portal.store import audit
from portal.store.audit import Fact
from portal.store.cleared import knows
from portal.store.database import scope_of
from portal.store.record_keys import box_of


@dataclass(frozen=True, slots=True)
class Identity:
    """What was told of who she is, by whom and when."""

    at: datetime
    actor: str
    details: dict[str, str]

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """With a label to each."""
        return about("survivor", self.details)


def identities(session: Session, case_id: UUID, reader: Reader) -> list[Identity]:
    """Everything that was told of who she is, the newest first; of a case with a name there is nothing here.

    Nothing either for somebody who is not cleared: the page says so, and whom to ask.
    """
    if not cases.get(session, case_id).anonymous:
        raise NoSuchCaseError
    if not knows(session, case_id):
        return []
    audit.record(
        session,
        Fact.IDENTITY_READ,
        reader.actor,
        reader.now,
        permission=Permission.IDENTITY_READ.value if scope_of(session).identities else "identity.cleared",
        subject="case",
        subject_id=case_id,
    )
    return told(session, case_id)


def told(session: Session, case_id: UUID) -> list[Identity]:
    """The same for what follows from it, without anybody reading it."""
    entry, box = IdentityEntry, box_of(session, case_id)
    here = (entry.landlord_id == scope_of(session).landlord_id) & (entry.case_id == case_id)
    rows = session.scalars(select(entry).where(here).order_by(entry.at.desc(), entry.id.desc()))
    return [Identity(row.at, row.actor, box.open_json(PLACE, row.id, row.sealed)) for row in rows]


def in_one(found: list[Identity]) -> dict[str, str]:
    """What is known now: of each detail, what was told last."""
    known: dict[str, str] = {}
    for each in reversed(found):
        known |= each.details
    return known
