"""Who of those with a role here comes in at this moment: only they can be given anything to do.

Whoever was invited and has not signed in since does not; nor does whoever works for a partner agency, for they open
nothing here (portal.people.service). Both look the same, so that a landlord learns of nobody where else they work.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, Uuid, cast, func, literal, select, true
from sqlalchemy.orm import Session

from portal.people.models import Account, Membership, StaffSession
from portal.people.queries import Colleague, caseworkers
from portal.people.service import AGENCY, AT_AGENCY
from portal.store.database import with_eyes_of
from portal.store.scope import NOBODY, AccountScope
from portal.store.statements import HERE, Statement, ask, ask_one, given

NOT_SEEN = Statement(
    select(Membership.account_id)
    .join(Account, Account.id == Membership.account_id)
    .where(
        Membership.landlord_id == HERE,
        Membership.invited_at.is_not(None),
        ~select(StaffSession.id)
        .where(
            StaffSession.account_id == Membership.account_id,
            ~StaffSession.half,
            StaffSession.seen_at >= Membership.invited_at,
        )
        .exists(),
    )
)
WHOSE = given("account_id", Uuid())
OWN_EYES = Statement(select(func.set_config("portal.account_id", cast(WHOSE, Text), true())))
FOR_AN_AGENCY = Statement(
    select(literal(1))
    .select_from(AT_AGENCY.join(AGENCY, AGENCY.c.id == AT_AGENCY.c.agency_id))
    .where(AT_AGENCY.c.account_id == WHOSE, AT_AGENCY.c.ended_at.is_(None), AGENCY.c.active)
)
"""Nobody's work for an agency is there in a landlord's scope: it is asked with the eyes of each in turn."""


def outside(session: Session, accounts: Iterable[UUID]) -> frozenset[UUID]:
    """Who of these opens nothing here at this moment."""
    wanted = frozenset(accounts)
    found = {row.account_id for row in ask(session, NOT_SEEN)} & wanted
    with with_eyes_of(session, AccountScope(NOBODY)) as own:
        for account_id in sorted(wanted):
            ask_one(own, OWN_EYES, account_id=account_id)
            if ask_one(own, FOR_AN_AGENCY, account_id=account_id):
                found.add(account_id)
    return frozenset(found)


def who_come_in(session: Session, who: Sequence[Colleague]) -> list[Colleague]:
    """Those of them who can be given something to do."""
    away = outside(session, [each.account_id for each in who])
    return [each for each in who if each.account_id not in away]


def at_work(session: Session, now: datetime, route: str) -> list[Colleague]:
    """Those who work cases of this route and come in: whom to offer where somebody is chosen."""
    return who_come_in(session, caseworkers(session, now, route))
