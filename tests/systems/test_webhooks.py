"""Notices to systems: content-free, signed, tried again, never to a machine inside, and on record."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal.cases.models import Case
from portal.domain.permissions import Role
from portal.domain.webhooks import TRIES, outside, unfit
from portal.homes.securing.models import WorkOrder
from portal.store.audit import PORTAL
from portal.systems.webhooks import sending, service
from portal.systems.webhooks.jobs import Carrier, tell_of_job_ended, tell_of_job_ordered
from portal.systems.webhooks.models import Webhook, WebhookNotice
from portal.systems.webhooks.sending import NotSentError, send
from tests.client import PageClient
from tests.desk import MONDAY, Desk
from tests.systems.conftest import HOME, a_job


class Receiver:
    """The other side: what came, and what it answers."""

    def __init__(self) -> None:
        self.status = 204
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.address = ""


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A system on this machine."""
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.came.append((dict(self.headers), body))
            self.send_response(found.status)
            if found.status == 302:
                self.send_header("Location", found.address + "/again")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{server.server_port}/notices?from=lintel"
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def a_place(desk: Desk, address: str, *kinds: str) -> tuple[UUID, str]:
    with desk.place.work() as session:
        chosen = tuple(map(service.WebhookKind, kinds or ("job.ordered", "job.ended")))
        return service.make(session, service.Wanted("Repairs", address, chosen), PORTAL, desk.clock())


def ordered(desk: Desk, case_id: UUID) -> str:
    """A job was ordered, and what follows was done."""
    number = a_job(desk, case_id)
    with desk.place.work() as session:
        job_id = session.scalars(select(WorkOrder.id).where(WorkOrder.number == number)).one()
        for _ in range(2):
            tell_of_job_ordered(session, {"job_id": job_id}, desk.clock())
    return number


def deliver(desk: Desk) -> WebhookNotice:
    Carrier(anywhere=True).deliver(desk.place.work, desk.clock())
    with desk.place.work() as session:
        return session.scalars(select(WebhookNotice)).one()


def verified(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """As the other side is told to do it."""
    marks = re.findall(r"v1=([0-9a-f]+)", headers["Lintel-Signature"])
    moment = re.match(r"t=(\d+)", headers["Lintel-Signature"])
    assert moment
    wanted = hmac.new(secret.encode(), f"{moment[1]}.".encode() + body, hashlib.sha256).hexdigest()
    return any(hmac.compare_digest(wanted, each) for each in marks)


def test_a_system_is_told_once_that_something_happened_and_not_what(desk: Desk, receiver: Receiver) -> None:
    _id, secret = a_place(desk, receiver.address)
    number = ordered(desk, desk.case(name="Maryam Example", address=HOME))
    row = deliver(desk)
    deliver(desk)
    ((headers, body),) = receiver.came
    assert json.loads(body) == {"id": number, "kind": "job.ordered", "at": MONDAY.isoformat()}
    assert verified(secret, headers, body)
    assert not verified("lts_other", headers, body)
    assert headers["Lintel-Notice"] == str(row.id)
    assert (row.sent_at, row.answered, row.attempts) == (MONDAY, 204, 1)


def test_what_is_not_taken_is_sent_again_ever_later_and_given_up_in_the_end(desk: Desk, receiver: Receiver) -> None:
    a_place(desk, receiver.address)
    ordered(desk, desk.case())
    receiver.status, pauses = 503, []
    for _ in range(TRIES):
        row = deliver(desk)
        assert deliver(desk).attempts == row.attempts, "not before its time"
        pauses.append(row.retry_at - desk.clock())
        desk.clock.at = max(row.retry_at, desk.clock())
    assert pauses[:3] == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]
    assert max(pauses) == timedelta(hours=1)
    assert (row.stopped_at is not None, row.sent_at, row.answered) == (True, None, 503)
    assert len(receiver.came) == TRIES
    assert len({headers["Lintel-Notice"] for headers, _body in receiver.came}) == 1


def test_a_redirect_is_not_followed_and_a_receiver_that_is_away_costs_nothing(desk: Desk, receiver: Receiver) -> None:
    a_place(desk, receiver.address)
    ordered(desk, desk.case())
    receiver.status = 302
    assert deliver(desk).answered == 302
    assert len(receiver.came) == 1
    with desk.place.work() as session:
        row = session.scalars(select(WebhookNotice)).one()
        hook = session.scalars(select(Webhook)).one()
        row.retry_at = MONDAY
        said = service.opened(session, hook) | {"address": "http://127.0.0.1:9/"}
        hook.sealed = service.cipher_of(session).seal_json("webhook", hook.id, said)
    row = deliver(desk)
    assert (row.answered, row.fault, row.attempts) == (None, "NewConnectionError", 2)


