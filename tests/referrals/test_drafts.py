"""Half-finished answers: sealed, for one browser, for half an hour, and sent once or never."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from portal.domain.intake import Answers
from portal.domain.lifecycle import Source
from portal.referrals import drafts
from portal.referrals.drafts import LASTS, AlreadySentError, DraftEndedError
from portal.store.audit import PUBLIC
from portal.store.database import Database
from portal.store.scope import LandlordScope
from tests.conftest import Clock
from tests.referrals.conftest import REACHED, Desk, Scoped, Visitor

At = Callable[[str], Visitor]
DeskOf = Callable[[str], Desk]
NOON = datetime(2026, 6, 12, 12, 0, tzinfo=UTC)
CANARY = "Peregrine Canary"
WORDS = st.dictionaries(st.sampled_from(["a", "b"]), st.text(max_size=30), max_size=2)


@given(
    pages=st.lists(st.tuples(st.sampled_from(["reach", "you", "home"]), WORDS), min_size=1, max_size=5),
    pause=st.integers(min_value=0, max_value=29),
)
def test_the_last_word_on_each_page_counts(
    database: Database, landlords: dict[str, UUID], pages: list[tuple[str, dict[str, str]]], pause: int
) -> None:
    secret, at = drafts.new_secret(), NOON
    with database.work(LandlordScope(landlords["dales"])) as session:
        for page, words in pages:
            at += timedelta(minutes=pause)
            drafts.keep(session, secret, "contact", page, words, at)
        kept = drafts.read(session, secret, "contact", at + LASTS - timedelta(seconds=1))
        assert kept
        assert kept.said == dict(pages)
        assert drafts.read(session, secret, "contact", at + LASTS) is None
        drafts.wipe(session, [secret])


@given(page=st.text(max_size=10), other=st.text(max_size=10))
def test_another_secret_another_way_and_another_landlord_open_nothing(
    database: Database, landlords: dict[str, UUID], page: str, other: str
) -> None:
    secret = drafts.new_secret()
    with database.work(LandlordScope(landlords["dales"])) as session:
        drafts.keep(session, secret, "contact", page, {"x": other}, NOON)
        assert drafts.read(session, drafts.new_secret(), "contact", NOON) is None
        assert drafts.read(session, secret, "someone", NOON) is None
    with database.work(LandlordScope(landlords["seven-locks"])) as session:
        assert drafts.read(session, secret, "contact", NOON) is None
    with database.work(LandlordScope(landlords["dales"])) as session:
        drafts.wipe(session, [secret])


@pytest.mark.clause("WHG-3.1a")
@pytest.mark.parametrize("sent", [False, True])
def test_nothing_in_the_database_can_be_read(visitor: At, scoped: Scoped, sent: bool) -> None:
    her = visitor("whg")
    her.tell(**REACHED | {"In your words": {"happening": CANARY}, "About you": {"call_me": CANARY}})
    if sent:
        her.send()
    with scoped("whg") as session:
        for table in ("draft", "report", "audit_entry", "outbox_event"):
            for row in session.execute(text(f"SELECT t::text FROM {table} t")).scalars():
                for known in (CANARY, "07700 900 123", CANARY.encode().hex()):
                    assert known not in row


def test_the_browser_holds_a_random_secret_and_nothing_else(visitor: At) -> None:
    her = visitor("star")
    her.tell(**REACHED | {"About you": {"call_me": CANARY}})
    with her.http.session_transaction("/star/") as browser:
        assert set(browser) == {"contact", "csrf_token"}
    for cookie in her.http._cookies.values():
        assert (cookie.key, cookie.path) == ("s", "/star")
        assert cookie.expires is None
        assert cookie.max_age is None
        assert cookie.http_only


def test_half_an_hour_after_the_last_page_nothing_is_shown(visitor: At, clock: Clock) -> None:
    clock.at = NOON
    her = visitor("dales")
    her.begin()
    her.answer()
    her.answer(ways=["call"], phone="07700 900 123")
    clock.at = NOON + timedelta(minutes=29)
    her.answer()
    clock.at = NOON + timedelta(minutes=58)
    assert her.get("/dales/contact/2").forms[0]["fields"]["phone"] == ["07700 900 123"]
    clock.at = NOON + timedelta(minutes=59)
    page = her.get("/dales/contact/2", status=410)
    assert page.h1s == ["This page has ended"]
    assert "07700" not in page.html
    assert her.secret() is None


def test_what_she_was_just_writing_is_kept_when_the_rest_has_ended(visitor: At, clock: Clock) -> None:
    clock.at = NOON
    her = visitor("dales")
    her.begin()
    her.answer(danger="no")
    her.answer(ways=["call"], phone="07700 900 123")
    her.get("/dales/contact/6")
    clock.at = NOON + timedelta(hours=2)
    her.answer(happening="It took me long to write this.")
    page = her.get("/dales/contact/check")
    assert "It took me long to write this." in page.text
    assert "07700" not in page.html
    assert "One answer is needed" in page.text


@pytest.mark.parametrize("ended", ["check", "received"])
def test_sending_what_has_ended_sends_nothing(visitor: At, desk: DeskOf, clock: Clock, ended: str) -> None:
    clock.at = NOON
    her = visitor("dales")
    her.tell(**REACHED)
    before = desk("dales").reports()
    if ended == "received":
        her.send()
        before += 1
        clock.at = NOON + timedelta(minutes=10)
        page = her.get("/dales/contact/received", status=410)
    else:
        clock.at = NOON + timedelta(minutes=30)
        page = her.submit(form=0, status=410)
    assert page.h1s == ["This page has ended"]
    assert desk("dales").reports() == before


def test_sent_twice_is_one_report_and_the_same_page(visitor: At, desk: DeskOf) -> None:
    her = visitor("nph")
    check = her.tell(**REACHED)
    token = check.forms[0]["fields"]["csrf_token"][0]
    before = desk("nph").reports()
    first = her.post("/nph/contact/check", {"csrf_token": token})
    again = her.post("/nph/contact/check", {"csrf_token": token})
    assert first.text == again.text
    assert desk("nph").reports() == before + 1


def test_after_sending_no_page_opens_the_answers_again(visitor: At, desk: DeskOf) -> None:
    her = visitor("nph")
    page = her.tell(**REACHED | {"About you": {"call_me": CANARY}})
    token = page.forms[0]["fields"]["csrf_token"][0]
    her.send()
    for path in ("/nph/contact/2", "/nph/contact/check"):
        assert her.get(path).h1s == ["We have your message"]
    her.post("/nph/contact/7", {"csrf_token": token, "call_me": "Another"})
    assert her.heading == "We have your message"
    assert CANARY not in her.page.html
    assert desk("nph").newest()[1].name == CANARY


def test_a_page_that_comes_late_is_refused_after_sending(scoped: Scoped) -> None:
    with scoped("dales") as session:
        secret = drafts.new_secret()
        drafts.keep(session, secret, "contact", "now", {}, NOON)
        drafts.send(session, secret, "contact", _answers, PUBLIC, NOON)
        with pytest.raises(AlreadySentError):
            drafts.keep(session, secret, "contact", "now", {}, NOON)
        with pytest.raises(DraftEndedError):
            drafts.send(session, "unknown", "contact", _answers, PUBLIC, NOON)


def test_two_at_the_same_instant_are_one_report(scoped: Scoped, desk: DeskOf) -> None:
    secret = drafts.new_secret()
    with scoped("dales") as session:
        drafts.keep(session, secret, "contact", "now", {}, NOON)
    before, together = desk("dales").reports(), Barrier(2)

    def press() -> None:
        with scoped("dales") as session:
            together.wait()
            drafts.send(session, secret, "contact", _answers, PUBLIC, NOON)

    with ThreadPoolExecutor() as both:
        for pressed in [both.submit(press), both.submit(press)]:
            pressed.result()
    assert desk("dales").reports() == before + 1


def test_the_sweep_takes_what_has_ended_and_nothing_else(scoped: Scoped) -> None:
    later = NOON + timedelta(minutes=1)
    with scoped("seven-locks") as session:
        drafts.purge_drafts(session, NOON + timedelta(days=365))
        old, young = drafts.new_secret(), drafts.new_secret()
        drafts.keep(session, old, "contact", "now", {}, NOON)
        drafts.keep(session, young, "contact", "now", {}, later)
        assert drafts.purge_drafts(session, NOON + LASTS) == 1
        assert drafts.read(session, old, "contact", NOON) is None
        assert drafts.read(session, young, "contact", later)


def _answers(_said: object) -> Answers:
    return Answers(Source.SELF)
