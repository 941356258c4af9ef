"""Telling us about somebody else, and the concern card: written, thanked for, and never to be read again."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from portal.domain.contact import Channel, Said
from portal.domain.intake import YesNo
from tests.conftest import Clock
from tests.referrals.conftest import Desk, Visitor

At = Callable[[str], Visitor]
DeskOf = Callable[[str], Desk]
SATURDAY = datetime(2026, 6, 13, 10, 0, tzinfo=UTC)


def test_a_friend_tells_us(visitor: At, desk: DeskOf) -> None:
    friend = visitor("havebury")
    friend.tell(
        "someone",
        **{
            "About right now": {"danger": "no"},
            "Who it is about": {"person": "Noor", "address": "2 Elm Road", "age": "40", "relation": "tenant"},
            "In your words": {"happening": "I hear shouting at night."},
            "How to reach them": {"phone": "07700 900 321", "safe": ["text"], "never": "the landline"},
            "About you": {"call_me": "Jo", "role": "neighbour", "phone": "07700 900 654", "knows": "no"},
        },
    )
    assert friend.send().h1s == ["We have your message"]
    report, told = desk("havebury").newest()
    assert report.source == "someone_else"
    assert (told.name, told.address, told.age) == ("Noor", "2 Elm Road", 40)
    assert told.teller.name == "Jo"
    assert told.teller.person_knows is YesNo.NO
    safe = told.safe_contact
    assert safe.way(Channel.TEXT).said is Said.SAFE
    assert safe.way(Channel.CALL).said is Said.UNKNOWN, "only what the friend says is safe counts as safe"
    assert safe.never == ("the landline",)
    assert set(desk("havebury").clocks(report.id)) == {"concern"}


def test_one_trace_of_the_person_is_needed_and_enough(visitor: At, desk: DeskOf) -> None:
    friend = visitor("dales")
    friend.begin("someone")
    friend.answer()
    page = friend.answer(status=422)
    assert "Tell us a name, an address, or anything else" in page.text
    friend.answer(trace="the flat above the baker")
    friend.follow("Go to the end and send")
    friend.send()
    assert "the flat above the baker" in desk("dales").newest()[1].address


@pytest.mark.clause("HAV-3.2a-1", "STAR-3.19b", "NPH-DEALING-14")
@pytest.mark.parametrize("slug", ["havebury", "star", "nph"])
def test_a_card_is_taken_thanked_for_and_closed(visitor: At, desk: DeskOf, clock: Clock, slug: str) -> None:
    clock.at = SATURDAY
    worker = visitor(slug)
    worker.tell(
        "note", **{"Something you noticed": {"noticed": "Something felt wrong", "place": "3 Elm Road"}}
    )
    page = worker.send()
    assert page.h1s == ["Thank you"]
    assert "We have your note" in page.text
    for kept in ("Something felt wrong", "3 Elm Road"):
        assert kept not in page.text, "the acknowledgement is bare"
    assert not re.search(r"\d{4} \d{4}", page.text), "nothing leads back to it"
    report, told = desk(slug).newest()
    assert report.source == "concern_card"
    assert report.receipt_hash is None, "a card has no receipt that would lead back to it"
    assert told.happening == "Something felt wrong"
    assert desk(slug).clocks(report.id)["concern"].started_at == SATURDAY
    worker.submit({"action": "done"})
    worker.get(f"/{slug}/note/received", status=404)
    worker.get(f"/{slug}/note/check")
    assert worker.heading == "Something you noticed"
    assert "3 Elm Road" not in worker.page.html


def test_a_card_needs_a_place_or_a_person(visitor: At) -> None:
    worker = visitor("whg")
    worker.begin("note")
    page = worker.answer(status=422, noticed="A door was broken")
    assert "Tell us where it was" in page.text
    assert page.forms[0]["fields"]["noticed"] == ["A door was broken"]


def test_no_sign_in_is_asked_for(visitor: At) -> None:
    for way in ("contact", "someone", "note"):
        visitor("seven-locks").begin(way)
