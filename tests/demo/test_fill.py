"""The filled demonstration: every state is there, history holds together, and nothing old is set off by it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pyotp import TOTP
from sqlalchemy import Row, create_engine, select, text

from portal.demo import NoDemoHereError, beginning, fill, filling
from portal.demo.desk import Desk
from portal.demo.staff import APP_SECRET, OPERATOR, PASSWORD, STAFF, WITH_APP
from portal.demo.steps import Story
from portal.domain.contact import Channel, SafeContact, guard
from portal.domain.lifecycle import CaseStage, ReportState, Route, Source
from portal.landlords.onboarding import load_all
from portal.operators.queries import is_operator
from portal.people.models import Account
from portal.people.proving.second import waiting, with_code
from portal.people.service import principal_of, sign_in
from portal.serving.embedded import EmbeddedServers
from portal.settings import Env, Settings
from portal.store.audit_chain import breaks, seal
from portal.store.database import Database
from portal.store.record_keys import box_of
from portal.store.scope import LandlordScope, PublicScope
from tests.databases import fresh_database

Filled = tuple[Settings, Database]
Rows = Callable[..., Sequence[Row[Any]]]
NOW = datetime.now(UTC)
PACKS = Path(__file__).resolve().parents[2] / "landlords"
PACKS_LOADED = timedelta(seconds=1)
SUNDAY_NIGHT = datetime(2027, 1, 3, 2, 30, tzinfo=UTC)


@contextmanager
def filled_database(servers: EmbeddedServers, now: datetime) -> Iterator[Filled]:
    with fresh_database(servers) as settings:
        database = Database(settings)
        load_all(database, PACKS, now)
        assert fill(settings, now) == 6
        yield settings, database
        database.dispose()


@pytest.fixture(scope="module")
def filled(servers: EmbeddedServers) -> Iterator[Filled]:
    with filled_database(servers, NOW) as found:
        yield found


@pytest.fixture(scope="module")
def rows(filled: Filled) -> Iterator[Rows]:
    """Answers a question to the whole database, past row security."""
    engine = create_engine(filled[0].owner_url)
    with engine.connect() as connection:
        yield lambda sql, **values: connection.execute(text(sql), values).all()
    engine.dispose()


def test_some_three_hundred_cases_in_every_state(rows: Rows) -> None:
    assert 280 <= rows("SELECT count(*) FROM cases")[0][0] <= 330
    assert {stage for (stage,) in rows("SELECT DISTINCT stage FROM cases")} == set(CaseStage)
    assert {state for (state,) in rows("SELECT DISTINCT state FROM report")} == set(ReportState)
    assert {route for (route,) in rows("SELECT DISTINCT route FROM report")} == set(Route)
    assert {source for (source,) in rows("SELECT DISTINCT source FROM report")} == set(Source)
    kinds = {kind for (kind,) in rows("SELECT DISTINCT kind FROM timeline_entry")}
    assert kinds >= {
        "report",
        "assigned",
        "contact",
        "note",
        "time_agreed",
        "override",
        "waiting",
        "reopened",
    }


def test_each_landlord_has_a_report_and_a_case_in_every_state(rows: Rows) -> None:
    """Whatever chance puts in between, and at whatever hour of the night it is filled."""
    landlords = rows("SELECT count(*) FROM landlord")[0][0]
    for table, column, states in (("report", "state", ReportState), ("cases", "stage", CaseStage)):
        found = rows(f"SELECT landlord_id, {column} FROM {table} GROUP BY 1, 2")
        assert len(found) == landlords * len(states), table


@pytest.mark.parametrize(
    "those",
    [
        "ended_at IS NULL AND due_at BETWEEN :now AND :now + interval '1 hour'",
        "ended_at IS NULL AND due_at BETWEEN :now - interval '1 hour' AND :now",
        "ended_at IS NULL AND due_at < :now - interval '1 day'",
        "ended_at IS NULL AND due_at IS NULL",
        "ended_at IS NULL AND survivor_set_at IS NOT NULL AND due_at > policy_due_at",
        "met_at <= due_at",
        "met_at > due_at",
        "ended_at IS NOT NULL AND met_at IS NULL",
    ],
    ids=[
        "within the hour",
        "just missed",
        "long overdue",
        "no time",
        "own time later",
        "met",
        "late",
        "unmet",
    ],
)
def test_clocks_stand_in_every_way(rows: Rows, those: str) -> None:
    assert rows(f"SELECT count(*) FROM deadline WHERE {those}", now=NOW)[0][0]


def test_one_case_waits_for_an_officer_and_one_report_threatens_life_at_each_landlord(rows: Rows) -> None:
    unassigned = rows(
        "SELECT DISTINCT landlord_id FROM cases WHERE assigned_to IS NULL AND stage <> 'closed'"
    )
    threats = rows("SELECT DISTINCT landlord_id FROM report WHERE threat_to_life AND state = 'new'")
    assert len(unassigned) == len(threats) == 6


def test_reminders_of_the_past_have_been_sent_and_none_waits(rows: Rows) -> None:
    waiting = rows(
        "SELECT count(*) FROM reminder r JOIN deadline d ON d.id = r.deadline_id WHERE r.due_at <= :now "
        "AND r.sent_at IS NULL AND r.stopped_at IS NULL AND d.ended_at IS NULL",
        now=NOW,
    )
    assert waiting == [(0,)]
    assert rows("SELECT count(*) FROM reminder WHERE sent_at < due_at") == [(0,)]
    assert rows("SELECT count(*) FROM reminder WHERE sent_at IS NOT NULL")[0][0] > 100


def test_only_the_last_hour_is_still_news(rows: Rows) -> None:
    (oldest,) = rows("SELECT min(happened_at) FROM outbox_event")[0]
    assert oldest >= NOW - timedelta(hours=1)
    unsent = rows(
        "SELECT count(*) FROM message WHERE sent_at IS NULL AND made_at < :then",
        then=NOW - timedelta(hours=1),
    )
    assert unsent == [(0,)]


def test_nothing_happened_in_the_future_and_the_audit_is_in_order(rows: Rows) -> None:
    for table in ("audit_entry", "timeline_entry", "contact"):
        assert rows(f"SELECT max(at) FROM {table}")[0][0] <= NOW + PACKS_LOADED
    disorder = rows(
        "SELECT count(*) FROM (SELECT at, lag(at) OVER (PARTITION BY landlord_id ORDER BY position) before "
        "FROM audit_entry WHERE fact <> 'policy.loaded') e WHERE at < before - interval '1 minute'"
    )
    assert disorder == [(0,)]


def test_the_audit_of_the_past_can_be_sealed_and_verified(filled: Filled, rows: Rows) -> None:
    _settings, database = filled
    (landlord_id,) = rows("SELECT id FROM landlord WHERE slug = 'star'")[0]
    with database.work(LandlordScope(landlord_id)) as session:
        number, _ = seal(session, everything=True)
        assert number > 200
        assert list(breaks(session)) == []


def test_contacts_kept_to_what_was_said_to_be_safe(filled: Filled, rows: Rows) -> None:
    """At the moment of each contact, by the record as it was when nobody has changed it since."""
    _settings, database = filled
    checked = 0
    for (landlord_id,) in rows("SELECT id FROM landlord"):
        with database.work(LandlordScope(landlord_id)) as session:
            for case_id, sealed, channel, at, verdict in rows(
                "SELECT c.id, c.safe_contact, k.channel, k.at, k.verdict FROM contact k "
                "JOIN cases c ON c.id = k.case_id WHERE c.landlord_id = :here AND NOT EXISTS ("
                "SELECT 1 FROM timeline_entry t "
                "WHERE t.case_id = c.id AND t.kind = 'safe_contact')",
                here=landlord_id,
            ):
                safe = SafeContact.from_dict(
                    box_of(session, case_id).open_json("cases.safe_contact", case_id, sealed)
                )
                allowed = guard(safe, Channel(channel), at).allowed
                assert allowed or verdict == "overridden"
                checked += 1
    assert checked > 200


def test_everybody_can_sign_in_and_has_a_place(filled: Filled) -> None:
    _settings, database = filled
    wanted = {member.email: member for member in STAFF}
    for email in ("officer@havebury.example", "administrator@nph.example", "officer@three.example"):
        with database.work(PublicScope()) as session:
            signed_in = sign_in(session, email, PASSWORD, "test", NOW)
            assert signed_in
            session.flush()
            principal = principal_of(session, signed_in.token, NOW)
        assert principal
        assert len(principal.roles) == len(wanted[email].landlords)
        assert all(roles == {wanted[email].role} for roles in principal.roles.values())
    with database.work(PublicScope()) as session:
        assert is_operator(session, session.scalars(select(Account.id).where(Account.email == OPERATOR[0])).one())


def test_one_administrator_is_asked_for_the_figures_of_an_app(filled: Filled) -> None:
    _settings, database = filled
    with database.work(PublicScope()) as session:
        half = sign_in(session, WITH_APP, PASSWORD, "test", NOW)
        assert half
        assert half.half
        assert principal_of(session, half.token, NOW) is None
        who = waiting(session, half.token, NOW)
        assert who
        whole = with_code(session, who, TOTP(APP_SECRET).at(NOW), NOW)
        assert whole
        assert principal_of(session, whole.token, NOW)


def test_filling_again_changes_nothing(filled: Filled, rows: Rows) -> None:
    before = rows("SELECT count(*) FROM report")
    assert fill(filled[0], NOW + timedelta(hours=1)) == 0
    assert rows("SELECT count(*) FROM report") == before


def test_a_fill_that_was_broken_off_goes_on(
    servers: EmbeddedServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a Sunday night after New Year, when nobody works and no clock ends."""
    told = filling.stories_for

    def power_cut(desk: Desk) -> list[Story]:
        if desk.slug == "havebury":
            raise InterruptedError
        return told(desk)

    with fresh_database(servers) as settings:
        database = Database(settings)
        load_all(database, PACKS, SUNDAY_NIGHT)
        monkeypatch.setattr(beginning, "LANDLORDS", ("dales", "havebury"))
        monkeypatch.setattr(filling, "stories_for", power_cut)
        with pytest.raises(InterruptedError):
            fill(settings, SUNDAY_NIGHT)
        monkeypatch.setattr(filling, "stories_for", told)
        assert fill(settings, SUNDAY_NIGHT) == 1
        database.dispose()


def test_production_takes_no_invented_people(filled: Filled) -> None:
    settings = filled[0].model_copy(update={"portal_env": Env.PRODUCTION})
    with pytest.raises(NoDemoHereError):
        fill(settings, NOW)


def test_boards_find_a_comparison_a_profile_of_residents_and_a_file_that_can_be_saved(
    filled: Filled, rows: Rows
) -> None:
    """Three landlords take part with ten cases each, so that each thing that is compared has a figure."""
    (quarter,) = {
        quarter for (quarter,) in rows("SELECT DISTINCT quarter FROM benchmark_card WHERE rate IS NOT NULL")
    }
    for each, number in rows(
        "SELECT compared, count(*) FROM benchmark_card WHERE quarter = :q AND rate IS NOT NULL GROUP BY compared",
        q=quarter,
    ):
        assert number >= 3, each
    assert rows("SELECT count(*) FROM benchmark_member WHERE left_at IS NULL")[0][0] == 3
    assert rows("SELECT count(*) FROM resident_profile")[0][0] == 6
    assert rows("SELECT count(*) FROM export WHERE file IS NOT NULL AND until_at > :now", now=NOW)[0][0] == 6
