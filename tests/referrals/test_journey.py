"""Going through the pages: almost everything can be left out, nobody is turned away, nothing typed is lost."""

from collections.abc import Callable

import pytest

from portal.domain.contact import Channel, Said
from portal.domain.intake import Danger, Relation, Wish, YesNo
from portal.referrals.journey import JOURNEYS, SOURCES, WayIn
from tests.referrals.conftest import BY_PHONE, REACHED, Desk, Visitor

At = Callable[[str], Visitor]
DeskOf = Callable[[str], Desk]
ALL = ("dales", "havebury", "nph", "seven-locks", "star", "whg")


@pytest.mark.clause("STAR-3.2a")
@pytest.mark.parametrize("slug", ALL)
def test_two_answers_are_enough(visitor: At, desk: DeskOf, slug: str) -> None:
    her = visitor(slug)
    her.begin()
    her.answer(danger="no")
    her.answer(**BY_PHONE)
    her.follow("Go to the end and send")
    assert her.send().h1s == ["We have your message"]
    report, answers = desk(slug).newest()
    assert report.source == "self"
    assert answers.danger is Danger.NO
    assert answers.safe_contact.way(Channel.CALL).detail == "07700 900 123"


def test_everything_that_she_says_arrives(visitor: At, desk: DeskOf) -> None:
    her = visitor("havebury")
    her.tell(
        every_page=True,
        **{
            "About right now": {"danger": "soon"},
            "How to reach you": {**BY_PHONE, "ways": ["call", "text"]},
            "When to reach you": {
                "times": "only_these",
                "days": ["mon", "tue"],
                "start": "09:00",
                "end": "12:00",
            },
            "When we get in touch": {"leave_message": "no", "say_who": "no", "code_word": "parsley"},
            "In your words": {"happening": "He takes my keys.", "types": ["controlling", "stalking"]},
            "About you": {"call_me": "Sam", "age": "34", "relation": "joint_tenant"},
            "Your home": {"address": "1 Elm Road", "unsafe": "yes"},
            "The other person": {
                "person": "P",
                "tie": "partner",
                "lives_there": "yes",
                "joint_tenant": "yes",
            },
            "Who lives with you": {"at_home": "my son", "children": "yes", "children_note": "4"},
            "What you would like": {"wishes": ["security", "heard"], "wish_words": "no police"},
            "When we meet": {"preferences": ["bsl"], "language": "Polish", "needs": "step-free"},
        }
    )
    her.send()
    _, told = desk("havebury").newest()
    assert (told.name, told.age, told.relation) == ("Sam", 34, Relation.JOINT_TENANT)
    assert (told.address, told.home_unsafe) == ("1 Elm Road", True)
    assert told.types == ("controlling",)
    assert told.subtypes == ("stalking",)
    assert told.other_person.joint_tenant is YesNo.YES
    assert (told.at_home, told.children, told.children_note) == ("my son", YesNo.YES, "4")
    assert told.wishes == (Wish.SECURITY, Wish.HEARD)
    assert told.wish_words == "no police"
    assert told.preferences == ("bsl",)
    assert told.language == told.safe_contact.language == "Polish"
    assert told.needs == "step-free"
    safe = told.safe_contact
    assert (safe.leave_message, safe.say_who, safe.withheld_ok) == (False, False, None)
    assert safe.code_word == "parsley"
    assert safe.times.in_words() == "Mon, Tue 09:00 to 12:00"


def test_one_who_will_come_in_herself_need_give_no_number(visitor: At, desk: DeskOf) -> None:
    her = visitor("whg")
    her.begin()
    her.answer()
    page = her.answer(ways=["themselves"])
    assert page.h1s == ["In your words"], "nothing is asked about calls that will not be made"
    her.follow("Go to the end and send")
    her.send()
    _, told = desk("whg").newest()
    assert all(told.safe_contact.way(each).said is Said.UNKNOWN for each in Channel)
    assert "Do not try to reach them" in told.safe_contact.notes


def test_going_through_somebody_asks_for_their_number(visitor: At, desk: DeskOf) -> None:
    her = visitor("star")
    her.begin()
    her.answer()
    her.answer(ways=["through"])
    her.answer()
    her.answer()
    assert her.heading == "Somebody you trust"
    page = her.answer(status=422, relation="my sister")
    assert "Write their phone number" in page.text
    her.answer(phone="07700 900 456", may_know="no")
    her.follow("Go to the end and send")
    her.send()
    _, told = desk("star").newest()
    assert told.safe_contact.somebody_else
    assert told.safe_contact.somebody_else.detail == "07700 900 456"
    assert told.safe_contact.somebody_else.may_know is False


