"""The systems that a landlord has let in: one that is used, and one that was ended."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.domain.importing.kinds import Kind
from portal.domain.permissions import Role, permissions_of
from portal.domain.systems import ApiScope
from portal.domain.webhooks import WebhookKind
from portal.store.audit import Actor
from portal.systems.importing.service import read_in
from portal.systems.tokens.service import Wanted, admit, end, make
from portal.systems.webhooks import service as hooks
from portal.systems.webhooks.models import WebhookNotice

REPAIRS = (ApiScope.JOBS_READ, ApiScope.JOBS_WRITE, ApiScope.MARKS_READ)
FILE = (
    b"Case Ref,Date Opened,Status,Victim,Property Address,First Contact,Case Officer\n"
    b"R-2041,31/02/2026,Open,Sky Example,4 Example Row,,\n"
    b"R-2042,03/02/2026,Closed,Rowan Example,5 Example Row,02/02/2026,\n"
    b"R-2043,04/02/2026,Open,Ash Example,6 Example Row,05/02/2026,somebody@elsewhere.example\n"
)
"""What other systems wrote, with something wrong in most lines."""
COLLEAGUES = (
    b"Name,Email,Role,Job title,Course,Level,Completed\n"
    b"Robin Example,robin@newcomer.example,Officer,Housing officer,Noticing abuse,Awareness,12/03/2026\n"
    b"Kit Example,kit@newcomer.example,Head of everything,,,,\n"
    b"Lee Example,,Officer,,Noticing abuse,,12/03/2026\n"
)
HOMES = (
    b"Property Ref,UPRN,Address,Postcode,Property Type,Bedrooms,Refuge\n"
    b"H-0001,100090000001,1 Example Row,ZZ1 1AA,House,3,No\n"
    b"H-0002,100090000002,2 Example Row,ZZ1 1AA,House,2,No\n"
    b"H-0003,,Flat 3 Example Court,,Flat,1,No\n"
    b"H-0004,,,,House,6,Yes\n"
)
HOUSING = (ApiScope.REPORTS_WRITE, ApiScope.TENANCY_WRITE)


def connect(session: Session, manager: Actor, now: datetime) -> None:
    """Let them in today, in the manager's name: what is on record stands in the order in which it happened.

    Nobody knows their tokens.
    """
    held = permissions_of(frozenset({Role.MANAGER}))
    _id, secret = make(session, Wanted("Repairs", REPAIRS, "90"), held, manager, now)
    session.flush()
    admit(session, secret, ApiScope.JOBS_READ, "api.job", now)
    kinds = (WebhookKind.JOB_ORDERED, WebhookKind.JOB_ENDED)
    told = hooks.Wanted("Repairs", "https://repairs.example.org/notices", kinds)
    webhook_id, _secret = hooks.make(session, told, manager, now)
    session.flush()
    hooks.attempt(session, webhook_id, manager, now)
    _was_taken(session, webhook_id, now)
    for kind, file in ((Kind.CASES, FILE), (Kind.PEOPLE, COLLEAGUES), (Kind.HOMES, HOMES)):
        read_in(session, kind, file, manager, now)
    old, _secret = make(session, Wanted("Housing management", HOUSING, "365"), held, manager, now)
    session.flush()
    end(session, old, manager, now)


def _was_taken(session: Session, webhook_id: UUID, at: datetime) -> None:
    """The trial arrived; nothing is sent from here to an address that is invented."""
    session.execute(
        update(WebhookNotice)
        .where(WebhookNotice.webhook_id == webhook_id)
        .values(sent_at=at, attempts=1, answered=204)
        .execution_options(synchronize_session=False)
    )
