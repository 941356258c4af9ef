"""Row security with real commits: another landlord's rows cannot be seen, made, changed or hung on to."""

from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from portal.cases.models import Case, Person, TimelineEntry
from portal.every_table import metadata
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.row_security import NOT_OWNED, OF_AN_AGENCY, OF_AN_AREA
from portal.store.search import SearchToken
from tests.store.conftest import Two
from tests.store.rows import NOW, a_case, a_policy

OWNED = sorted(set(metadata.tables) - set(NOT_OWNED) - set(OF_AN_AGENCY) - set(OF_AN_AREA))


def case_of_a(database: Database, two: Two) -> UUID:
    with database.work(two.scope_a) as session:
        return a_case(session)


@pytest.mark.invariant(1)
def test_another_landlords_rows_are_invisible(database: Database, two: Two) -> None:
    case_id = case_of_a(database, two)
    with database.work(two.scope_b) as session:
        assert session.get(Case, (two.a, case_id)) is None
        assert session.scalar(select(func.count()).select_from(Case)) == 0
    with database.work(two.scope_a) as session:
        assert session.get(Case, (two.a, case_id)) is not None


@pytest.mark.parametrize("table", OWNED)
def test_every_owned_table_shows_a_landlord_only_its_own(database: Database, two: Two, table: str) -> None:
    case_of_a(database, two)
    with database.work(two.scope_b) as session:
        found = session.execute(text(f"SELECT DISTINCT landlord_id FROM {table}")).scalars().all()
    assert set(found) <= {two.b}


def test_a_row_cannot_be_made_for_another_landlord(database: Database, two: Two) -> None:
    with database.work(two.scope_b) as session:
        session.add(
            Case(
                landlord_id=two.a,
                id=new_id(),
                reference="x",
                stage="new",
                policy_version_id=new_id(),
                opened_at=NOW,
                headline=b"",
                safe_contact=b"",
                summary=b"",
                preferences=[],
            )
        )
        with pytest.raises(DBAPIError, match="row-level security"):
            session.flush()
        session.rollback()


def test_another_landlords_rows_cannot_be_changed_or_deleted(database: Database, two: Two) -> None:
    case_id = case_of_a(database, two)
    with database.work(two.scope_b) as session:
        assert session.execute(update(Case).where(Case.id == case_id).values(stage="closed")).rowcount == 0
        assert session.execute(delete(Case).where(Case.id == case_id)).rowcount == 0
    with database.work(two.scope_a) as session:
        assert session.scalar(select(Case.stage).where(Case.id == case_id)) == "new"


def test_a_row_cannot_be_handed_to_another_landlord(database: Database, two: Two) -> None:
    case_id = case_of_a(database, two)
    with database.work(two.scope_a) as session:
        with pytest.raises(DBAPIError, match="row-level security"):
            session.execute(update(Case).where(Case.id == case_id).values(landlord_id=two.b))
        session.rollback()


@pytest.mark.invariant(1)
@pytest.mark.parametrize("kind", ["note", "person", "search word", "policy of a case"])
def test_a_foreign_key_does_not_look_past_row_security(database: Database, two: Two, kind: str) -> None:
    """Foreign-key checks ignore row security; only the pair keeps B's note off A's case."""
    with database.work(two.scope_a) as session:
        case_id, policy_id = a_case(session), a_policy(session)
    with database.work(two.scope_b) as session:
        if kind == "note":
            row = {"id": new_id(), "at": NOW, "kind": "note", "actor": "x", "facts": {}}
            session.add(TimelineEntry(landlord_id=two.b, case_id=case_id, **row))
        elif kind == "person":
            session.add(Person(landlord_id=two.b, id=new_id(), case_id=case_id, part="survivor", sealed=b""))
        elif kind == "search word":
            session.add(SearchToken(landlord_id=two.b, token=b"x", case_id=case_id))
        else:
            session.get_one(Case, (two.b, a_case(session))).policy_version_id = policy_id
        with pytest.raises(IntegrityError, match="foreign key"):
            session.flush()
        session.rollback()
