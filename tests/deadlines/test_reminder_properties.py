"""Whatever happens in whatever order, each due reminder goes out once, and none after the act."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis import Redis
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.deadlines import service as deadlines
from portal.deadlines.hearers import Matter
from portal.deadlines.jobs import send_reminders
from portal.domain.clock import StopAct
from portal.domain.permissions import Role
from portal.referrals.matters import matters_of
from portal.settings import Settings
from portal.store.audit import AuditEntry, Fact
from portal.store.database import Database
from portal.work.bell import Bell, queues
from portal.work.programme import Urgency
from tests.places import LONG_AGO, Place, a_place

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.integers(1, 30)),
        st.sampled_from([("ring", 0), ("work", 0), ("crash", 0), ("flush", 0)]),
        st.tuples(st.just("meet"), st.integers(0, 1)),
    ),
    max_size=25,
)


class Power:
    """The power that fails in the middle of a job."""

    on = True

    def matters(
        self, session: Session, case_ids: Iterable[UUID], report_ids: Iterable[UUID]
    ) -> dict[UUID, Matter]:
        if not self.on:
            raise SystemExit
        return matters_of(session, case_ids, report_ids)


class Story:
    """One landlord with two cases, a scheduler's bell and a worker, driven by hand."""

    def __init__(self, place: Place, redis: Redis) -> None:
        self.place, self.redis = place, redis
        self.bell, self.queue, self.power = Bell(redis, 30), queues(redis)[0], Power()
        self.now = LONG_AGO
        place.staff(Role.SENIOR, on_duty=True)
        self.cases = [place.case(place.report()) for _ in range(2)]
        self.met: dict[UUID, datetime] = {}

    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    def ring(self, _: int = 0) -> None:
        self.bell.ring(
            Urgency.NOW, "portal.work.runner.run_round", (str(self.place.id), "r"), f"r_{self.place.id}"
        )

    def work(self, _: int = 0) -> None:
        if self.queue.is_empty():
            return
        job_id = self.queue.pop_job_id()
        send_reminders(self.place.work, self.now, matters=self.power.matters)
        self.redis.delete(f"rq:job:{job_id}")

    def crash(self, _: int = 0) -> None:
        self.power.on = False
        try:
            self.work()
        except SystemExit:
            pass
        finally:
            self.power.on = True

    def flush(self, _: int = 0) -> None:
        self.redis.flushdb()

    def meet(self, which: int) -> None:
        case_id = self.cases[which]
        with self.place.work() as session:
            if deadlines.meet(
                session, case_id, StopAct.RESPONDED, self.place.actor(None), self.now, self.now
            ):
                self.met[case_id] = self.now

    def check(self) -> None:
        """Sent, and recorded once, is exactly what fell due while its clock ran; nothing came after the act."""
        with self.place.work() as session:
            of = dict(session.execute(select(deadlines.Deadline.id, deadlines.Deadline.case_id)).all())
            recorded = session.execute(
                select(AuditEntry.subject_id, AuditEntry.detail, AuditEntry.at).where(
                    AuditEntry.fact == Fact.REMINDER_SENT
                )
            ).all()
        sent = [(of[each.deadline_id], each.rung) for each in self.place.reminders() if each.sent_at]
        assert sorted((each.subject_id, each.detail) for each in recorded) == sorted(sent)
        assert len(sent) == len(set(sent))
        for each in self.place.reminders():
            case_id = of[each.deadline_id]
            ended = self.met.get(case_id)
            if each.sent_at:
                assert each.due_at <= each.sent_at
                assert ended is None or each.sent_at <= ended
            elif ended is None:
                assert each.due_at > self.now
            else:
                assert each.stopped_at == ended


@pytest.fixture(scope="module")
def redis(settings: Settings) -> Iterable[Redis]:
    found = Redis.from_url(settings.redis_url.replace("db=0", "db=4"))
    yield found
    found.close()


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_each_due_reminder_goes_out_once_and_none_after_the_act(
    database: Database, redis: Redis, steps: list[tuple[str, int]]
) -> None:
    redis.flushdb()
    story = Story(a_place(database), redis)
    for name, value in steps:
        getattr(story, name)(value)
    story.ring()
    story.work()
    story.check()