def test_for_a_day_after_a_new_secret_both_sign_and_then_the_new_one_alone(desk: Desk, receiver: Receiver) -> None:
    webhook_id, old = a_place(desk, receiver.address)
    with desk.place.work() as session:
        new = service.renew_secret(session, webhook_id, PORTAL, MONDAY)
    for hours, signs in ((1, [True, True]), (25, [True, False])):
        desk.clock.at = MONDAY + timedelta(hours=hours)
        with desk.place.work() as session:
            service.attempt(session, webhook_id, PORTAL, desk.clock())
        Carrier(anywhere=True).deliver(desk.place.work, desk.clock())
        headers, body = receiver.came[-1]
        assert [verified(each, headers, body) for each in (new, old)] == signs
    with desk.place.work() as session:
        sealed = session.get_one(Webhook, (desk.place.id, webhook_id)).sealed
        service.end(session, webhook_id, PORTAL, desk.clock())
    assert b"127.0.0.1" not in sealed
    assert new.encode() not in sealed


def test_nothing_is_said_of_a_job_that_nobody_may_be_told_of(desk: Desk, receiver: Receiver) -> None:
    a_place(desk, receiver.address)
    case_id = desk.case()
    with desk.place.work() as session:
        session.execute(update(Case).where(Case.id == case_id).values(restricted=True))
    number = a_job(desk, case_id)
    with desk.place.work() as session:
        job_id = session.scalars(select(WorkOrder.id).where(WorkOrder.number == number)).one()
        tell_of_job_ordered(session, {"job_id": job_id}, MONDAY)
        tell_of_job_ended(session, {"job_id": job_id}, MONDAY)
        assert session.scalars(select(WebhookNotice)).all() == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1",
        "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1",
    ],
)  # fmt: skip
def test_no_notice_goes_to_a_machine_inside(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by its number nor by a name that leads there, whichever it was when somebody wrote it down."""
    assert not outside(address)
    host = f"[{address}]" if ":" in address else address
    assert unfit(f"https://{host}/", anywhere=False)
    with pytest.raises(NotSentError, match="refused address"):
        send(f"https://{host}/", b"{}", {}, anywhere=False)
    family = 10 if ":" in address else 2
    found = [(family, 1, 6, "", ("93.184.216.34", 443)), (family, 1, 6, "", (address, 443))]
    monkeypatch.setattr(sending.socket, "getaddrinfo", lambda *_args, **_more: found)
    with pytest.raises(NotSentError, match="inside address"):
        send("https://looks-fine.example.org/", b"{}", {}, anywhere=False)


@pytest.mark.parametrize(
    "address",
    ["http://repairs.example.org/", "https://localhost/", "https://printer.local/", "https://u:p@repairs.example.org/",
     "https://repairs.example.org:22/", "repairs.example.org", "https://[broken/", "file:///etc/passwd"],
)  # fmt: skip
def test_an_address_that_is_not_out_in_the_internet_is_refused_beside_the_question(desk: Desk, address: str) -> None:
    client = desk.client(Role.ADMINISTRATOR)
    page = named(desk, client, address, status=422)
    assert "https://" in page or "network" in page or "without a user" in page


def named(desk: Desk, client: PageClient, address: str, status: int = 200) -> str:
    client.get(f"{desk.url}/systems/notices")
    said = {"system": "Repairs", "address": address, "kinds": ["job.ordered"]}
    return client.submit(said, form="/notices", status=status).text


def test_an_administrator_names_a_place_tries_it_and_ends_it(desk: Desk) -> None:
    client = desk.client(Role.ADMINISTRATOR)
    shown = named(desk, client, "https://repairs.example.org/notices")
    secret = re.search(r"lts_[\w-]{40,}", shown)
    assert secret
    page = client.get(f"{desk.url}/systems/notices")
    assert secret[0] not in page.html
    one = next(each for each in page.links if re.search(r"/notices/[0-9a-f-]{36}$", each))
    client.get(one)
    assert "A trial is on its way." in client.submit(form="/trial").text
    assert "trial" in client.get(one).text
    other = re.search(r"lts_[\w-]{40,}", client.submit(form="/secret").text)
    assert other
    assert other[0] != secret[0]
    client.get(one)
    assert "No notice goes there any more." in client.submit(form="/end").text
    assert "Given up" in client.get(one).text
    desk.client(Role.OFFICER).get(f"{desk.url}/systems/notices", status=403)
