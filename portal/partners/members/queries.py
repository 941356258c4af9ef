"""The people of one agency, as its coordinator sees them; and the agency of whoever signs in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, select
from sqlalchemy.orm import Session

from portal.domain.agency_roles import AGENCY_ROLE_NAMES, AgencyRole
from portal.partners.agencies.models import Agency
from portal.partners.members.models import AgencyMember
from portal.people.models import Account
from portal.store.database import Glance
from portal.store.statements import WHO_ASKS, Later, Statement, ask, given, pose
from portal.web.principal import AtAgency


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person's part at the agency."""

    id: UUID
    account_id: UUID
    name: str
    email: str
    roles: frozenset[AgencyRole]
    begins_at: datetime
    begun_by: str
    ended_at: datetime | None
    ended_by: str | None

    @property
    def role_names(self) -> list[str]:
        """The roles in words."""
        return [says for role, says in AGENCY_ROLE_NAMES.items() if role in self.roles]


THEIRS, MINE = (
    Statement(
        select(Agency.id, Agency.name, AgencyMember.roles)
        .join(Agency, Agency.id == AgencyMember.agency_id)
        .where(AgencyMember.account_id == who, AgencyMember.ended_at.is_(None), Agency.active)
    )
    for who in (given("account_id", Uuid()), WHO_ASKS)
)


def agency_of(session: Session | Glance, account_id: UUID) -> AtAgency | None:
    """The agency that this person works for now; asked in the transaction in which the database knows who asks."""
    return _at(ask(session, THEIRS, account_id=account_id))


def pose_my_agency(session: Session | Glance) -> Later[AtAgency | None]:
    """The agency of whoever asks, where the database knows who that is."""
    found = pose(session, MINE)
    return lambda: _at(found.rows)


def _at(rows: Sequence[Any]) -> AtAgency | None:
    return next((AtAgency(row.id, row.name, frozenset(map(AgencyRole, row.roles))) for row in rows), None)


def members(session: Session) -> list[MemberRow]:
    """Everybody who works for the agency of this scope or did: those who do by name, then the others."""
    rows = session.execute(
        select(
            AgencyMember.id, Account.id, Account.name, Account.email, AgencyMember.roles, AgencyMember.begins_at,
            AgencyMember.begun_by, AgencyMember.ended_at, AgencyMember.ended_by,
        )
        .join(Account, Account.id == AgencyMember.account_id)
        .order_by(AgencyMember.ended_at.desc().nulls_first(), Account.name, AgencyMember.id)
    )  # fmt: skip
    return [
        MemberRow(one, account, name, email, frozenset(map(AgencyRole, roles)), since, by, ended_at, ended_by)
        for one, account, name, email, roles, since, by, ended_at, ended_by in rows
    ]
