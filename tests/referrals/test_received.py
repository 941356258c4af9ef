"""The page that says "received": what the policy promises, by when, and a number that can be declined."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from portal.landlords.packs import read_pack
from portal.referrals.receipts import report_of_receipt
from tests.conftest import ROOT, Clock
from tests.referrals.conftest import REACHED, Desk, Scoped, Visitor

At = Callable[[str], Visitor]
DeskOf = Callable[[str], Desk]
MAUNDY_THURSDAY = datetime(2026, 4, 2, 15, 30, tzinfo=UTC)  # 16:30 by British Summer Time
BY = {
    "dales": "That is by Tuesday 7 April 2026, 17:00",
    "seven-locks": "That is by Tuesday 7 April 2026, 17:00",
    "havebury": "That is by Tuesday 7 April 2026, 17:00",
    "nph": "That is by Tuesday 7 April 2026, 17:00",
    "star": "That would be by Tuesday 7 April 2026, 16:30",
}


@pytest.mark.parametrize("slug", ["dales", "seven-locks", "havebury", "nph", "star", "whg"])
def test_it_promises_what_the_policy_promises(visitor: At, clock: Clock, slug: str) -> None:
    clock.at = MAUNDY_THURSDAY
    her = visitor(slug)
    her.tell(**REACHED)
    told = her.send().text
    assert read_pack(ROOT / "landlords" / slug).policy.clock("disclosure").promise in told
    if slug in BY:
        assert BY[slug] in told
        assert "promises no time" not in told
    else:
        assert "Our policy promises no time for this." in told
        assert "It stays there until somebody has answered it." in told
        assert "2026" not in told


def test_a_threat_to_life_is_promised_first_and_the_talk_as_well(visitor: At, clock: Clock) -> None:
    clock.at = MAUNDY_THURSDAY
    her = visitor("havebury")
    her.tell(**REACHED | {"About right now": {"danger": "life"}})
    told = her.send().text
    policy = read_pack(ROOT / "landlords" / "havebury").policy
    assert told.index(policy.clock("threat-to-life").promise) < told.index(policy.clock("disclosure").promise)
    assert "16:30" not in told, "what is due at once has no hour to wait for"


def test_a_time_for_the_talk_is_told_where_the_threat_itself_has_none(visitor: At, clock: Clock) -> None:
    clock.at = MAUNDY_THURSDAY
    her = visitor("dales")
    her.tell(**REACHED | {"About right now": {"danger": "life"}})
    told = her.send().text
    policy = read_pack(ROOT / "landlords" / "dales").policy
    assert told.index(policy.clock("threat-to-life").promise) < told.index(policy.clock("disclosure").promise)
    assert told.index(policy.clock("disclosure").promise) < told.index(BY["dales"])
    assert "promises no time" not in told


def test_the_number_is_shown_here_only_and_leads_to_the_report(
    visitor: At, desk: DeskOf, scoped: Scoped
) -> None:
    her = visitor("star")
    her.tell(**REACHED)
    page = her.send()
    code = re.search(r"\b\d{4} \d{4} \d{4} \d{4}\b", page.text)
    assert code
    with scoped("star") as session:
        assert report_of_receipt(session, code[0]) == desk("star").newest()[0].id
        assert report_of_receipt(session, code[0].replace(" ", "-")) == desk("star").newest()[0].id
        assert report_of_receipt(session, "0000 0000 0000 0000") is None
    with scoped("dales") as session:
        assert report_of_receipt(session, code[0]) is None
    assert code[0] not in her.url
    her.get(her.url)
    assert code[0] in her.page.text, "a connection that broke does not lose it"
    kept = len(desk("star").drafts())
    her.submit({"action": "done"})
    her.get("/star/contact/received", status=404)
    assert len(desk("star").drafts()) == kept - 1


def test_the_number_can_be_declined(visitor: At, desk: DeskOf, scoped: Scoped) -> None:
    her = visitor("whg")
    her.tell(**REACHED)
    code = re.search(r"\d{4} \d{4} \d{4} \d{4}", her.send().text)
    assert code
    page = her.submit({"action": "decline"})
    assert code[0] not in page.text
    assert "We have your message" in page.text
    with scoped("whg") as session:
        assert report_of_receipt(session, code[0]) is None
    assert desk("whg").newest()[0].receipt_hash is None


def test_it_says_nothing_of_what_she_wrote(visitor: At) -> None:
    her = visitor("havebury")
    her.tell(
        **REACHED | {"About you": {"call_me": "Peregrine"}, "In your words": {"happening": "He hit me."}}
    )
    page = her.send()
    for written in ("Peregrine", "He hit me", "07700"):
        assert written not in page.html


def test_every_clock_that_was_started_says_by_when(visitor: At, clock: Clock) -> None:
    """A broken door beside a disclosure: two promises, and a date for each of them."""
    clock.at = MAUNDY_THURSDAY
    policy = read_pack(ROOT / "landlords" / "star").policy
    her = visitor("star")
    her.tell(**REACHED | {"Your home": {"unsafe": "yes"}})
    told = her.send().text
    first, second = policy.clock("disclosure").promise, policy.clock("unsafe-damage").promise
    assert first in told
    assert second in told
    for promise in (first, second):
        after = told[told.index(promise) + len(promise) :].strip()
        assert after.startswith(("That is by", "That would be by")), promise
