"""What the database lets somebody see, table by table, against a model of who may know of a case."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.cases.confidentiality.models import CaseBar, CaseReader
from portal.cases.models import Case, Contact, Person, TimelineEntry
from portal.deadlines.models import Deadline, Reminder
from portal.every_table import metadata
from portal.referrals.models import Report
from portal.store import audit
from portal.store.audit import PORTAL, Fact
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.row_security import OF_THE_RULE
from portal.store.scope import NOBODY, LandlordScope
from portal.store.search import SearchToken
from tests.store.rows import NOW, a_landlord, a_policy, an_account

HOUR = timedelta(hours=1)
STAFF = 3


@dataclass(frozen=True)
class Tie:
    """A name or a bar: for whom, whether it was ended, and when it runs out by itself."""

    who: int
    ended: bool
    runs_out: timedelta | None = None


@dataclass(frozen=True)
class Made:
    """A case as a test has made it."""

    staff_route: bool
    restricted: bool
    officer: int | None
    readers: tuple[Tie, ...]
    bars: tuple[Tie, ...]

    def known_to(self, reader: int | None, *, staff_cases: bool) -> bool:
        """The rule once more, in words of its own: first who must not, then who may."""
        if any(each.who == reader and not each.ended for each in self.bars):
            return False
        named = any(
            each.who == reader and not each.ended and (each.runs_out is None or each.runs_out > timedelta(0))
            for each in self.readers
        )
        if self.staff_route and not (staff_cases or named):
            return False
        return named or not self.restricted or (reader is not None and reader == self.officer)


who = st.integers(0, STAFF - 1)
bars = st.builds(Tie, who, st.booleans())
readers = st.builds(Tie, who, st.booleans(), st.sampled_from([None, HOUR, -HOUR, -timedelta(seconds=1)]))
cases = st.builds(
    Made,
    st.booleans(),
    st.booleans(),
    st.none() | who,
    st.lists(readers, max_size=3).map(tuple),
    st.lists(bars, max_size=2).map(tuple),
)


@dataclass
class World:
    """A landlord with staff, and for each case the rows that hang on it."""

    database: Database
    id: UUID
    staff: list[UUID]
    behind: dict[str, dict[UUID, int]] = field(default_factory=dict)

    def add(self, number: int, made: Made) -> None:
        """Write a case and one row into each table that hangs on cases, as the portal itself."""
        with self.database.work(LandlordScope(self.id)) as session:
            policy = a_policy(session)
            rows = rows_behind(self.id, self.staff[0], policy, made)
            case_id = rows[0].id
            rows[0].assigned_to = None if made.officer is None else self.staff[made.officer]
            for row in rows:
                session.add(row)
                session.flush()
            audit.record(session, Fact.CASE_READ, PORTAL, NOW, subject="case", subject_id=case_id)
            tied = {"landlord_id": self.id, "case_id": case_id, "since": NOW, "sealed": b"", "made_by": self.staff[0]}
            for each in made.readers:
                until = datetime.now(UTC) + each.runs_out if each.runs_out else None
                session.add(CaseReader(id=new_id(), **tied, **self.tie(each), until=until))
            for each in made.bars:
                session.add(CaseBar(id=new_id(), **tied, **self.tie(each)))
        for row in rows:
            self.behind.setdefault(row.__tablename__, {})[getattr(row, "id", case_id)] = number
        self.behind.setdefault("audit_entry", {})[case_id] = number

    def tie(self, each: Tie) -> dict[str, object]:
        return {"account_id": self.staff[each.who], "ended_at": NOW if each.ended else None}


def rows_behind(landlord_id: UUID, account_id: UUID, policy: UUID, made: Made) -> list:
    case_id, report_id, deadline_id = new_id(), new_id(), new_id()
    own = {"landlord_id": landlord_id}
    case = Case(**own, id=case_id, reference=case_id.hex, stage="new", policy_version_id=policy, opened_at=NOW, headline=b"",
                safe_contact=b"", summary=b"", preferences=[], route="staff" if made.staff_route else "ordinary",
                restricted=made.restricted)  # fmt: skip
    report = Report(**own, id=report_id, source="self", route=case.route, state="opened", received_at=NOW, recorded_at=NOW,
                    policy_version_id=policy, threat_to_life=False, answers=b"", headline=b"", preferences=[],
                    match_tokens=[], case_id=case_id)  # fmt: skip
    deadline = Deadline(**own, id=deadline_id, report_id=report_id, case_id=case_id, event="x", rule={}, clause="x", stated=True,
                        origin="x", stop_act="x", policy_version_id=policy, started_at=NOW)  # fmt: skip
    return [
        case,
        report,
        deadline,
        Reminder(**own, id=new_id(), deadline_id=deadline_id, rung="x", recipient="officer", due_at=NOW),
        Contact(**own, id=new_id(), case_id=case_id, at=NOW, recorded_at=NOW, account_id=account_id, channel="call",
                outcome="x", verdict="safe", sealed=b""),
        Person(**own, id=new_id(), case_id=case_id, part="survivor", sealed=b""),
        TimelineEntry(**own, id=new_id(), case_id=case_id, at=NOW, kind="note", actor="x", facts={}),
        SearchToken(**own, token=case_id.bytes, case_id=case_id),
    ]  # fmt: skip


KEY = {"search_token": "case_id", "audit_entry": "subject_id"}


def seen(session: Session, table: str) -> set[UUID]:
    where = " WHERE subject = 'case'" if table == "audit_entry" else ""
    return set(session.scalars(text(f"SELECT {KEY.get(table, 'id')} FROM {table}{where}")))


@pytest.fixture(scope="module")
def staff(database: Database) -> list[UUID]:
    return [an_account(database) for _ in range(STAFF)]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(cases, min_size=1, max_size=3))
def test_every_table_shows_what_the_rule_says_and_nothing_else(
    database: Database, staff: list[UUID], made: list[Made]
) -> None:
    world = World(database, a_landlord(database), staff)
    for number, each in enumerate(made):
        world.add(number, each)
    for reader in (*range(STAFF), None):
        for staff_cases in (False, True):
            scope = LandlordScope(world.id, staff_cases, NOBODY if reader is None else staff[reader])
            known = {n for n, each in enumerate(made) if each.known_to(reader, staff_cases=staff_cases)}
            with database.work(scope) as session:
                for table, rows in world.behind.items():
                    assert seen(session, table) == {row for row, number in rows.items() if number in known}, table
    with database.work(LandlordScope(world.id)) as session:
        assert all(seen(session, table) == set(rows) for table, rows in world.behind.items()), "the portal's own jobs"


def test_the_model_covers_every_table_that_hangs_on_a_case(database: Database, staff: list[UUID]) -> None:
    """Whoever adds a table with a case_id adds a row of it above."""
    world = World(database, a_landlord(database), staff)
    world.add(0, Made(False, False, None, (), ()))
    tied = {name for name, table in metadata.tables.items() if "case_id" in table.columns}
    assert tied - set(OF_THE_RULE) <= set(world.behind)


def test_nothing_can_be_written_to_a_case_that_is_not_there(database: Database, staff: list[UUID]) -> None:
    world = World(database, a_landlord(database), staff)
    world.add(0, Made(False, True, 0, (), ()))
    (case_id,) = world.behind["cases"]
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


def test_a_session_that_does_not_say_who_reads_reads_nothing(database: Database, staff: list[UUID]) -> None:
    """Neither the portal's eyes nor anybody's are taken for granted."""
    world = World(database, a_landlord(database), staff)
    world.add(0, Made(False, False, None, (), ()))
    with database.work(LandlordScope(world.id)) as session:
        session.execute(text("SELECT set_config('portal.reader_id', '', true)"))
        with pytest.raises(DBAPIError, match="uuid"):
            session.execute(text("SELECT id FROM cases"))
        session.rollback()
