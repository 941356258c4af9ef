"""What the database lets an agency see: for grants, times and people by chance, compared with a model without SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError

from portal.cases.models import Case, TimelineEntry
from portal.domain.agency_roles import AgencyRole
from portal.domain.permissions import Role
from portal.domain.sharing import Part
from portal.partners.agreements.models import SharingAgreement
from portal.partners.grants.keys import new_box
from portal.partners.grants.models import AgencyGrant, SharedKey, SharedSection
from portal.partners.members import service as members
from portal.people.models import Account
from portal.store.audit import PORTAL, Actor
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.record_keys import RecordKey
from portal.store.scope import AgencyScope, LandlordScope, PublicScope
from tests.partners.granting import Agency, agency_of, shared_case
from tests.partners_at_hand import an_agreement, members_at
from tests.places import Place, a_place

REFUSED = (DBAPIError, psycopg.Error)
SECTIONS = ("rules", "person", "risk", "notes")
HOURS = (-48, -1, 1, 48)
PEOPLE = ("worker", "coordinator", "both", "ended", "disabled", "nobody")


@dataclass(frozen=True)
class Drawn:
    """One grant by chance."""

    landlord: int
    agency: int
    parts: frozenset[str]
    begins: int
    ends: int
    accepted: bool | None
    revoked: bool


DRAWN = st.builds(
    Drawn,
    landlord=st.integers(0, 1),
    agency=st.integers(0, 1),
    parts=st.frozensets(st.sampled_from(SECTIONS[1:]), min_size=1),
    begins=st.sampled_from(HOURS),
    ends=st.sampled_from(HOURS),
    accepted=st.sampled_from([True, True, None, False]),
    revoked=st.sampled_from([False, False, True]),
)


def there(one: Drawn, agency: int, person: str) -> bool:
    """The model: is the grant there for this person of that agency?"""
    if person not in {"worker", "both"} or agency != one.agency:
        return False
    return one.begins < 0 < one.ends and not one.revoked


def sections_there(one: Drawn, agency: int, person: str) -> set[str]:
    """The model: and which sections of it?"""
    if not there(one, agency, person) or one.accepted is not True:
        return set()
    return {"rules", *one.parts}


@dataclass
class World:
    """Two landlords, two agencies, and every kind of person at each."""

    database: Database
    places: list[Place]
    agencies: list[Agency]
    people: list[dict[str, UUID]]
    cases: list[tuple[UUID, UUID, UUID, UUID]]

    def put(self, one: Drawn) -> tuple[UUID, dict[str, UUID]]:
        """Write the grant with a copy of every section, granted or not: ids of the grant and of its copies."""
        place, now = self.places[one.landlord], datetime.now(UTC)
        case_id, share_id, agreement_id, officer = self.cases[one.landlord]
        grant_id = new_id()
        with place.work() as session:
            session.add(
                AgencyGrant(
                    landlord_id=place.id, id=grant_id, case_id=case_id, agency_id=self.agencies[one.agency].id,
                    agreement_id=agreement_id, share_id=share_id, parts=sorted(one.parts),
                    from_at=now + timedelta(hours=one.begins), until_at=now + timedelta(hours=one.ends), made_at=now,
                    made_by=officer, made_name="Robin", accepted=one.accepted,
                    answered_at=None if one.accepted is None else now, ended_at=now if one.revoked else None,
                    sealed=new_box(session, grant_id, case_id, now).seal("agency_grant", grant_id, "x"),
                )
            )  # fmt: skip
            session.flush()
            copies = {section: new_id() for section in SECTIONS}
            for section, copy_id in copies.items():
                sealed = new_box(session, copy_id, case_id, now).seal("shared_section", copy_id, "x")
                session.add(
                    SharedSection(
                        landlord_id=place.id, id=copy_id, case_id=case_id, grant_id=grant_id, section=section,
                        made_at=now, sha256="", sealed=sealed,
                    )
                )  # fmt: skip
        return grant_id, copies

    def wipe(self) -> None:
        for place in self.places:
            with place.work() as session:
                for table in (SharedKey, SharedSection, AgencyGrant):
                    session.execute(delete(table).where(table.landlord_id == place.id))


def everybody(database: Database, agency: Agency) -> dict[str, UUID]:
    """Every kind of person at one agency."""
    worker, coordinator = AgencyRole.WORKER, AgencyRole.COORDINATOR
    found = {
        "worker": agency.somebody(worker),
        "coordinator": agency.somebody(coordinator),
        "both": agency.somebody(worker, coordinator),
        "ended": agency.somebody(worker),
        "disabled": agency.somebody(worker),
    }
    with database.work(agency.scope(found["ended"])) as session:
        members.end(session, members_at(database, agency.id, found["ended"]), PORTAL, datetime.now(UTC))
    with database.work(PublicScope()) as session:
        session.execute(update(Account).where(Account.id == found["disabled"].account_id).values(active=False))
    return {kind: who.account_id for kind, who in found.items()} | {"nobody": new_id()}


@pytest.fixture(scope="module")
def world(database: Database) -> Iterator[World]:
    """Made once: each example writes its own grants and takes them away again."""
    now = datetime.now(UTC) - timedelta(seconds=1)
    places, agencies = [a_place(database, "star"), a_place(database, "nph")], [agency_of(database), agency_of(database)]
    cases = []
    for place in places:
        officer = place.staff(Role.OFFICER)
        agreement_id = an_agreement(database, place.id, agencies[0].id, now)
        case_id, share_id = shared_case(place, agencies[0], Actor(officer, "Robin"), now)
        cases.append((case_id, share_id, agreement_id, officer))
    found = World(database, places, agencies, [everybody(database, each) for each in agencies], cases)
    yield found
    found.wipe()


@settings(max_examples=30)
@given(drawn=st.lists(DRAWN, min_size=1, max_size=5))
@pytest.mark.clause("HAV-4.12a")
@pytest.mark.clause("WHG-2.11a")
def test_the_database_lets_through_what_the_model_lets_through_and_nothing_else(
    world: World, drawn: list[Drawn]
) -> None:
    """No query here says whose, which or until when: a forgotten filter shows nothing."""
    made = [(one, *world.put(one)) for one in drawn]
    try:
        for agency in (0, 1):
            for person in PEOPLE:
                grants = {grant for one, grant, _ in made if there(one, agency, person)}
                copies = {
                    ids[section] for one, _, ids in made for section in sections_there(one, agency, person)
                }
                scope = AgencyScope(world.agencies[agency].id, world.people[agency][person])
                with world.database.work(scope) as session:
                    assert set(session.scalars(select(AgencyGrant.id))) == grants
                    assert session.scalar(select(func.count()).select_from(AgencyGrant)) == len(grants)
                    assert set(session.scalars(select(SharedSection.id))) == copies
                    assert set(session.scalars(select(SharedKey.id))) == grants | copies
    finally:
        world.wipe()


OPEN = Drawn(0, 0, frozenset({"person"}), -1, 1, accepted=True, revoked=False)


@pytest.mark.invariant(7)
def test_the_moment_at_which_a_grant_ends_its_list_has_neither_it_nor_a_count(world: World) -> None:
    grant_id, _ = world.put(OPEN)
    scope = AgencyScope(world.agencies[0].id, world.people[0]["worker"])
    for change in ({"until_at": datetime.now(UTC)}, {"ended_at": datetime.now(UTC)}):
        with world.database.work(scope) as session:
            assert session.scalar(select(func.count()).select_from(AgencyGrant)) == 1
        with world.places[0].work() as session:
            session.execute(update(AgencyGrant).where(AgencyGrant.id == grant_id).values(**change))
        with world.database.work(scope) as session:
            for table in (AgencyGrant, SharedSection, SharedKey):
                assert session.scalar(select(func.count()).select_from(table)) == 0
        with world.places[0].work() as session:
            back = {"until_at": datetime.now(UTC) + timedelta(hours=1), "ended_at": None}
            session.execute(update(AgencyGrant).where(AgencyGrant.id == grant_id).values(**back))
    world.wipe()


@pytest.mark.parametrize("table", [Case, TimelineEntry, RecordKey, SharingAgreement])
def test_the_record_itself_and_its_keys_are_beyond_an_agencys_reach(world: World, table: type[Case]) -> None:
    """Even with a grant that is open: it reads copies, each under a key of its own."""
    world.put(OPEN)
    scope = AgencyScope(world.agencies[0].id, world.people[0]["worker"])
    with world.database.work(scope) as session:
        assert session.scalars(select(table.id)).all() == []
    world.wipe()


@pytest.mark.parametrize(
    "change",
    ["parts = '[\"notes\", \"person\"]'", "until_at = now() + interval '9 years'", "revision = 7", "case_id = id"],
)
def test_an_agency_answers_and_changes_nothing_else_of_a_grant(world: World, change: str) -> None:
    world.put(Drawn(0, 0, frozenset({"person"}), -1, 1, accepted=None, revoked=False))
    scope = AgencyScope(world.agencies[0].id, world.people[0]["worker"])
    with pytest.raises(REFUSED), world.database.work(scope) as session:
        session.execute(text(f"UPDATE agency_grant SET {change}"))
    world.wipe()


def test_an_agency_writes_no_copy_and_no_key(world: World) -> None:
    grant_id, copies = world.put(OPEN)
    scope = AgencyScope(world.agencies[0].id, world.people[0]["worker"])
    with world.database.work(scope) as session:
        for statement in (
            "UPDATE shared_section SET section = 'person'",
            "DELETE FROM shared_section",
            "UPDATE shared_key SET wrapped = ''",
            "DELETE FROM agency_grant",
        ):
            assert session.execute(text(statement)).rowcount == 0, statement
    forged = f"INSERT INTO shared_key SELECT landlord_id, '{new_id()}', case_id, '', now() FROM agency_grant"
    with pytest.raises(REFUSED), world.database.work(scope) as session:
        session.execute(text(forged))
    with world.database.work(scope) as session:
        assert session.scalars(select(AgencyGrant.id)).all() == [grant_id]
        assert len(session.scalars(select(SharedSection.id)).all()) == 2
    assert len(copies) == 4
    world.wipe()


def test_another_landlords_scope_sees_no_grant(world: World) -> None:
    world.put(OPEN)
    with world.database.work(LandlordScope(world.places[1].id)) as session:
        for table in (AgencyGrant, SharedSection, SharedKey):
            assert session.scalars(select(table.id)).all() == []
    world.wipe()


def test_parts_are_named_in_the_database_as_in_the_portal() -> None:
    assert set(SECTIONS[1:]) <= {part.value for part in Part}
