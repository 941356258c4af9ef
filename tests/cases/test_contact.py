"""Recording contact: only the policy's own act ends a clock, and what is not safe is refused with its reasons."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.models import Contact
from portal.deadlines.models import Deadline
from portal.domain.contact import Channel, Said, Way
from portal.domain.permissions import Role
from portal.messaging.words import Kind
from portal.store.audit import AuditEntry, Fact
from portal.work.models import Message
from tests.client import PageClient
from tests.desk import ALWAYS, MONDAY, NUMBER, SAFE, Desk, DeskAt, london

REACHED = {"channel": "call", "outcome": "reached", "was_act": "y", "words": "We spoke."}
TRIED = {"channel": "call", "outcome": "no_answer", "words": "Rang twice."}
HELD = REACHED | {
    "same_sex": "declined",
    "culture": "declined",
    "assured": "y",
    "options_now": "A new lock, and a place to go tonight.",
}


def clocks(desk: Desk, case_id: UUID) -> dict[str, datetime | None]:
    with desk.place.work() as session:
        rows = session.execute(select(Deadline.event, Deadline.met_at).where(Deadline.case_id == case_id))
        return dict(iter(rows))


def form(desk: Desk, case_id: UUID, *roles: Role) -> PageClient:
    client = desk.client(*(roles or (Role.OFFICER,)))
    client.get(f"{desk.case_url(case_id)}/contact")
    return client


def as_it_stands(client: PageClient) -> dict[str, list[str]]:
    """What the open form would send, so that a test can send more than the form asks for."""
    return next(form["fields"] for form in client.page.forms if "/contact" in form["action"])


@pytest.mark.parametrize(
    ("like", "act"),
    [
        pytest.param("havebury", "They got a response", marks=pytest.mark.clause("HAV-4.3a")),
        pytest.param("star", "They were contacted", marks=pytest.mark.clause("STAR-5.1a")),
        pytest.param("nph", "They got a response", marks=pytest.mark.clause("NPH-DEALING-6")),
        pytest.param("whg", "They were contacted"),
    ],
)
def test_an_attempt_leaves_the_clock_running_and_the_policys_act_ends_it(desk_at: DeskAt, like: str, act: str) -> None:
    desk = desk_at(like)
    case_id = desk.case()
    client = form(desk, case_id)
    assert f"{act}: this is what the policy asks for" in client.page.text
    page = client.submit(TRIED)
    assert "The contact is recorded." in page.text
    assert "No answer" in page.text
    assert clocks(desk, case_id) == {"disclosure": None}
    client.get(f"{desk.case_url(case_id)}/contact")
    client.submit({"channel": "call", "outcome": "reached", "words": "Spoke, without what the policy asks for."})
    assert clocks(desk, case_id) == {"disclosure": None}
    client.get(f"{desk.case_url(case_id)}/contact")
    page = client.submit(REACHED)
    assert clocks(desk, case_id) == {"disclosure": MONDAY}
    assert "This met the clock" in page.text


@pytest.mark.clause("AG013-OP1a")
def test_a_call_that_is_no_interview_leaves_the_clock_of_ag013_running(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    case_id = desk.case()
    client = form(desk, case_id)
    client.submit({"channel": "call", "outcome": "reached", "words": "A short call."})
    assert clocks(desk, case_id) == {"disclosure": None}
    client.get(f"{desk.case_url(case_id)}/contact")
    client.submit(HELD)
    assert clocks(desk, case_id) == {"disclosure": MONDAY}


@pytest.mark.parametrize(
    ("left_out", "says"),
    [
        pytest.param({"same_sex": []}, "Ask this before the interview", marks=pytest.mark.clause("AG013-OP2")),
        pytest.param({"culture": []}, "Ask this before the interview", marks=pytest.mark.clause("AG013-OP2")),
        pytest.param(
            {"same_sex": "not_possible"}, "Say why it was not possible.", marks=pytest.mark.clause("AG013-OP2")
        ),
        pytest.param({"assured": []}, "Tell them that it stays confidential", marks=pytest.mark.clause("AG013-OP3b")),
        pytest.param({"options_now": ""}, "Record what can be done now", marks=pytest.mark.clause("AG013-OP4a")),
    ],
)
def test_an_interview_is_not_held_before_what_the_policy_asks_for(
    desk_at: DeskAt, left_out: dict[str, object], says: str
) -> None:
    desk = desk_at("seven-locks")
    case_id = desk.case()
    page = form(desk, case_id).submit(HELD | left_out, status=422)
    assert says in page.text
    assert "We spoke." in page.html
    assert clocks(desk, case_id) == {"disclosure": None}


@pytest.mark.clause("AG013-OP2")
@pytest.mark.parametrize(("offers", "met"), [(("woman",), True), (("man",), False), ((), False)])
def test_an_officer_who_has_not_stated_it_meets_no_wish_for_somebody_of_the_same_sex(
    desk_at: DeskAt, offers: tuple[str, ...], *, met: bool
) -> None:
    desk = desk_at("dales")
    case_id = desk.case()
    client = desk.client(who=desk.somebody(Role.OFFICER, offers=offers))
    client.get(f"{desk.case_url(case_id)}/contact")
    page = client.submit(HELD | {"same_sex": "accepted"}, status=422)
    assert "Ask whom they mean, and record it: nobody guesses it." in page.text
    page = client.submit({"whom": "woman"}, status=200 if met else 422)
    if not met:
        assert "You have not stated that this is you." in page.text
        page = client.submit({"why_not": "A colleague, a woman, held it; I wrote it down."})
        assert "A colleague, a woman, held it; I wrote it down." in page.text
    assert clocks(desk, case_id) == {"disclosure": MONDAY}
    assert "somebody of the same sex (woman)" in client.get(f"{desk.case_url(case_id)}/assign").text


@pytest.mark.clause("AG013-OP2", "AG013-OP3b", "AG013-OP4a")
def test_an_interview_keeps_preferences_assurance_and_advice(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    case_id = desk.case()
    client = desk.client(who=desk.somebody(Role.OFFICER, offers=("woman",)))
    client.get(f"{desk.case_url(case_id)}/contact")
    page = client.submit(
        HELD
        | {"same_sex": "accepted", "whom": "woman"}
        | {"culture": "not_possible", "why_not": "Nobody is free.", "options_later": "A move.", "topics": ["legal"]}
    )
    for words in (
        "Somebody of the same sex (a woman): offered and accepted",
        "Somebody of the same cultural background: asked for, and not possible",
        "Nobody is free.",
        "Told that it stays confidential",
        "A new lock, and a place to go tonight.",
        "Advice on what the law can do",
    ):
        assert words in page.text


@pytest.mark.clause("HAV-4.5b")
@pytest.mark.parametrize(
    ("attempt", "says"),
    [
        ({"channel": "text"}, "They said that texting is not safe."),
        ({"channel": "letter"}, "They have not said that writing a letter is safe."),
        ({"time": "20:00", "day": "2026-02-01"}, "This is outside the hours that they said are safe."),
        ({"outcome": "message_left", "was_act": []}, "They have not said that leaving a message is safe."),
    ],
)
def test_what_is_not_safe_is_refused_beside_the_question_and_nothing_is_lost(
    desk: Desk, attempt: dict[str, object], says: str
) -> None:
    case_id = desk.case(safe_contact=SAFE)
    client = form(desk, case_id)
    page = client.submit(REACHED | attempt, status=422)
    assert says in page.text
    assert page.title.startswith("Error: ")
    assert "We spoke." in page.html
    assert "override_reason" not in page.html
    assert clocks(desk, case_id) == {"disclosure": None}
    with desk.place.work() as session:
        assert session.scalar(select(Contact.id).where(Contact.case_id == case_id)) is None
        kept = session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == case_id)).all()
    assert Fact.CONTACT_REFUSED in kept


def test_what_has_happened_at_an_unsafe_hour_is_recorded_as_it_was_and_a_senior_is_told(desk: Desk) -> None:
    """The guard stands before a number; the record stays true. Whoever made the mistake loses nothing by saying so."""
    case_id, senior = desk.case(safe_contact=SAFE), desk.somebody(Role.SENIOR, name="Sefton Example")
    late = REACHED | {"day": "2026-02-01", "time": "20:00"}
    client = form(desk, case_id)
    assert "happened" not in as_it_stands(client), "it is asked only of what was not safe"
    client.submit(late, status=422)
    page = client.submit({"happened": "y"}, status=422)
    assert page.text.count("Write what went wrong.") == 2
    assert clocks(desk, case_id) == {"disclosure": None}
    page = client.submit({"went_wrong": "I read the wrong line. He was in the room."})
    for says in (
        "Contact: call. Reached them",
        "It was not safe. A senior was told",
        "A contact that was not safe: what went wrong",
        "I read the wrong line. He was in the room.",
    ):
        assert says in page.text
    assert NUMBER not in page.html
    with desk.place.work() as session:
        told = session.execute(select(Message.kind, Message.account_id, Message.link)).all()
        kept = session.scalars(select(Contact.verdict).where(Contact.case_id == case_id)).all()
        facts = session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == case_id)).all()
    assert [tuple(each) for each in told] == [(Kind.EMERGENCY.value, senior.account_id, desk.case_url(case_id))]
    assert (kept, Fact.CONTACT_NOT_SAFE in facts) == (["not_safe"], True)
    tasks = client.get(f"{desk.case_url(case_id)}/tasks").text
    assert "Look after something that went wrong" in tasks
    assert "Sefton Example" in tasks


def test_the_number_stays_hidden_at_that_hour_all_the_same(desk: Desk) -> None:
    case_id = desk.case(safe_contact=SAFE)
    desk.clock.at = london(2, 20)
    client = form(desk, case_id)
    client.submit(TRIED, status=422)
    client.submit({"happened": "y", "went_wrong": "I rang from the list on my desk."})
    page = client.post(f"{desk.case_url(case_id)}/number", {"channel": "call", "happened": "y"}, status=422)
    assert NUMBER not in page.html
    assert "outside the hours" in page.text


@pytest.mark.clause("WHG-2.1b")
def test_a_recorded_risk_stops_contact_though_they_like_that_way_best(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    read_by_him = Way(Channel.EMAIL, Said.SAFE, "wren@mail.example", preferred=True, risk="He reads it.")
    case_id = desk.case(safe_contact=replace(ALWAYS, ways=(read_by_him,)))
    client = form(desk, case_id)
    assert "Risk: He reads it." in client.page.text
    page = client.submit({"channel": "email", "outcome": "reached"}, status=422)
    assert "A risk is recorded for emailing: ask for a safer way." in page.text


@pytest.mark.clause("WHG-2.4a")
def test_what_they_were_told_about_confidence_is_kept_where_only_caseworkers_read(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    case_id = desk.case()
    page = form(desk, case_id).submit(REACHED | {"assured": "y"})
    assert "Told that it stays confidential, and where the law sets limits to that" in page.text
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        desk.client(role).get(desk.case_url(case_id), status=404)


@pytest.mark.clause("STAR-3.10b")
def test_an_adjustment_stands_on_the_contact_screen(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    page = form(desk, desk.case(needs="I lip-read.")).page
    assert page.text.index("I lip-read.") < page.text.index("What came of it")


def test_only_a_reason_by_somebody_who_may_goes_ahead(desk: Desk) -> None:
    case_id = desk.case(safe_contact=SAFE)
    unsafe = {"channel": "text", "outcome": "reached", "words": "A text."}
    client = form(desk, case_id)
    client.submit(unsafe, status=422)
    client.post(client.url, as_it_stands(client) | unsafe | {"override_reason": "I insist"}, status=422)
    client = form(desk, case_id, Role.SENIOR)
    client.submit(unsafe, status=422)
    page = client.submit({"override_reason": "They texted us to text back."})
    assert "Went ahead though it was not safe" in page.text
    assert "They texted us to text back." in page.text


def test_a_reason_without_need_is_not_an_override(desk: Desk) -> None:
    case_id = desk.case()
    client = form(desk, case_id, Role.SENIOR)
    client.post(client.url, as_it_stands(client) | REACHED | {"override_reason": "Never mind"})
    with desk.place.work() as session:
        assert session.scalar(select(Contact.verdict).where(Contact.case_id == case_id)) == "safe"


def test_what_they_do_themselves_is_never_refused(desk: Desk) -> None:
    case_id = desk.case(safe_contact=SAFE)
    page = form(desk, case_id).submit(REACHED | {"channel": "visit", "inbound": "y"})
    assert "they got in touch" in page.text
    assert clocks(desk, case_id) == {"disclosure": MONDAY}


def test_a_contact_cannot_be_recorded_before_it_happens(desk: Desk) -> None:
    case_id = desk.case()
    page = form(desk, case_id).submit(REACHED | {"time": "11:00"}, status=422)
    assert "before it has happened" in page.text


def test_a_call_from_before_they_told_us_is_kept_and_whoever_writes_it_down_hears_that_the_clock_goes_on(
    desk: Desk,
) -> None:
    case_id = desk.case()
    page = form(desk, case_id).submit(REACHED | {"day": "2026-02-01"})
    assert "The contact is recorded. It was before the clock began, so the clock goes on." in page.text
    assert clocks(desk, case_id) == {"disclosure": None}
    page = form(desk, case_id).submit(REACHED)
    assert "the clock goes on" not in page.text
    page = form(desk, case_id).submit(REACHED | {"day": "2026-02-01"})
    assert "the clock goes on" not in page.text, "it was met, and none runs any more"


def test_a_message_is_not_what_the_policy_asks_for(desk: Desk) -> None:
    page = form(desk, desk.case()).submit(REACHED | {"outcome": "no_answer"}, status=422)
    assert "choose that you reached them" in page.text


def test_a_missing_answer_and_a_date_that_is_none_keep_what_was_typed(desk: Desk) -> None:
    page = form(desk, desk.case()).submit({"words": "Kept.", "day": "31 February"}, status=422)
    assert "Choose what came of it." in page.text
    assert "Kept." in page.html
    assert "31 February" in page.html


def test_two_people_at_once_lose_nothing(desk: Desk) -> None:
    case_id = desk.case()
    first, second = form(desk, case_id), form(desk, case_id)
    first.submit(REACHED)
    page = second.submit(REACHED | {"words": "What the second one wrote."}, status=409)
    assert "Somebody changed this meanwhile" in page.text
    assert "What the second one wrote." in page.html
    assert second.submit({}).h1s[0].startswith("Case")


@pytest.mark.clause("STAR-5.2a")
def test_only_a_repair_ends_the_clock_of_a_repair(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case(home_unsafe=True)
    client = form(desk, case_id)
    page = client.submit(REACHED)
    assert clocks(desk, case_id) == {"disclosure": MONDAY, "unsafe-damage": None}
    assert "Record that the damage is repaired" in page.text
    assert "policy asks for, STAR 5.2" not in client.get(f"{desk.case_url(case_id)}/contact").text
    client.get(f"{desk.case_url(case_id)}/repaired")
    client.submit({"day": "2026-02-03", "time": "09:00", "words": "Door."}, status=422)
    desk.clock.at = london(2, 10, 20)
    client.submit({"day": "2026-02-02", "time": "10:15", "words": "New front door."})
    assert clocks(desk, case_id)["unsafe-damage"] == london(2, 10, 15)


@pytest.mark.parametrize(
    ("like", "wish"),
    [
        pytest.param("havebury", (4, 11, 0), marks=pytest.mark.clause("HAV-4.3b")),
        pytest.param("nph", (5, 9, 30), marks=pytest.mark.clause("NPH-DEALING-7")),
    ],
)
def test_the_survivors_own_time_becomes_due_and_the_policys_stays_beside_it(
    desk_at: DeskAt, like: str, wish: tuple[int, int, int]
) -> None:
    desk = desk_at(like)
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    page = client.get(desk.case_url(case_id))
    client.get(next(link for link in page.links if link.endswith("/time")))
    asked = {"day": f"2026-02-{wish[0]:02}", "time": f"{wish[1]:02}:{wish[2]:02}", "words": "Thursday, please."}
    assert "Only their own wish" in client.submit(asked, status=422).text
    page = client.submit(asked | {"asked": "y"})
    due = london(*wish)
    assert f"{due:%A} {due.day} February 2026, {due:%H:%M}" in page.text
    assert "They asked for this time. The policy’s own: Tuesday 3 February 2026, 17:00" in page.text
    with desk.place.work() as session:
        kept = session.execute(select(Deadline.due_at, Deadline.policy_due_at, Deadline.survivor_set_by)).one()
    assert (kept.due_at, kept.policy_due_at) == (due, london(3, 17))
    assert kept.survivor_set_by is not None


def test_a_later_time_is_refused_where_the_policy_leaves_no_room(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    page = client.get(desk.case_url(case_id))
    client.get(next(link for link in page.links if link.endswith("/time")))
    assert "leaves no room for a later one" in client.page.text
    asked = {"day": "2026-02-05", "time": "09:00", "asked": "y", "words": "Later."}
    assert "later" in client.submit(asked, status=422).text
    client.submit(asked | {"day": "2026-02-03"})


@pytest.mark.clause("WHG-2.6a")
def test_advice_on_routine_online_safety_and_crime_is_ticked_and_stands_on_the_timeline(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    case_id = desk.case()
    client = form(desk, case_id)
    page = client.submit(TRIED | {"outcome": "reached", "topics": ["routine", "online", "crime_prevention"]})
    told = page.text.partition("Advice on ")[2]
    for topic in ("changing a routine", "being safe online", "keeping crime away from a home"):
        assert topic in told
    public = PageClient(desk.app)
    assert "what a browser may still keep" in public.get("/whg/device").text.lower() or public.page.h1s
    for path in ("/whg/", "/whg/contact/1", "/whg/numbers"):
        page = public.get(path)
        assert "/whg/leave" in page.links, "the way out is a link: no script is needed"
        assert "/whg/device" in page.links or path == "/whg/contact/1"
    assert public.http.get("/whg/leave").status_code == 303


def test_that_they_got_in_touch_opens_no_way_for_an_attempt_of_ours(desk: Desk) -> None:
    """Ticking it must not carry a letter or a message past what they said is unsafe."""
    case_id = desk.case(safe_contact=SAFE)
    for outcome in ("letter_sent", "message_left", "no_answer"):
        said = {"words": "x", "channel": "letter", "outcome": outcome, "inbound": "y"}
        assert "Where they got in touch" in form(desk, case_id).submit(said, status=422).text
