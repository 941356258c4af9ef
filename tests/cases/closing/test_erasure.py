"""Keeping and erasing: held records stay, ended ones go for good, and what is left says nothing of anybody."""

import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from portal.cases import stages
from portal.cases.disclosures.models import SharingRequest
from portal.cases.models import Case, TimelineEntry
from portal.cases.retention import jobs
from portal.cases.retention.figures import KeptFigure, figures
from portal.cases.retention.jobs import KEEP_CODES, erase_due, warn_of_erasure
from portal.cases.retention.models import LegalHold
from portal.cases.retention.service import HoldKind, NotErasableError, TooSoonError, erase, hold, keep_until
from portal.cases.safeguarding.models import Concern, Referral
from portal.cases.stages import close
from portal.cases.tasks.models import Task
from portal.cases.tenancy_file.models import FileRequest
from portal.deadlines.models import Deadline
from portal.domain.permissions import Role
from portal.domain.retention import Blocker
from portal.every_table import metadata
from portal.serving.postgres import programs
from portal.store import search
from portal.store.audit import Actor
from portal.store.base import Base, new_id
from portal.store.database import erasing
from portal.store.record_keys import ErasedError, box_of
from portal.store.scope import ErasureScope
from portal.work.models import Message
from tests.cases.assessments.rounds import assessed
from tests.desk import MONDAY, Desk

ME = Actor(None, "Robin Example")
NAME = "Peregrine Tanager"
YEARS = timedelta(days=7 * 365)


def ended(desk: Desk, *, until: date, **said: object) -> UUID:
    """A case that was closed, whose people have known of its end for long enough."""
    case_id = desk.case(name=NAME, happening="She was followed home from the library.", **said)
    with desk.place.work() as session:
        close(session, case_id, "helped", "All is well.", ME, MONDAY)
        case = session.get_one(Case, (desk.place.id, case_id))
        case.keep_until, case.keeping_warned_on = until, until - timedelta(days=40)
    return case_id


def at_night(desk: Desk, now: datetime) -> None:
    settings = desk.app.extensions["portal"].settings
    erase_due(desk.place.work, now, erasing=erasing(settings))


def put(desk: Desk, row: type[Base], case_id: UUID, **said: object) -> UUID:
    row_id = new_id()
    with desk.place.work() as session:
        session.add(row(landlord_id=desk.place.id, id=row_id, case_id=case_id, **said, sealed=b""))
    return row_id


def a_file_is_asked_for(desk: Desk, case_id: UUID) -> None:
    put(desk, FileRequest, case_id, asker="acting", authority_seen=True, asked_on=YESTERDAY, made_at=MONDAY)


def a_share_waits(desk: Desk, case_id: UUID) -> None:
    said = {"recipient_kind": "police", "parts": [], "documents": [], "concerns": []}
    asked = {"asked_at": MONDAY, "asked_by": desk.somebody(Role.OFFICER).account_id}
    put(desk, SharingRequest, case_id, state="waiting", **said, **asked)


def a_referral_has_no_outcome(desk: Desk, case_id: UUID) -> None:
    by = {"actor": ME.name}
    of = put(desk, Concern, case_id, risk_group="adult", noted_at=MONDAY, decision="refer", decided_at=MONDAY, **by)
    said = {"door": "adults", "ground": "consent", "told": "told", "concern_id": of}
    put(desk, Referral, case_id, made_at=MONDAY, recorded_at=MONDAY, chase_at=MONDAY, **said, **by)


YESTERDAY = date(2026, 2, 1)
PG_DUMP = programs() / "pg_dump"


