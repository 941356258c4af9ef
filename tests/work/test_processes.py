"""Nobody is forgotten, whatever dies: shown with real workers and schedulers that are really killed.

Each test asks the same at the end: every due reminder went out, none twice, and the others' went on.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from redis import Redis
from sqlalchemy import delete, func, select

from portal.cases.models import Case
from portal.deadlines import service as deadlines
from portal.deadlines.models import Deadline, Reminder
from portal.domain.clock import StopAct
from portal.domain.importing.kinds import Kind as FileKind
from portal.domain.permissions import Role
from portal.serving.embedded import EmbeddedServers
from portal.settings import Settings
from portal.store.audit import AuditEntry, Fact
from portal.store.audit_chain import breaks
from portal.store.database import Database
from portal.store.outbox import JobDone, OutboxEvent
from portal.store.scope import PublicScope
from portal.systems.importing.models import CaseImport
from portal.systems.importing.service import ask, read_in
from portal.systems.importing.taking_over import ask_back
from portal.work.bell import queues
from portal.work.heartbeats import Kind, signs
from portal.work.models import Heartbeat, Message
from tests.messaging.mail_servers import MailServer, mail_server
from tests.places import Place, a_place

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
OPEN_CASES = select(func.count(Case.id)).where(Case.closed_at.is_(None))
RUNGS = 4  # of HS-026's clock, all past


class Processes:
    """Starts workers and schedulers, and sees to it that none survives its test."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, kind: str, **spoilt: str) -> subprocess.Popen[bytes]:
        told = self.settings
        environment = {
            "PATH": os.environ["PATH"],
            "PORTAL_ENV": "test",
            "DATABASE_URL": told.database_url,
            "REDIS_URL": told.redis_url,
            "SMTP_HOST": told.smtp_host,
            "SMTP_PORT": str(told.smtp_port),
            "SMTP_STARTTLS": "0",
        }
        started = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "tests.work.trial", kind],
            cwd=ROOT,
            env=environment | spoilt,
        )
        self.running.append(started)
        return started

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop_all(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.terminate()
        for process in self.running:
            try:
                process.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill(process)
                raise


@pytest.fixture
def mails() -> Iterator[MailServer]:
    """A real mail server."""
    with mail_server() as found:
        yield found


@pytest.fixture
def processes(settings: Settings, mails: MailServer, redis: Redis, database: Database) -> Iterator[Processes]:
    """Processes that mail through the real server; stopping is part of every test."""
    with database.relay_work() as connection:
        connection.execute(delete(OutboxEvent))
        connection.execute(delete(Heartbeat))
    found = Processes(mails.settings(settings))
    yield found
    found.stop_all()
    ends = (0, -signal.SIGKILL, -signal.SIGTERM)  # the last where it was told to stop while it was still starting
    assert [each.returncode for each in found.running if each.returncode not in ends] == []


def until(what: Callable[[], object]) -> None:
    """Wait for it."""
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def overdue_reports(place: Place, how_many: int) -> None:
    """Reports of ten days ago, to which nobody has responded."""
    now = datetime.now(UTC)
    for _ in range(how_many):
        place.report(now - timedelta(days=10), now, name="River Canary", happening="canary canary")


def a_busy_place(database: Database, reports: int) -> Place:
    place = a_place(database)
    place.staff(Role.SENIOR, on_duty=True)
    overdue_reports(place, reports)
    return place


def unsent(place: Place) -> int:
    with place.work() as session:
        waiting = Reminder.sent_at.is_(None) | select(Message.id).where(Message.sent_at.is_(None)).exists()
        return session.scalar(select(func.count()).select_from(Reminder).where(waiting)) or 0


def check_each_once(place: Place, mails: MailServer, reports: int) -> None:
    """Every reminder sent and recorded once; every message mailed once, under its own id."""
    with place.work() as session:
        sent = session.scalars(select(Reminder.id).where(Reminder.sent_at.is_not(None))).all()
        recorded = session.scalar(
            select(func.count()).select_from(AuditEntry).where(AuditEntry.fact == Fact.REMINDER_SENT)
        )
        mailed = {f"<{each}@portal.invalid>" for each in session.scalars(select(Message.id))}
        done = session.scalar(select(func.count()).where(JobDone.reaction == "tell-of-report"))
    assert len(sent) == recorded == reports * RUNGS
    received = [each["Message-ID"] for each in mails.mails if each["Message-ID"] in mailed]
    assert sorted(received) == sorted(mailed)
    assert done == reports


def all_told(*places: Place) -> Callable[[], bool]:
    return lambda: not any(unsent(each) + undone(each) for each in places)


def undone(place: Place) -> int:
    with place.work() as session:
        done = select(JobDone.event_id).where(JobDone.event_id == OutboxEvent.id)
        return session.scalar(select(func.count()).select_from(OutboxEvent).where(~done.exists())) or 0


def test_a_worker_killed_in_the_middle_of_a_job_loses_nothing_and_repeats_nothing(
    processes: Processes, mails: MailServer, database: Database, tmp_path: Path
) -> None:
    place = a_busy_place(database, 5)
    hold = tmp_path / "hold"
    hold.touch()
    processes.start("scheduler")
    doomed = processes.start("worker", HOLD=str(hold))
    until(hold.with_suffix(".reached").exists)
    processes.kill(doomed)
    assert unsent(place) == 5 * RUNGS
    processes.start("worker")
    until(all_told(place))
    check_each_once(place, mails, 5)


def test_a_worker_killed_while_a_file_is_taken_over_or_back_leaves_nothing_half_done_and_all_is_done_once(
    processes: Processes, database: Database, tmp_path: Path
) -> None:
    place, now, hold = a_place(database), datetime.now(UTC), tmp_path / "hold"
    actor = place.actor(place.staff(Role.MANAGER))
    lines = b"".join(b"R-%d,%s,Zoe Example\n" % (each, f"{now:%d/%m/%Y}".encode()) for each in range(12))
    with place.work() as session:
        import_id = read_in(session, FileKind.CASES, b"Ref,Date opened,Name\n" + lines, actor, now)
        ask(session, FileKind.CASES, import_id, actor, now)
    processes.start("scheduler", NO_ROUNDS="1")

    def killed_half_way(shown: int) -> None:
        hold.touch()
        hold.with_suffix(".reached").unlink(missing_ok=True)
        doomed = processes.start("worker", HOLD_FILES=str(hold), NO_ROUNDS="1")
        until(hold.with_suffix(".reached").exists)
        processes.kill(doomed)
        with place.work() as session:
            file = session.get_one(CaseImport, (place.id, import_id))
            assert (file.done, session.scalar(OPEN_CASES)) == (shown, stood), "told how far it was, and nothing of it"

    stood = 0
    killed_half_way(10)
    surviving = processes.start("worker", NO_ROUNDS="1")
    until(lambda: state_of(place, import_id) == "done")
    surviving.terminate()
    with place.work() as session:
        ask_back(session, FileKind.CASES, import_id, actor, datetime.now(UTC))
        assert session.scalar(OPEN_CASES) == 12
    stood = 12
    killed_half_way(2)
    processes.start("worker", NO_ROUNDS="1")
    until(lambda: state_of(place, import_id) == "undone")
    with place.work() as session:
        facts = session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == import_id)).all()
        assert (session.scalar(OPEN_CASES), session.scalar(select(func.count(Case.id)))) == (0, 12)
    assert (facts.count(Fact.IMPORT_DONE), facts.count(Fact.IMPORT_UNDONE)) == (1, 1)


