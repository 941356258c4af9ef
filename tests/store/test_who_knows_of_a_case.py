"""What the database lets somebody see, table by table, against a model of who may know of a case."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Date, DateTime, Engine, Integer, LargeBinary, String, Table, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.cases.confidentiality.models import CaseBar, CaseReader
from portal.cases.household.models import PersonKey
from portal.cases.models import TimelineEntry
from portal.every_table import metadata
from portal.store import audit
from portal.store.audit import PORTAL, Fact
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.row_security import OF_THE_RULE
from portal.store.scope import NOBODY, LandlordScope
from tests.store.rows import NOW, a_landlord, an_account

HOUR = timedelta(hours=1)
STAFF = 3


@dataclass(frozen=True)
class Tie:
    """A name or a bar: for whom, whether it was ended, when it runs out, and if it is from whoever is in the case."""

    who: int
    ended: bool
    runs_out: timedelta | None = None
    from_somebody: bool = False


@dataclass(frozen=True)
class Made:
    """A case as a test has made it."""

    staff_route: bool
    restricted: bool
    officer: int | None
    readers: tuple[Tie, ...]
    bars: tuple[Tie, ...]
    somebody: int = 0

    def known_to(self, reader: int | None, everyone: "list[Made]", *, staff_cases: bool) -> bool:
        """The rule once more, in words of its own: first who must not, then who may."""
        if any(each.who == reader and not each.ended for each in self.bars):
            return False
        with_them = [bar for each in everyone if each.somebody == self.somebody for bar in each.bars]
        if any(bar.who == reader and not bar.ended and bar.from_somebody for bar in with_them):
            return False
        named = any(
            each.who == reader and not each.ended and (each.runs_out is None or each.runs_out > timedelta(0))
            for each in self.readers
        )
        if self.staff_route and not (staff_cases or named):
            return False
        return named or not self.restricted or (reader is not None and reader == self.officer)


who = st.integers(0, STAFF - 1)
bars = st.builds(Tie, who, st.booleans(), from_somebody=st.booleans())
readers = st.builds(Tie, who, st.booleans(), st.sampled_from([None, HOUR, -HOUR, -timedelta(seconds=1)]))
cases = st.builds(
    Made,
    st.booleans(),
    st.booleans(),
    st.none() | who,
    st.lists(readers, max_size=3).map(tuple),
    st.lists(bars, max_size=2).map(tuple),
    st.integers(0, 1),
)


PLAIN = {DateTime: NOW, LargeBinary: b"", Boolean: False, Integer: 1, Date: NOW.date(), JSONB: {}, String: "x"}
SORTED = metadata.sorted_tables
HUNG = {"cases"}
for _table in SORTED:
    if _table.name not in OF_THE_RULE and {key.column.table.name for key in _table.foreign_keys} & HUNG:
        HUNG.add(_table.name)
TABLES = [each for each in SORTED if each.name in HUNG]


@dataclass
class World:
    """A landlord with staff, and for each case a row in every table that hangs on cases."""

    database: Database
    owner: Engine
    id: UUID
    staff: list[UUID]
    behind: dict[str, dict[UUID, int]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, number: int, made: Made) -> UUID:
        """Write a case and a row into each table that hangs on cases, past all that guards what rows may say."""
        case_id = new_id()
        with self.owner.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            said = {
                "cases": {"id": case_id, "reference": case_id.hex, "restricted": made.restricted}
                | {"assigned_to": None if made.officer is None else self.staff[made.officer]}
                | {"route": "staff" if made.staff_route else "ordinary"},
                "search_token": {"token": case_id.bytes},
                "work_order": {"number": case_id.hex},
                "complaint": {"number": case_id.hex},
                "apart_token": {"token": case_id.bytes},
                "same_person": {"other_case_id": case_id},  # it is hidden with either of its cases
            }
            rows: dict[str, UUID] = {"account": self.staff[0]}
            for table in TABLES:
                values = self.row(table, rows) | said.get(table.name, {})
                connection.execute(table.insert().values(values))
                rows[table.name] = values.get("id", case_id)
                self.behind[table.name][rows[table.name]] = number
        with self.database.work(LandlordScope(self.id)) as session:
            audit.record(session, Fact.CASE_READ, PORTAL, NOW, subject="case", subject_id=case_id)
            self.behind["audit_entry"][case_id] = number
            tied = {"landlord_id": self.id, "case_id": case_id, "since": NOW, "sealed": b"", "made_by": self.staff[0]}
            for each in made.readers:
                until = datetime.now(UTC) + each.runs_out if each.runs_out else None
                session.add(CaseReader(id=new_id(), **tied, **self.tie(each), until=until))
            for each in made.bars:
                person_id = rows["person"] if each.from_somebody else None
                session.add(CaseBar(id=new_id(), **tied, **self.tie(each), person_id=person_id))
            key = {"landlord_id": self.id, "token": b"somebody %d" % made.somebody, "by": "born"}
            session.add(PersonKey(**key, person_id=rows["person"], case_id=case_id))
        return case_id

    def tie(self, each: Tie) -> dict[str, object]:
        return {"account_id": self.staff[each.who], "ended_at": NOW if each.ended else None}

    def row(self, table: Table, rows: dict[str, UUID]) -> dict[str, object]:
        """The least that a row of this table can be, hung on the rows that are there."""
        to = {key.parent.name: key.column.table.name for key in table.foreign_keys}
        values: dict[str, object] = {"landlord_id": self.id}
        for column in table.columns:
            if column.name == "landlord_id" or column.identity:
                continue
            if to.get(column.name) in rows:
                values[column.name] = rows[to[column.name]]
            elif column.name == "id":
                values["id"] = new_id()
            elif column.name in {"code_hash", "secret_hash"}:  # each one of its kind
                values[column.name] = new_id().bytes
            elif not column.nullable:
                kind = next((kind for kind in PLAIN if isinstance(column.type, kind)), None)
                values[column.name] = PLAIN[kind] if kind else new_id()
        return values


NARROWER = {"new_home", "agency_entry", "marac_minutes"}
"""Tables with a rule of their own beside, proven where they are at home: never more of them than the case allows."""
APART = ("identity", "apart_token")
KEY = {"search_token": "case_id", "apart_token": "case_id", "audit_entry": "subject_id"}


def seen(session: Session) -> dict[str, set[UUID]]:
    """The rows of every table that are there for this session."""
    names = [*(each.name for each in TABLES), "audit_entry"]
    every = " UNION ALL ".join(f"SELECT '{name}' AS name, {KEY.get(name, 'id')} AS id FROM {name}" for name in names)
    found: dict[str, set[UUID]] = {name: set() for name in names}
    for name, row in session.execute(text(every)):
        found[name].add(row)
    return found


@pytest.fixture(scope="module")
def staff(database: Database) -> list[UUID]:
    return [an_account(database) for _ in range(STAFF)]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(cases, min_size=1, max_size=3))
def test_every_table_shows_what_the_rule_says_and_nothing_else(
    database: Database, owner: Engine, staff: list[UUID], made: list[Made]
) -> None:
    world = World(database, owner, a_landlord(database), staff)
    for number, each in enumerate(made):
        world.add(number, each)
    for reader in (*range(STAFF), None):
        for staff_cases in (False, True):
            scope = LandlordScope(world.id, staff_cases, NOBODY if reader is None else staff[reader], identities=True)
            known = {n for n, each in enumerate(made) if each.known_to(reader, made, staff_cases=staff_cases)}
            with database.work(scope) as session:
                found = seen(session)
            for table, rows in world.behind.items():
                to_see = {row for row, number in rows.items() if number in known}
                assert found[table] <= to_see if table in NARROWER else found[table] == to_see, table
            with database.work(replace(scope, identities=False)) as session:
                assert not [table for table in APART if seen(session)[table]], "for the cleared only"
    with database.work(LandlordScope(world.id)) as session:
        found = seen(session)
    every = {table: set(rows) for table, rows in world.behind.items() if table not in NARROWER}
    assert {table: rows for table, rows in found.items() if table not in NARROWER} == every, "the portal's own jobs"


def test_nothing_can_be_written_to_a_case_that_is_not_there(
    database: Database, owner: Engine, staff: list[UUID]
) -> None:
    world = World(database, owner, a_landlord(database), staff)
    case_id = world.add(0, Made(False, True, 0, (), ()))
    note = {"landlord_id": world.id, "case_id": case_id, "at": NOW, "kind": "note", "actor": "x", "facts": {}}
    with database.work(LandlordScope(world.id, reader=staff[0])) as session:
        session.add(TimelineEntry(id=new_id(), **note))
    with database.work(LandlordScope(world.id, reader=staff[1])) as session:
        assert session.execute(text("UPDATE cases SET restricted = false")).rowcount == 0
        assert session.execute(text("DELETE FROM person")).rowcount == 0
        session.add(TimelineEntry(id=new_id(), **note))
        with pytest.raises(DBAPIError, match="row-level security"):
            session.flush()
        session.rollback()


def test_a_session_that_does_not_say_who_reads_reads_nothing(
    database: Database, owner: Engine, staff: list[UUID]
) -> None:
    """Neither the portal's eyes nor anybody's are taken for granted."""
    world = World(database, owner, a_landlord(database), staff)
    world.add(0, Made(False, False, None, (), ()))
    with database.work(LandlordScope(world.id)) as session:
        session.execute(text("SELECT set_config('portal.reader_id', '', true)"))
        with pytest.raises(DBAPIError, match="uuid"):
            session.execute(text("SELECT id FROM cases"))
        session.rollback()