def test_a_number_or_an_address_that_was_copied_is_taken_as_it_is_seen(visitor: At, desk: DeskOf) -> None:
    """A list of contacts adds marks that nobody sees; a page or a letter writes its own dashes."""
    her = visitor("whg")
    her.begin()
    her.answer()
    her.answer(
        ways=["call", "email"],
        phone=" \u202a+44 7700\u2011900\u2013123\u202c ",
        email="\ufeffher@example.org\u200b",
    )
    her.follow("Go to the end and send")
    her.send()
    _, told = desk("whg").newest()
    assert told.safe_contact.way(Channel.CALL).detail == "+44 7700-900-123"
    assert told.safe_contact.way(Channel.EMAIL).detail == "her@example.org"


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        ({}, "Choose at least one way"),
        ({"ways": ["call"]}, "Write the phone number"),
        ({"ways": ["call"], "phone": "123"}, "Write the whole number"),
        ({"ways": ["email"], "email": "me"}, "Write the whole address"),
        ({"ways": ["letter"]}, "Write the address that is safe for post"),
    ],
)
def test_a_mistake_is_said_beside_its_question_and_at_the_top(
    visitor: At, said: dict[str, object], tells: str
) -> None:
    her = visitor("dales")
    her.begin()
    her.answer()
    page = her.answer(status=422, **said)
    assert page.text.count(tells) == 2
    assert set(page.ids) >= {link.removeprefix("#") for link in page.links if link.startswith("#")}


def test_what_was_typed_stays_after_a_mistake(visitor: At) -> None:
    her = visitor("dales")
    her.begin()
    her.answer()
    page = her.answer(status=422, ways=["call", "email"], phone="12", email="somebody@example.com")
    fields = page.forms[0]["fields"]
    assert fields["phone"] == ["12"]
    assert fields["email"] == ["somebody@example.com"]
    assert fields["ways"] == ["call", "email"]


@pytest.mark.clause("WHG-2.1b")
def test_a_way_that_somebody_could_watch_is_never_the_only_one(visitor: At, desk: DeskOf) -> None:
    her = visitor("whg")
    her.begin()
    her.answer()
    page = her.answer(status=422, ways=["email"], email="me@example.com", watched=["email"])
    assert "one that nobody else can see or hear" in page.text
    her.answer(ways=["email", "call"], phone="07700 900 123")
    her.follow("Go to the end and send")
    her.send()
    _, told = desk("whg").newest()
    assert told.safe_contact.way(Channel.EMAIL).risk
    assert not told.safe_contact.way(Channel.CALL).risk


def test_she_can_go_back_and_change_anything(visitor: At, desk: DeskOf) -> None:
    her = visitor("nph")
    her.tell(**REACHED)
    change = next(link for link in her.page.links if "/contact/2" in link and "change" in link)
    page = her.get(change)
    assert page.forms[0]["fields"]["phone"] == ["07700 900 123"]
    page = her.answer(phone="07700 900 999")
    assert page.h1s == ["Read it through"]
    her.send()
    _, told = desk("nph").newest()
    assert told.safe_contact.way(Channel.CALL).detail == "07700 900 999"


def test_an_answer_that_became_idle_is_not_sent(visitor: At, desk: DeskOf) -> None:
    her = visitor("nph")
    her.tell(**REACHED, **{"When we get in touch": {"leave_message": "yes", "code_word": "parsley"}})
    her.get("/nph/contact/2?change=1")
    her.answer(ways=["themselves"])
    her.send()
    _, told = desk("nph").newest()
    assert told.safe_contact.leave_message is None
    assert told.safe_contact.code_word == ""


def test_without_a_way_to_reach_her_the_page_says_what_is_needed(visitor: At, desk: DeskOf) -> None:
    before = desk("star").reports()
    her = visitor("star")
    her.begin()
    her.answer(danger="no")
    page = her.get("/star/contact/check")
    assert "One answer is needed" in page.text
    assert "Send" not in page.text
    her.post("/star/contact/check", status=422)
    assert desk("star").reports() == before


@pytest.mark.parametrize("danger", ["life", "soon"])
def test_danger_shows_whom_to_ring_and_lets_her_go_on(visitor: At, desk: DeskOf, danger: str) -> None:
    her = visitor("havebury")
    her.begin()
    page = her.answer(danger=danger)
    assert page.h1s == ["Who to ring now"]
    for told in (
        "Ring 999",
        "mobile",
        "press 55",
        "does not show them where you are",
        "landline",
        "REGISTER",
        "National Domestic Abuse Helpline",
        "0808 2000 247",
        "checked",
    ):
        assert told in page.text
    her.follow("Go on")
    assert her.heading == "How to reach you"


def test_a_threat_to_life_starts_the_clock_at_once(visitor: At, desk: DeskOf) -> None:
    her = visitor("havebury")
    her.tell(**REACHED | {"About right now": {"danger": "life"}})
    her.send()
    report, _ = desk("havebury").newest()
    assert report.threat_to_life
    clock = desk("havebury").clocks(report.id)["threat-to-life"]
    assert clock.due_at == clock.started_at


def test_the_table_of_ways_is_complete() -> None:
    assert set(JOURNEYS) == set(SOURCES) == set(WayIn)
    for steps in JOURNEYS.values():
        assert len({step.form.name for step in steps}) == len(steps)
        assert any(step.needed for step in steps)
