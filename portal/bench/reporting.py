"""How quickly figures come of very many cases at one landlord: the page, a report's counting, a file of all cases.

The cases are rows that the database makes by itself, without words: figures read codes and moments only. Row security
is the real one, and so are the statements.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from portal.bench.scratch import scratch
from portal.domain.calendar import in_london
from portal.domain.exports import Form, Mark
from portal.domain.figures import Quarter
from portal.domain.permissions import Role
from portal.landlords.policies import in_force
from portal.people.models import Account
from portal.people.staff import give_roles
from portal.reports.benchmark.measuring import measured
from portal.reports.exports import contents
from portal.reports.exports.writing import written
from portal.reports.performance import published, service
from portal.reports.performance.measures import MEASURES, When
from portal.reports.performance.queries import counted
from portal.serving.progress import Progress
from portal.settings import Settings
from portal.store.audit import PORTAL, Actor
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import NOBODY, LandlordScope, PublicScope
from portal.store.tenancy import Landlord

LANDLORD = "havebury"
YEARS = timedelta(days=5 * 365)
OFFICERS = 40
NO_SIGN_IN = {"password_hash": "x"}
CASES = """
INSERT INTO cases (landlord_id, id, reference, stage, route, policy_version_id, opened_at, closed_at, closed_reason,
  assigned_to, headline, safe_contact, summary, preferences, threat_to_life, next_due_at, revision, restricted,
  anonymous, risk_level)
SELECT :here, gen_random_uuid(), 'B' || n, CASE WHEN n % 10 < 3 THEN 'active' ELSE 'closed' END, 'ordinary', :version,
  opened, CASE WHEN n % 10 < 3 THEN NULL ELSE opened + interval '60 days' END,
  CASE WHEN n % 10 < 3 THEN NULL ELSE (ARRAY['helped', 'declined', 'moved'])[1 + n % 3] END,
  (CAST(:officers AS uuid[]))[1 + n % :many], '', '', '', '[]', false, opened + interval '30 days', 1, false, false,
  (ARRAY['high', 'medium', 'standard', NULL])[1 + n % 4]
FROM (SELECT n, :now - random() * CAST(:years AS interval) AS opened FROM generate_series(1, :cases) n) made
"""
REST = (
    """
INSERT INTO report (landlord_id, id, source, route, state, received_at, recorded_at, policy_version_id, threat_to_life,
  answers, headline, preferences, match_tokens, receipt_hash, case_id, triaged_at)
SELECT landlord_id, gen_random_uuid(), (ARRAY['self', 'self', 'someone_else', 'concern_card'])[1 + (random() * 3)::int],
  'ordinary', 'opened', opened_at, opened_at, policy_version_id, false, '', '', '[]', '[]', id::text, id,
  opened_at + interval '2 hours' FROM cases WHERE landlord_id = :here
""",
    """
INSERT INTO deadline (landlord_id, id, report_id, case_id, event, rule, clause, stated, origin, stop_act,
  policy_version_id, started_at, policy_due_at, due_at, met_at, ended_at)
SELECT r.landlord_id, gen_random_uuid(), r.id, r.case_id,
  CASE WHEN r.source = 'self' THEN 'disclosure' ELSE 'concern' END, '{}', 'x', true, 'policy', 'responded',
  r.policy_version_id, r.received_at, r.received_at + interval '1 day', r.received_at + interval '1 day',
  r.received_at + random() * interval '2 days', r.received_at + interval '2 days'
FROM report r WHERE r.landlord_id = :here
""",
    """
INSERT INTO contact (landlord_id, id, case_id, at, recorded_at, account_id, channel, outcome, verdict, sealed)
SELECT c.landlord_id, gen_random_uuid(), c.id, c.opened_at + each * interval '1 day',
  c.opened_at + each * interval '1 day' + random() * interval '4 days', c.assigned_to, 'call',
  (ARRAY['reached', 'no_answer'])[1 + each % 2], 'safe', ''
FROM cases c, generate_series(0, 4) each WHERE c.landlord_id = :here
""",
    """
INSERT INTO person (landlord_id, id, case_id, part, sealed)
SELECT landlord_id, gen_random_uuid(), id, part, '' FROM cases, unnest(ARRAY['survivor', 'other_person']) part
WHERE landlord_id = :here
""",
    """