@pytest.mark.clause("WHG-3.1c")
def test_an_ended_record_is_erased_at_night_and_its_tombstone_says_nothing(desk: Desk) -> None:
    case_id = ended(desk, until=YESTERDAY)
    at_night(desk, MONDAY)
    with desk.place.work() as session:
        case = session.get_one(Case, (desk.place.id, case_id))
        assert case.erased_at is not None
        assert (case.headline, case.summary, case.safe_contact, case.preferences) == (b"", b"", b"", [])
        with pytest.raises(ErasedError):
            box_of(session, case_id)
        assert search.find(session, NAME) == []
        for table in metadata.sorted_tables:
            if "case_id" in table.columns and table.name not in KEEP_CODES:
                left = select(func.count()).select_from(table).where(table.c.case_id == case_id)
                assert session.scalar(left) == 0, table.name
    manager = desk.client(Role.MANAGER)
    manager.get(desk.case_url(case_id), status=404)
    page = manager.get(f"{desk.url}/keeping")
    assert case.reference in page.text
    assert "Tanager" not in page.html


@pytest.mark.invariant(9)
@pytest.mark.clause("WHG-3.1c")
def test_open_held_unset_and_untold_records_stay(desk: Desk) -> None:
    held, unset, untold, kept = (ended(desk, until=YESTERDAY) for _ in range(4))
    still_open = desk.case()
    with desk.place.work() as session:
        hold(session, held, HoldKind.COURT, "The solicitor asked for it.", ME, MONDAY)
        session.get_one(Case, (desk.place.id, unset)).keep_until = None
        session.get_one(Case, (desk.place.id, untold)).keeping_warned_on = YESTERDAY
        session.get_one(Case, (desk.place.id, kept)).keep_until = date(2026, 2, 2)
    at_night(desk, MONDAY)
    against = {
        held: Blocker.HELD,
        unset: Blocker.NO_PERIOD,
        untold: Blocker.NOT_WARNED,
        kept: Blocker.KEPT,
        still_open: Blocker.OPEN,
    }
    for case_id, why in against.items():
        with desk.place.work() as session:
            assert session.get_one(Case, (desk.place.id, case_id)).erased_at is None
            with pytest.raises(NotErasableError) as refused:
                erase(session, case_id, ME, MONDAY)
            assert why in refused.value.stands


def erased(desk: Desk, times: int, **said: object) -> None:
    for _ in range(times):
        ended(desk, until=YESTERDAY, **said)
    at_night(desk, MONDAY)


def test_figures_outlive_a_record_and_nobody_is_in_them(desk: Desk) -> None:
    """Sums by year, of one thing at a time; no row is of a case, and small numbers are not told."""
    case_id = ended(desk, until=YESTERDAY)
    a_referral_has_no_outcome(desk, case_id)
    with desk.place.work() as session:
        session.execute(update(Referral).where(Referral.case_id == case_id).values(outcome="accepted"))
    erased(desk, 4)
    with desk.place.work() as session:
        rows = session.scalars(select(KeptFigure)).all()
        kept = {(each.year, each.what, each.code): each.count for each in rows}
        shown = {(each.what, each.code): each.count for each in figures(session)}
    assert kept == {
        (2026, "cases", "all"): 5,
        (2026, "outcome", "helped"): 5,
        (2026, "risk", "none"): 5,
        (2026, "length", "month"): 5,
        (2026, "safeguarding", "adults"): 1,
    }
    assert shown["cases", "all"] == 5
    assert shown["safeguarding", "adults"] is None
    assert not [each for each in KeptFigure.__table__.columns if each.name in {"case_id", "at", "sealed", "account_id"}]
    page = desk.client(Role.MANAGER).get(f"{desk.url}/keeping")
    assert "Closed: Help is complete, and they agree" in page.text
    assert "fewer than 5" in page.text


def test_a_case_about_an_employee_leaves_no_figure(desk: Desk) -> None:
    case_id = ended(desk, until=YESTERDAY)
    with desk.place.work() as session:
        session.get_one(Case, (desk.place.id, case_id)).route = "staff"
    at_night(desk, MONDAY)
    with desk.place.work() as session:
        assert session.get_one(Case, (desk.place.id, case_id)).erased_at is not None
        assert session.scalars(select(KeptFigure)).all() == []


