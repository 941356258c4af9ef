"""The references of a case in another register."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.elsewhere.models import PLACE, KeptElsewhere
from portal.people.models import Account
from portal.store.database import scope_of
from portal.store.record_keys import box_of


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One reference, opened."""

    at: datetime
    by: str
    system: str
    reference: str


def of_case(session: Session, case_id: UUID) -> list[Elsewhere]:
    """Every reference, the newest first."""
    rows = session.execute(
        select(KeptElsewhere, Account.name)
        .join(Account, Account.id == KeptElsewhere.account_id)
        .where(KeptElsewhere.landlord_id == scope_of(session).landlord_id, KeptElsewhere.case_id == case_id)
        .order_by(KeptElsewhere.at.desc(), KeptElsewhere.id.desc())
    )
    box = box_of(session, case_id)
    found = []
    for row, name in rows:
        said = box.open_json(PLACE, row.id, row.sealed)
        found.append(Elsewhere(row.at, name, said["system"], said["reference"]))
    return found