def state_of(place: Place, import_id: UUID) -> str:
    with place.work() as session:
        return session.get_one(CaseImport, (place.id, import_id)).state


def test_a_redis_emptied_stopped_and_started_again_costs_nothing(
    settings: Settings, mails: MailServer, database: Database, processes: Processes, tmp_path: Path
) -> None:
    with a_redis(tmp_path) as first:
        processes.settings = processes.settings.model_copy(update={"redis_url": first.redis_url()})
        place = a_busy_place(database, 3)
        processes.start("scheduler")
        redis = Redis.from_url(first.redis_url())
        until(lambda: queues(redis)[1].count >= 3)
        redis.flushall()
        redis.close()
    overdue_reports(place, 3)
    worker = processes.start("worker")
    time.sleep(0.5)
    assert worker.poll() is None
    with a_redis(tmp_path):
        until(all_told(place))
        check_each_once(place, mails, 6)
        processes.stop_all()


def test_a_worker_that_is_told_to_stop_in_the_middle_of_a_job_stops_though_redis_is_gone(
    processes: Processes, database: Database, tmp_path: Path
) -> None:
    """As when a machine is shut down: everything is told at once, and Redis is the first to go."""
    hold = tmp_path / "hold"
    with a_redis(tmp_path) as first:
        processes.settings = processes.settings.model_copy(update={"redis_url": first.redis_url()})
        a_busy_place(database, 1)
        hold.touch()
        processes.start("scheduler")
        worker = processes.start("worker", HOLD=str(hold))
        until(hold.with_suffix(".reached").exists)
    worker.terminate()
    hold.unlink()
    assert worker.wait(timeout=PATIENCE) == 0