def test_the_level_of_risk_goes_with_the_record(desk: Desk) -> None:
    case_id = desk.case(name=NAME)
    assessed(desk, case_id, desk.place.actor(desk.somebody(Role.OFFICER).account_id), yes=15)
    with desk.place.work() as session:
        session.execute(update(Task).where(Task.case_id == case_id).values(ended_at=MONDAY))
        session.execute(update(Deadline).where(Deadline.case_id == case_id).values(ended_at=MONDAY))
        close(session, case_id, "helped", "All is well.", ME, MONDAY)
        case = session.get_one(Case, (desk.place.id, case_id))
        assert case.risk_level == "high"
        case.keep_until, case.keeping_warned_on = YESTERDAY, YESTERDAY - timedelta(days=40)
    at_night(desk, MONDAY)
    with desk.place.work() as session:
        case = session.get_one(Case, (desk.place.id, case_id))
        assert (case.risk_level, case.risk_at, case.threat_to_life) == (None, None, False)
        high = select(KeptFigure.count).where(KeptFigure.what == "risk", KeptFigure.code == "high")
        assert session.scalars(high).all() == [1]


@pytest.mark.invariant(9)
@pytest.mark.clause("WHG-3.1c")
@pytest.mark.parametrize(
    ("open_now", "why"),
    [
        pytest.param(a_file_is_asked_for, Blocker.FILE_ASKED, id="a request for the file has no answer"),
        pytest.param(a_share_waits, Blocker.APPROVALS, id="a second person has still to agree to a share"),
        pytest.param(a_referral_has_no_outcome, Blocker.AGENCIES, id="an agency has not said what came of a referral"),
    ],
)
def test_a_record_about_which_somebody_still_waits_stays(
    desk: Desk, open_now: Callable[[Desk, UUID], None], why: Blocker
) -> None:
    """An answer that is owed cannot be given out of a record that is gone."""
    case_id = ended(desk, until=YESTERDAY)
    open_now(desk, case_id)
    at_night(desk, MONDAY)
    with desk.place.work() as session:
        assert session.get_one(Case, (desk.place.id, case_id)).erased_at is None
        with pytest.raises(NotErasableError) as refused:
            erase(session, case_id, ME, MONDAY)
        assert refused.value.stands == (why,)


@pytest.mark.invariant(9)
def test_the_database_itself_refuses_to_erase_what_is_held_or_open(desk: Desk) -> None:
    held, still_open = ended(desk, until=YESTERDAY), desk.case()
    with desk.place.work() as session:
        hold(session, held, HoldKind.COMPLAINT, "Stage two.", ME, MONDAY)
    for case_id in (held, still_open):
        with desk.place.work() as session, pytest.raises(DBAPIError, match="not erased"):
            session.execute(text("UPDATE cases SET erased_at = now() WHERE id = :id"), {"id": case_id})
        with desk.database.work(ErasureScope(desk.place.id)) as session:
            assert session.execute(text("DELETE FROM timeline_entry")).rowcount == 0
        with desk.place.work() as session:
            assert session.scalar(select(func.count()).where(TimelineEntry.case_id == case_id))


def test_whoever_removes_the_rows_can_read_no_word_of_them(desk: Desk) -> None:
    with desk.database.work(ErasureScope(desk.place.id)) as session, pytest.raises(DBAPIError, match="denied"):
        session.execute(text("SELECT sealed FROM timeline_entry"))


