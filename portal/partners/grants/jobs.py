"""What follows for copies: a consent that was withdrawn, and a name that was taken out of its case."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending
from portal.partners.grants.models import AgencyGrant
from portal.partners.grants.narrowing import forget
from portal.partners.grants.service import SOURCE
from portal.store.audit import PORTAL
from portal.store.database import scope_of


def forget_withdrawn(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """The database has ended the grants on this consent in the same instant; this clears up after them."""
    ended = select(AgencyGrant.id).where(
        AgencyGrant.landlord_id == scope_of(session).landlord_id, AgencyGrant.consent_id == ids["consent_id"]
    )
    grants = list(session.scalars(ended))
    forget(session, grants)
    for grant_id in grants:
        tasks.settle(session, ids["case_id"], SOURCE, grant_id, Ending.NOT_NEEDED, PORTAL, now)


def forget_name(session: Session, ids: Mapping[str, UUID], _now: datetime) -> None:
    """The copies still have the name: they are destroyed, and made anew without it at the next opening."""
    of_case = select(AgencyGrant.id).where(
        AgencyGrant.landlord_id == scope_of(session).landlord_id, AgencyGrant.case_id == ids["case_id"]
    )
    forget(session, list(session.scalars(of_case)))
