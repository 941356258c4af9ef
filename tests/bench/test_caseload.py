"""The scratch cases are cases like any other: sealed, found, listed and read by the portal's own services."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text

from portal.app import create_app
from portal.bench.caseload import NEW_REPORTS, STORY, UNASSIGNED
from portal.bench.fill import Filled, fill
from portal.bench.visitors import SAID
from portal.cases import queries, story
from portal.cases.frame import Reader
from portal.cases.models import Case
from portal.cases.queries import Wanted
from portal.deadlines.reminders import CLAIM
from portal.domain.contact import Channel, Said
from portal.landlords.onboarding import load_all
from portal.referrals import journey, reports
from portal.referrals.journey import WayIn
from portal.serving.embedded import EmbeddedServers
from portal.settings import Settings
from portal.store import search
from portal.store.audit import Actor
from portal.store.database import Database
from portal.store.scope import LandlordScope
from tests.databases import fresh_database

NOW = datetime.now(UTC)
PACKS = Path(__file__).resolve().parents[2] / "landlords"
CASES = 1260
Found = tuple[Settings, Database, Filled]


@pytest.fixture(scope="module")
def filled(servers: EmbeddedServers) -> Iterator[Found]:
    with fresh_database(servers) as settings:
        database = Database(settings)
        load_all(database, PACKS, NOW)
        yield settings, database, fill(settings, CASES, "no password", NOW)
        database.dispose()


def test_an_officer_has_a_page_of_work_and_reports_wait_to_be_read(filled: Found) -> None:
    _, database, made = filled
    officer = made.officers["havebury"]
    with database.work(LandlordScope(made.landlords["havebury"])) as session:
        found = queries.pose_first_page(session, officer.account_id, Wanted(), 20, NOW, NOW)()
        assert (len(found.hers), len(found.nobodys)) == (queries.PAGE + 1, UNASSIGNED)
        assert len(reports.to_triage(session, limit=50)) == NEW_REPORTS


def test_a_case_opens_with_its_dozen_lines_and_is_found_by_name(filled: Found) -> None:
    _, database, made = filled
    officer = made.officers["star"]
    reader = Reader(Actor(officer.account_id, officer.name), "case.read", NOW)
    with database.work(LandlordScope(made.landlords["star"])) as session:
        case_id = session.scalars(
            select(Case.id).where(Case.assigned_to == officer.account_id).limit(1)
        ).one()
        found = story.read(session, case_id, reader)
        assert len(found.timeline.lines) == len(STORY) == 12
        assert all(line.words for line in found.timeline.lines)
        assert found.clocks
        assert case_id in search.find(session, found.answers.name)


def test_due_reminders_are_found_among_those_that_wait_and_not_by_looking_through_all_clocks(filled: Found) -> None:
    """What a worker does every few seconds takes no longer at a landlord with ten times the cases."""
    _, database, made = filled
    with database.work(LandlordScope(made.landlords["havebury"])) as session:
        session.execute(text("SET LOCAL plan_cache_mode = force_generic_plan"))
        clock = CLAIM.sql.decode().replace(":", "\\:")
        session.execute(text(f"PREPARE claim AS {clock}"))
        plan = "\n".join(session.scalars(text("EXPLAIN EXECUTE claim (now(), 200)")))
        session.rollback()
    assert "ix_reminder_waiting" in plan, plan
    assert "ix_deadline_running" not in plan, plan


def test_the_database_is_as_tight_as_before(filled: Found) -> None:
    settings, _, _ = filled
    engine = create_engine(settings.owner_url)
    with engine.connect() as connection:
        loose = connection.execute(
            text(
                "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND NOT relforcerowsecurity "
                "AND relnamespace = 'public'::regnamespace"
            )
        ).scalar_one()
        keys = connection.execute(
            text("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated")
        )
        assert loose == 0
        assert keys.scalar_one() > 20
    engine.dispose()


def test_nothing_is_due_to_be_sent_before_it_is_measured(filled: Found) -> None:
    settings, _, _ = filled
    engine = create_engine(settings.owner_url)
    with engine.connect() as connection:
        due = text(
            "SELECT count(*) FROM reminder WHERE due_at <= now() + interval '5 minutes' "
            "AND sent_at IS NULL AND stopped_at IS NULL"
        )
        assert connection.execute(due).scalar_one() == 0
    engine.dispose()


def test_what_visitors_send_is_a_whole_report(filled: Found) -> None:
    settings, _, _ = filled
    app = create_app(settings)
    with app.test_request_context("/nph/contact/check"):
        face = app.extensions["landlords"].get("nph").face
        assert journey.missing(WayIn.SELF, SAID) is None
        told = journey.answers(WayIn.SELF, face, SAID)
    app.extensions["portal"].database.dispose()
    app.extensions["portal"].redis.close()
    assert told.name
    assert told.safe_contact.way(Channel.CALL).said is Said.SAFE
    assert len(SAID) == len(list(journey.numbered(WayIn.SELF, SAID)))
