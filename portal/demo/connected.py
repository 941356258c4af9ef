"""The systems that a landlord has let in: one that is used, and one that was ended."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.domain.permissions import Role, permissions_of
from portal.domain.systems import ApiScope
from portal.store.audit import Actor
from portal.systems.tokens.service import Wanted, admit, end, make

REPAIRS = (ApiScope.JOBS_READ, ApiScope.JOBS_WRITE, ApiScope.MARKS_READ)
HOUSING = (ApiScope.REPORTS_WRITE, ApiScope.TENANCY_WRITE)


def connect(session: Session, manager: Actor, now: datetime) -> None:
    """Let them in, in the manager's name. Nobody knows their tokens."""
    held = permissions_of(frozenset({Role.MANAGER}))
    _id, secret = make(session, Wanted("Repairs", REPAIRS, "90"), held, manager, now - timedelta(days=40))
    session.flush()
    admit(session, secret, ApiScope.JOBS_READ, "api.job", now - timedelta(hours=3))
    old, _secret = make(session, Wanted("Housing management", HOUSING, "365"), held, manager, now - timedelta(days=90))
    session.flush()
    end(session, old, manager, now - timedelta(days=41))