INSERT INTO timeline_entry (landlord_id, id, case_id, at, kind, actor, facts)
SELECT c.landlord_id, gen_random_uuid(), c.id, c.opened_at + each * interval '1 day', 'note', 'x', '{}'
FROM cases c, generate_series(0, 5) each WHERE c.landlord_id = :here
""",
)


@dataclass(frozen=True, slots=True)
class Took:
    """One thing, and how many seconds it took: the first time, and the quicker of two more."""

    what: str
    first: float
    again: float


def measure_reports(settings: Settings, cases: int, progress: Progress) -> list[Took]:
    """Everything that reports read, at one landlord with so many cases."""
    now = datetime.now(UTC)
    with scratch(settings, f"bench-reports-{cases}", now, progress) as here:
        database = Database(here.settings)
        try:
            with progress.step(f"Making {cases} cases at one landlord"):
                place = _fill(database, here.settings, cases, now)
            with progress.step("Counting"):
                return _measured(database, place, now)
        finally:
            database.dispose()


def _fill(database: Database, settings: Settings, cases: int, now: datetime) -> Landlord:
    with database.work(PublicScope()) as session:
        place = session.scalars(select(Landlord).where(Landlord.slug == LANDLORD)).one()
        staff = [
            Account(id=new_id(), email=f"{number}@bench.example", name=f"Officer {number}", made_at=now, **NO_SIGN_IN)
            for number in range(OFFICERS)
        ]
        session.add_all(staff)
    with database.work(LandlordScope(place.id)) as session:
        for each in staff:
            give_roles(session, each.id, [Role.MANAGER], PORTAL, now)
        version = in_force(session, now).version_id
    engine = create_engine(settings.owner_url)
    values = {
        "here": place.id, "version": version, "officers": [str(each.id) for each in staff], "many": OFFICERS,
        "now": now, "years": YEARS, "cases": cases,
    }  # fmt: skip
    with engine.begin() as connection:
        _statements(connection, values)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM (ANALYZE)"))
    engine.dispose()
    return place


def _statements(connection: Connection, values: dict[str, object]) -> None:
    """As the owner, who is under row security too: each table is let out of it while it is filled."""
    tables = ("cases", "report", "deadline", "contact", "person", "timeline_entry")
    for table in tables:
        connection.execute(text(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"))
    connection.execute(text(CASES), values)
    for statement in REST:
        connection.execute(text(statement), {"here": values["here"]})
    for table in tables:
        connection.execute(text(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))


def _measured(database: Database, place: Landlord, now: datetime) -> list[Took]:
    with database.work(LandlordScope(place.id)) as session:
        reader = session.scalars(select(Account.id).where(Account.email == "0@bench.example")).one()
    quarter = Quarter.of(in_london(now).date()).before()
    when = When(place.id, quarter, now)
    manager = LandlordScope(place.id, staff_cases=True, reader=reader)
    nobody = LandlordScope(place.id, staff_cases=False, reader=NOBODY)
    with database.work(nobody) as session:
        for each in (quarter, quarter.before()):
            published.keep(session, each, now)
    actor = Actor(reader, "Bench")
    mark = Mark("X", "x", "x", "x", "x")
    things: tuple[tuple[str, LandlordScope, Callable[[Session], object]], ...] = (
        ("figures as a manager sees them", manager, lambda s: service.read(s, quarter, actor, now)),
        ("a quarter counted, once, to be published", nobody, lambda s: counted(s, MEASURES, when)),
        ("figures as a board sees them", nobody, lambda s: service.read_published(s, quarter, actor, now)),
        ("the list behind a number", manager, lambda s: service.behind(s, "opened", "open", quarter, 1, actor, now)),
        ("figures in a report to a board", nobody, lambda s: published.keep(s, quarter, now)),
        ("a quarter’s rates for the comparison", nobody, lambda s: measured(s, quarter)),
        ("a file of all cases", manager, lambda s: written(Form.CSV, contents.of_cases(s, None), mark, lambda _: None)),
    )
    return [Took(what, *_twice(database, scope, does)) for what, scope, does in things]


def _twice(database: Database, scope: LandlordScope, does: Callable[[Session], object]) -> tuple[float, float]:
    times = []
    for _ in range(3):
        with database.work(scope) as session:
            began = time.perf_counter()
            does(session)
            times.append(time.perf_counter() - began)
    return times[0], min(times[1:])


def as_table(measured: Mapping[int, Sequence[Took]]) -> str:
    """As Markdown: each size by itself, and how many times the smallest it takes, beside how many times the cases."""
    smallest, *larger = measured
    several = []
    for cases, took in measured.items():
        rows = [f"| {each.what} | {each.first:.2f} | {each.again:.2f} |" for each in took]
        head = (f"{cases:,} cases at one landlord", "", "| what | first, s | again, s |", "|---|---|---|")
        several.append("\n".join([*head, *rows]))
    for cases in larger:
        pairs = zip(measured[smallest], measured[cases], strict=True)
        rows = [f"| {few.what} | {many.again / few.again:.1f} |" for few, many in pairs]
        head = (f"{cases / smallest:.1f} times the cases", "", "| what | times as long |", "|---|---|")
        several.append("\n".join([*head, *rows]))
    return "\n\n".join(several)