def test_a_backup_forgets_with_the_portal(desk: Desk) -> None:
    """The backup of the rest holds the sealed words; the keys are kept apart and only as they are now."""
    case_id = ended(desk, until=YESTERDAY)
    url = desk.app.extensions["portal"].settings.owner_url.replace("postgresql+psycopg", "postgresql")
    with desk.place.work() as session:
        sealed = session.get_one(Case, (desk.place.id, case_id)).summary
        wrapped = session.scalar(text("SELECT encode(wrapped, 'hex') FROM record_key WHERE id = :id"), {"id": case_id})
    dump = subprocess.run(
        [PG_DUMP, "--exclude-table-data=record_key", "--data-only", "--table=cases", "--table=record_key", url],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    assert sealed.hex() in dump
    assert wrapped not in dump
    at_night(desk, MONDAY)
    keys = subprocess.run(
        [PG_DUMP, "--data-only", "--table=record_key", url], capture_output=True, check=True, text=True
    ).stdout
    assert wrapped not in keys


def test_what_is_held_keeps_no_other_record_from_its_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 1)
    kept, goes = ended(desk, until=date(2020, 1, 1)), ended(desk, until=YESTERDAY)
    with desk.place.work() as session:
        hold(session, kept, HoldKind.COURT, "Asked for", ME, MONDAY)
    at_night(desk, MONDAY)
    with desk.place.work() as session:
        assert session.get_one(Case, (desk.place.id, kept)).erased_at is None
        assert session.get_one(Case, (desk.place.id, goes)).erased_at


def test_its_people_hear_of_the_end_in_time_and_once_and_can_keep_it(desk: Desk) -> None:
    manager = desk.somebody(Role.MANAGER)
    case_id = desk.case(name=NAME)
    with desk.place.work() as session:
        close(session, case_id, "helped", "All is well.", ME, MONDAY)
        session.get_one(Case, (desk.place.id, case_id)).keep_until = (MONDAY + timedelta(days=20)).date()
    for _ in range(2):
        warn_of_erasure(desk.place.work, MONDAY)
    with desk.place.work() as session:
        mine = select(Message).where(Message.account_id == manager.account_id)
        [notice] = [each for each in session.scalars(mine) if each.link.endswith("/keeping")]
        assert notice.kind == "review"
        with pytest.raises(TooSoonError):
            keep_until(session, case_id, (MONDAY + timedelta(days=3)).date(), "Sooner", ME, MONDAY)
        keep_until(session, case_id, (MONDAY + YEARS).date(), "An inquiry has begun.", ME, MONDAY)
        assert session.get_one(Case, (desk.place.id, case_id)).keeping_warned_on is None
    page = desk.client(who=manager).get(f"{desk.case_url(case_id)}/keeping")
    assert "2033" in page.text


def test_a_case_that_opens_again_has_no_end(desk: Desk) -> None:
    case_id = ended(desk, until=YESTERDAY)
    with desk.place.work() as session:
        stages.reopen(session, case_id, "She rang.", ME, MONDAY)
        case = session.get_one(Case, (desk.place.id, case_id))
        assert (case.keep_until, case.keeping_warned_on) == (None, None)
    at_night(desk, datetime(2040, 1, 1, tzinfo=UTC))
    with desk.place.work() as session:
        assert box_of(session, case_id)


def test_a_hold_is_placed_and_lifted_on_plain_pages(desk: Desk) -> None:
    case_id = ended(desk, until=YESTERDAY)
    client = desk.client(Role.MANAGER)
    client.get(f"{desk.case_url(case_id)}/keeping")
    wrong = client.submit({"words": "The court asked."}, form="/hold", status=422)
    assert "Choose who needs it." in wrong.text
    page = client.submit({"kind": "court", "words": "The court asked."}, form="/hold")
    assert "The record is held" in page.text
    with desk.place.work() as session:
        hold_id = session.scalars(select(LegalHold.id).where(LegalHold.case_id == case_id)).one()
    client.get(f"{desk.case_url(case_id)}/keeping/holds/{hold_id}/lift")
    page = client.submit({"words": "Judgment was given."}, form="/lift")
    assert "The record is held" not in page.text
    assert "ended 2 Feb 10:00" in page.text