@contextmanager
def a_redis(folder: Path) -> Iterator[EmbeddedServers]:
    with EmbeddedServers(folder, postgres=False) as found:
        yield found


def test_a_dispatcher_killed_between_ringing_and_marking_makes_nothing_happen_twice(
    processes: Processes, mails: MailServer, database: Database, redis: Redis
) -> None:
    place = a_busy_place(database, 4)
    doomed = processes.start("scheduler", DIE="1")
    assert doomed.wait(timeout=PATIENCE) == -signal.SIGKILL
    assert undone(place) == 4
    assert queues(redis)[1].count >= 4
    processes.start("worker")
    until(lambda: not undone(place))
    for _ in range(2):
        processes.start("scheduler")
    until(all_told(place))
    check_each_once(place, mails, 4)


@pytest.mark.invariant(8)
def test_two_schedulers_and_two_workers_at_once_are_as_good_as_one(
    processes: Processes, mails: MailServer, database: Database
) -> None:
    places = [a_busy_place(database, 6) for _ in range(2)]
    for kind in ("scheduler", "worker", "scheduler", "worker"):
        processes.start(kind)
    until(all_told(*places))
    with database.work(PublicScope()) as session:
        assert {each.kind: each.alive for each in signs(session, datetime.now(UTC))} == {
            Kind.WORKER: 2,
            Kind.SCHEDULER: 2,
        }
    processes.stop_all()
    for place in places:
        check_each_once(place, mails, 6)
        with place.work() as session:
            assert list(breaks(session)) == []


@pytest.mark.invariant(8)
def test_a_landlord_whose_jobs_fail_for_ever_holds_up_nobody_else(
    processes: Processes, mails: MailServer, database: Database, redis: Redis
) -> None:
    unlucky, lucky = (a_busy_place(database, 3) for _ in range(2))
    processes.start("scheduler")
    spoilt = processes.start("worker", FAIL=str(unlucky.id))
    until(all_told(lucky))
    assert unsent(unlucky) == 3 * RUNGS
    late = a_busy_place(database, 2)
    until(all_told(late))
    check_each_once(lucky, mails, 3)
    assert all(b"Canary" not in (redis.dump(each) or b"") for each in redis.keys("*"))
    spoilt.terminate()
    processes.start("worker")
    until(all_told(unlucky))
    check_each_once(unlucky, mails, 3)


def test_what_was_done_while_the_workers_were_away_is_not_reminded_of(
    processes: Processes, mails: MailServer, database: Database
) -> None:
    place = a_busy_place(database, 1)
    reached = place.case(place.report(datetime.now(UTC) - timedelta(days=9), datetime.now(UTC)))
    with place.work() as session:
        now = datetime.now(UTC)
        deadlines.meet(session, reached, StopAct.RESPONDED, place.actor(None), now, now)
    processes.start("scheduler")
    processes.start("worker")
    until(lambda: sum(bool(each.sent_at) for each in place.reminders()) == RUNGS)
    until(lambda: not undone(place))
    with place.work() as session:
        about = select(Deadline.case_id).join(Reminder, Reminder.deadline_id == Deadline.id)
        assert session.scalars(about.where(Reminder.sent_at.is_not(None))).all() == [None] * RUNGS
    assert all(str(reached) not in each.link for each in place.messages())
