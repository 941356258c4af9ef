"""Rows of the store's tests: the least that a landlord, a case and a member of staff can be."""

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.landlords.models import PolicyVersion
from portal.people.models import Account, Membership
from portal.store.base import new_id
from portal.store.database import Database, scope_of
from portal.store.keys import add_key
from portal.store.scope import LandlordScope, PlatformScope, PublicScope
from portal.store.tenancy import Landlord

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


def a_landlord(database: Database, key_made_at: datetime = NOW) -> UUID:
    """A landlord with a key and a policy version."""
    landlord_id = new_id()
    word = f"l{landlord_id.hex[-10:]}"
    with database.work(PlatformScope("test")) as session:
        session.add(Landlord(id=landlord_id, slug=word, name=word, code=word, face={}, made_at=NOW))
        session.flush()
        add_key(session, database.keyring.masters, landlord_id, key_made_at)
    with database.work(LandlordScope(landlord_id)) as session:
        a_policy(session)
    return landlord_id


def a_policy(session: Session) -> UUID:
    """A stored policy version, empty."""
    version_id = new_id()
    session.add(
        PolicyVersion(
            landlord_id=scope_of(session).landlord_id,
            id=version_id,
            reference="X",
            label="X",
            in_force_from=date(2020, 1, 1),
            digest=version_id.hex,
            body={},
            loaded_at=NOW,
        )
    )
    session.flush()
    return version_id


def a_case(session: Session) -> UUID:
    """A case with nothing in it."""
    case_id = new_id()
    session.add(
        Case(
            landlord_id=scope_of(session).landlord_id,
            id=case_id,
            reference=case_id.hex,
            stage="new",
            policy_version_id=a_policy(session),
            opened_at=NOW,
            headline=b"",
            safe_contact=b"",
            summary=b"",
            preferences=[],
        )
    )
    session.flush()
    return case_id


def an_account(database: Database, *landlord_ids: UUID) -> UUID:
    """A member of staff who is an officer at these landlords."""
    account_id = new_id()
    with database.work(PublicScope()) as session:
        session.add(
            Account(
                id=account_id,
                email=f"{account_id.hex}@staff.example",
                name="R",
                password_hash="-",
                made_at=NOW,
            )
        )
    for landlord_id in landlord_ids:
        with database.work(LandlordScope(landlord_id)) as session:
            session.add(
                Membership(
                    landlord_id=landlord_id, id=new_id(), account_id=account_id, roles=["officer"], offers=[]
                )
            )
    return account_id
