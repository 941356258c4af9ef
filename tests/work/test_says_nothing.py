"""Nothing that anybody said leaves the database by way of Redis, mails or logs."""

import re
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis
from rq.serializers import JSONSerializer
from structlog.testing import capture_logs

from portal.domain.contact import not_bland
from portal.domain.intake import Danger, OtherPerson
from portal.domain.permissions import Role
from portal.messaging.words import Kind
from portal.reactions import programme as whole_programme
from portal.settings import Settings
from portal.store.database import Database
from portal.work.bell import queues
from portal.work.programme import Pace
from portal.work.runner import Bench, PortalWorker, bench
from portal.work.schedule import Scheduler
from tests.domain.contact_records import said_safe
from tests.messaging.mail_servers import mail_server
from tests.places import a_place

CANARIES = ("Quillfeather", "Zebrawood", "07700 900123", "wrenbush", "Thistledown")


def everything_in(redis: Redis) -> str:
    kept = []
    for key in redis.keys("*"):
        kind = redis.type(key)
        value = redis.hgetall(key) if kind == b"hash" else redis.dump(key)
        kept.append(repr((key, value)))
        if kind == b"hash":
            kept.append(repr(zlib.decompress(value[b"data"])) if b"data" in value else "")
    return "\n".join(kept)


def test_no_word_of_a_report_is_in_redis_in_a_mail_or_in_a_log(
    settings: Settings, database: Database, redis: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    place = a_place(database)
    place.staff(Role.SENIOR, on_duty=True)
    now = datetime.now(UTC)
    for danger in (Danger.LIFE, Danger.NO):
        report_id = place.report(
            now - timedelta(days=9),
            now,
            name="Quillfeather",
            address="1 Zebrawood Row",
            happening="She says Wrenbush hit her",
            other_person=OtherPerson(name="Thistledown"),
            safe_contact=said_safe(),
            danger=danger,
        )
    place.case(report_id, now)
    with mail_server() as server:
        programme = whole_programme(server.settings(settings))
        scheduler = Scheduler(database, redis, programme, Pace(), lambda: datetime.now(UTC))
        bench.set(Bench(database, programme, lambda: datetime.now(UTC)))
        with capture_logs() as logs:
            seen = ""
            for _ in range(2):
                scheduler.look()
                seen += everything_in(redis)
                worker = PortalWorker(queues(redis), connection=redis, serializer=JSONSerializer)
                worker.work(burst=True, logging_level="DEBUG")
                seen += everything_in(redis)
                redis.flushdb()
                scheduler = Scheduler(database, redis, programme, Pace(), lambda: datetime.now(UTC))
        mails = [each.decode() for each in server.raw]
    assert {Kind(each.kind) for each in place.messages()} >= {Kind.LIFE, Kind.OVERDUE}
    assert len(mails) == len(place.messages()) > 1
    assert str(report_id) in seen or str(place.id) in seen
    for text in (seen, repr(logs), caplog.text, *mails):
        assert [each for each in CANARIES if each.lower() in text.lower()] == []
    for mail in server.mails:
        words = re.sub(r"https?://\S+", "", f"{mail['From']} {mail['Subject']} {mail.get_content()}")
        assert not_bland(words, [place.slug, "Havebury"]) == ()
