"""The guard over staff: what was not said to be safe is refused, with the reason; how to go about the rest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calendar import LONDON
from portal.domain.contact import (
    Channel,
    SafeContact,
    SafeTimes,
    Said,
    SomebodyElse,
    Times,
    Way,
    guard,
    next_safe_moment,
)
from portal.domain.errors import NaiveTimeError
from tests.domain.contact_records import EMAIL, MONDAY_MORNING, PHONE, safe_contacts, said_safe

MONDAY_TEN = datetime(2026, 6, 15, 10, tzinfo=LONDON)
MONDAY_NIGHT = datetime(2026, 6, 15, 23, tzinfo=LONDON)

channels = st.sampled_from(Channel)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
prohibitions = st.sampled_from(
    [
        lambda safe, channel: replace(safe, ways=tuple(way for way in safe.ways if way.channel != channel)),
        lambda safe, channel: _changed(safe, channel, said=Said.UNSAFE),
        lambda safe, channel: _changed(safe, channel, risk="read by another"),
        lambda safe, _: replace(safe, never=(*safe.never, PHONE)),
        lambda safe, channel: replace(safe, never=(*safe.never, channel.value)),
        lambda safe, _: replace(safe, leave_message=False),
        lambda safe, _: replace(safe, say_who=None),
        lambda safe, _: replace(safe, times=SafeTimes(Times.ONLY_THESE)),
    ]
)


def _changed(safe: SafeContact, channel: Channel, **changes: object) -> SafeContact:
    others = tuple(way for way in safe.ways if way.channel != channel)
    return replace(safe, ways=(*others, replace(safe.way(channel), **changes)))


def hours(said: Times) -> SafeContact:
    return replace(said_safe(), times=SafeTimes(said, (MONDAY_MORNING,)))


@pytest.mark.parametrize("channel", Channel)
def test_nothing_said_allows_nothing(channel: Channel) -> None:
    assert not guard(SafeContact(), channel, MONDAY_TEN).allowed
    assert next_safe_moment(SafeContact(), channel, MONDAY_TEN) is None


def test_what_was_said_to_be_safe_is_allowed() -> None:
    assert guard(said_safe(), Channel.CALL, MONDAY_NIGHT).allowed


@pytest.mark.parametrize(
    ("safe", "channel", "reason"),
    [
        (said_safe(), Channel.TEXT, "They have not said that texting is safe."),
        (
            SafeContact(ways=(Way(Channel.TEXT, Said.UNSAFE, PHONE),), times=SafeTimes(Times.ANY_TIME)),
            Channel.TEXT,
            "They said that texting is not safe.",
        ),
        (
            said_safe(detail=" "),
            Channel.CALL,
            "They gave no number or address for calling; one found elsewhere may not be safe.",
        ),
    ],
)
def test_a_channel_that_is_not_safe_is_refused_with_its_reason(
    safe: SafeContact, channel: Channel, reason: str
) -> None:
    assert guard(safe, channel, MONDAY_TEN).reasons == (reason,)


def test_a_message_on_this_site_needs_no_number() -> None:
    assert guard(said_safe(Channel.PORTAL_MESSAGE, detail=""), Channel.PORTAL_MESSAGE, MONDAY_TEN).allowed


@pytest.mark.clause("WHG-2.1b")
def test_a_preferred_channel_with_a_risk_is_stopped_and_a_safer_one_asked_for() -> None:
    email = Way(Channel.EMAIL, Said.SAFE, EMAIL, preferred=True, risk="read by the other person")
    safe = SafeContact(ways=(email,), times=SafeTimes(Times.ANY_TIME))
    verdict = guard(safe, Channel.EMAIL, MONDAY_TEN)
    assert verdict.reasons == ("A risk is recorded for emailing: ask for a safer way.",)
    assert "Risk: read by the other person." in verdict.how


def test_outside_the_hours_that_were_named_it_is_refused() -> None:
    safe = hours(Times.ONLY_THESE)
    assert guard(safe, Channel.CALL, MONDAY_TEN).allowed
    refused = guard(safe, Channel.CALL, MONDAY_NIGHT)
    assert refused.reasons == ("This is outside the hours that they said are safe.",)


def test_unstated_hours_allow_office_hours_only_and_say_so() -> None:
    safe = hours(Times.NEVER_STATED)
    by_day, by_night = guard(safe, Channel.CALL, MONDAY_TEN), guard(safe, Channel.CALL, MONDAY_NIGHT)
    assert by_day.allowed
    assert "They have not said which hours are safe: ask first whether they can talk now." in by_day.how
    assert by_night.reasons == (
        "They have not said which hours are safe: until then only Monday to Friday, 09:00 to 17:00.",
    )


@pytest.mark.parametrize(
    ("safe", "said"),
    [(None, "They have not said that {} is safe."), (False, "They said that {} is not safe."), (True, None)],
)
def test_messages_and_names_are_left_only_if_safe(safe: bool | None, said: str | None) -> None:
    record = replace(said_safe(), leave_message=safe, say_who=safe)
    verdict = guard(record, Channel.CALL, MONDAY_TEN, leaving_message=True, naming_landlord=True)
    doings = ("leaving a message", "saying who is calling")
    assert verdict.reasons == (tuple(said.format(doing) for doing in doings) if said else ())
    assert guard(record, Channel.CALL, MONDAY_TEN).allowed


@pytest.mark.parametrize(
    ("entry", "channel", "detail", "stopped"),
    [
        ("Phone", Channel.CALL, PHONE, True),
        ("post", Channel.LETTER, "12 Invented Row", True),
        ("+44 7700 900 123 (landline)", Channel.CALL, PHONE, True),
        ("07700 900999", Channel.CALL, PHONE, False),
        ("12 Invented Row", Channel.LETTER, "12 invented row, Sometown", True),
        ("960123", Channel.CALL, "01632 960123", True),
        ("01632 960123", Channel.TEXT, "960123", True),
        ("never to 12 Invented Row", Channel.VISIT, "12 Invented Row", True),
        (EMAIL, Channel.TEXT, EMAIL, True),  # what was written down as a number is none, and still hers to forbid
        ("River@Example.org", Channel.EMAIL, EMAIL, True),
        ("work", Channel.EMAIL, "river@workshop.example", False),
        ("", Channel.CALL, PHONE, False),
        ("work", Channel.CALL, "the front desk", False),
        ("room 9, 12 Other Row", Channel.CALL, "ext 9", False),
    ],
)
def test_what_stands_on_the_never_list_is_never_used(
    entry: str, channel: Channel, detail: str, stopped: bool
) -> None:
    safe = replace(said_safe(channel, detail), never=(entry,))
    assert guard(safe, channel, MONDAY_TEN).allowed is not stopped


def test_tells_how_before_a_number_is_shown() -> None:
    safe = replace(
        said_safe(),
        ways=(Way(Channel.CALL, Said.SAFE, PHONE), Way(Channel.EMAIL, Said.SAFE, EMAIL, preferred=True)),
        withheld_ok=True,
        leave_message=False,
        code_word="bluebell",
        say_you_are="from the library",
        language="Polish",
        interpreter=True,
        never=("the house phone",),
        somebody_else=SomebodyElse("Sam", "sister", may_know=False),
        notes="Ring twice",
    )
    assert guard(safe, Channel.CALL, MONDAY_TEN).how == (
        "Withhold the number.",
        "Do not leave a message.",
        "Say you are from the library (code word “bluebell”).",
        "Book an interpreter first (Polish), never a relative or friend.",
        "Never use: the house phone.",
        "They would rather have you email.",
        "Somebody else to call: Sam (sister), who must not learn what it is about.",
        "They also said: Ring twice.",
    )


@pytest.mark.parametrize(
    ("changes", "channel", "sentence"),
    [
        (
            {"withheld_ok": False},
            Channel.CALL,
            "Do not withhold the number: they do not take withheld calls.",
        ),
        ({}, Channel.CALL, "Withhold the number. They have not said whether they take withheld calls."),
        ({}, Channel.CALL, "Do not leave a message."),
        ({"leave_message": True}, Channel.CALL, "A message may be left."),
        ({"say_who": True}, Channel.CALL, "You may say who you are."),
        ({}, Channel.CALL, "Do not say who you are until you know that you are talking to them."),
        ({}, Channel.TEXT, "Write nothing that shows who it is from or what it is about."),
        ({"code_word": "bluebell"}, Channel.CALL, "Code word: “bluebell”."),
        ({"language": "Polish"}, Channel.CALL, "Language: Polish."),
        (
            {"somebody_else": SomebodyElse("Sam", may_know=True)},
            Channel.TEXT,
            "Somebody else to call: Sam, who may know what it is about.",
        ),
    ],
)
def test_each_answer_has_its_instruction(changes: dict[str, object], channel: Channel, sentence: str) -> None:
    assert sentence in guard(replace(said_safe(), **changes), channel, MONDAY_TEN).how


def test_going_through_somebody_else_obeys_the_same_rules() -> None:
    """Hours, the never-list, a risk and the leaving of messages hold for whoever is rung in their place, too."""
    sam = SomebodyElse("Sam", "sister", detail=PHONE, may_know=False)
    record = replace(hours(Times.ONLY_THESE), somebody_else=sam)
    through = Channel.SOMEBODY_ELSE
    assert guard(record, through, MONDAY_TEN).allowed
    assert guard(record, through, MONDAY_TEN).how[:2] == (
        "Somebody else to call: Sam (sister), who must not learn what it is about.",
        "Ask only that they pass on a greeting: not from whom, and not what it is about.",
    )
    refused = (
        guard(record, through, MONDAY_NIGHT),
        guard(record, through, MONDAY_TEN, leaving_message=True),
        guard(replace(record, never=(f"Sam on {PHONE}",)), through, MONDAY_TEN),
        guard(replace(record, somebody_else=replace(sam, detail="")), through, MONDAY_TEN),
        guard(_changed(record, through, risk="He reads her telephone"), through, MONDAY_TEN),
        guard(replace(record, somebody_else=None), through, MONDAY_TEN),
    )
    assert [verdict.allowed for verdict in refused] == [False] * len(refused)


def test_a_message_and_a_name_are_asked_about_apart() -> None:
    record = replace(said_safe(), leave_message=True, say_who=False)
    assert guard(record, Channel.CALL, MONDAY_TEN, leaving_message=True).allowed
    assert not guard(record, Channel.CALL, MONDAY_TEN, naming_landlord=True).allowed
    record = replace(said_safe(), leave_message=False, say_who=True)
    assert not guard(record, Channel.CALL, MONDAY_TEN, leaving_message=True).allowed
    assert guard(record, Channel.CALL, MONDAY_TEN, naming_landlord=True).allowed


@given(safe_contacts, channels, moments)
def test_never_allowed_on_a_channel_that_was_not_permitted(
    safe: SafeContact, channel: Channel, at: datetime
) -> None:
    if guard(safe, channel, at).allowed:
        assert safe.way(channel).said is Said.SAFE
        assert not safe.way(channel).risk


@given(safe_contacts, channels, moments)
def test_never_allowed_outside_the_hours(safe: SafeContact, channel: Channel, at: datetime) -> None:
    if not safe.times.include(at):
        assert not guard(safe, channel, at).allowed


@given(safe_contacts, channels, channels, moments, prohibitions, st.booleans(), st.booleans())
def test_a_prohibition_never_allows_more(
    safe: SafeContact,
    channel: Channel,
    forbidden: Channel,
    at: datetime,
    forbid: object,
    leaving: bool,
    naming: bool,
) -> None:
    stricter = forbid(safe, forbidden)  # type: ignore[operator]
    if guard(stricter, channel, at, leaving_message=leaving, naming_landlord=naming).allowed:
        assert guard(safe, channel, at, leaving_message=leaving, naming_landlord=naming).allowed


@given(safe_contacts, channels, moments)
def test_reasons_never_hold_what_the_person_said(safe: SafeContact, channel: Channel, at: datetime) -> None:
    marked = replace(
        safe, code_word="canary", notes="canary", never=("canary", *safe.never), say_you_are="canary"
    )
    marked = _changed(marked, channel, detail="canary", risk="canary")
    assert "canary" not in " ".join(guard(marked, channel, at, leaving_message=True).reasons)


def test_the_next_safe_moment_is_one_that_the_guard_allows() -> None:
    safe = hours(Times.ONLY_THESE)
    following = next_safe_moment(safe, Channel.CALL, MONDAY_NIGHT)
    assert following == datetime(2026, 6, 22, 9, tzinfo=LONDON)
    assert guard(safe, Channel.CALL, following).allowed
    assert not guard(safe, Channel.CALL, following - timedelta(minutes=1)).allowed
    assert next_safe_moment(safe, Channel.TEXT, MONDAY_NIGHT) is None


@given(safe_contacts, channels, moments)
def test_every_next_safe_moment_is_allowed_and_not_in_the_past(
    safe: SafeContact, channel: Channel, at: datetime
) -> None:
    following = next_safe_moment(safe, channel, at)
    if following is not None:
        assert following >= at
        assert guard(safe, channel, following).allowed
    else:
        assert not guard(safe, channel, at).allowed


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(NaiveTimeError):
        guard(hours(Times.ONLY_THESE), Channel.CALL, datetime(2026, 6, 15, 10))  # noqa: DTZ001
