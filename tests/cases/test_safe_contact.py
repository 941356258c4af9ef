"""How contact is safe is changed without showing a number at an hour or to somebody that the guard would refuse."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases import service
from portal.domain.contact import Channel, SafeContact, Said, SomebodyElse, Way
from portal.domain.permissions import Role
from portal.store.audit import AuditEntry, Fact
from tests.client import PageClient
from tests.desk import NUMBER, SAFE, THEIR_WORD, Desk, london

EMAIL = "river@example.org"
FRIEND = "01632 960777"
RECORD = replace(
    SAFE,
    ways=(*SAFE.ways, Way(Channel.EMAIL, Said.UNSAFE, EMAIL)),
    somebody_else=SomebodyElse("Tracey", "sister", detail=FRIEND),
)
EVENING = london(2, 20)


def opened(desk: Desk, case_id: UUID, role: Role = Role.OFFICER) -> PageClient:
    client = desk.client(role)
    client.get(f"{desk.case_url(case_id)}/safe-contact")
    return client


def kept(desk: Desk, case_id: UUID) -> SafeContact:
    with desk.place.work() as session:
        return service.safe_contact(session, service.get(session, case_id))


def written_down(desk: Desk, case_id: UUID) -> list[tuple[str, str | None]]:
    with desk.place.work() as session:
        rows = session.execute(
            select(AuditEntry.fact, AuditEntry.detail)
            .where(AuditEntry.subject_id == case_id, AuditEntry.fact.like("contact.%"))
            .order_by(AuditEntry.position)
        )
        return [tuple(row) for row in rows]


def test_the_page_shows_no_number_and_everything_can_be_changed_without_seeing_one(desk: Desk) -> None:
    case_id = desk.case(safe_contact=RECORD)
    client = opened(desk, case_id)
    for secret in (NUMBER, EMAIL, FRIEND):
        assert secret not in client.page.html
    changed = {"code_word": "heather", "text-said": "safe", "text-detail": "01632 960999", "email-forget": "y"}
    client.submit(changed | THEIR_WORD)
    now = kept(desk, case_id)
    assert now.way(Channel.CALL).detail == NUMBER
    assert now.way(Channel.TEXT) == Way(Channel.TEXT, Said.SAFE, "01632 960999")
    assert now.way(Channel.EMAIL) == Way(Channel.EMAIL, Said.UNSAFE)
    assert now.somebody_else == RECORD.somebody_else
    assert (now.code_word, now.times) == ("heather", SAFE.times)
    assert written_down(desk, case_id) == [], "nothing was shown"


def test_a_number_is_shown_there_only_through_the_guard_and_what_was_typed_stays(desk: Desk) -> None:
    case_id = desk.case(safe_contact=RECORD)
    client = opened(desk, case_id)
    page = client.submit({"do": "show:call", "code_word": "heather"})
    assert NUMBER in page.text
    assert FRIEND not in page.html
    assert "heather" in page.html
    assert written_down(desk, case_id) == [("contact.details_read", "call")]
    desk.clock.at = EVENING
    client = opened(desk, case_id)
    for channel, secret in (("call", NUMBER), ("email", EMAIL), ("somebody_else", FRIEND)):
        page = client.submit({"do": f"show:{channel}", "notes": "Written so far."}, status=422)
        assert secret not in page.html
        assert "Written so far." in page.html
        assert "A senior officer can see it with a reason." in page.text
    client.submit({"do": "show:nothing"}, status=422)
    assert [fact for fact, _ in written_down(desk, case_id)][1:] == ["contact.refused"] * 3


def test_a_senior_needs_a_reason_of_record_to_see_what_is_not_safe(desk: Desk) -> None:
    case_id = desk.case(safe_contact=RECORD)
    desk.clock.at = EVENING
    client = opened(desk, case_id, Role.SENIOR)
    page = client.submit({"do": "show:call"}, status=422)
    assert NUMBER not in page.html
    page = client.submit({"do": "show:call", "why": "She rang off in distress."})
    assert NUMBER in page.text
    assert "She rang off in distress." in client.get(desk.case_url(case_id)).text


def test_the_number_of_one_person_is_never_kept_for_another(desk: Desk) -> None:
    case_id = desk.case(safe_contact=RECORD)
    client = opened(desk, case_id)
    page = client.submit({"else_name": "Ines"}, status=422)
    assert "the one that is kept is somebody else’s" in page.text
    client.submit({"else_name": ""})
    assert kept(desk, case_id).somebody_else is None


def test_as_many_times_as_somebody_has_are_kept(desk: Desk) -> None:
    """A button adds a row, without JavaScript, and nothing that was typed is lost."""
    case_id = desk.case(safe_contact=replace(SAFE, times=replace(SAFE.times, windows=())))
    client = opened(desk, case_id)
    for n in range(5):
        start, end = f"{9 + n:02}:00", f"{9 + n:02}:30"
        row = {f"windows-{n}-days": ["mon"], f"windows-{n}-start": start, f"windows-{n}-end": end}
        page = client.submit(row | {"do": "another-time"})
        assert "Please change this" not in page.text
    client.submit({"times": "only_these"} | THEIR_WORD)
    assert [str(each.start) for each in kept(desk, case_id).times.windows] == [f"{9 + n:02}:00:00" for n in range(5)]
    client.get(f"{desk.case_url(case_id)}/safe-contact")
    client.submit({"notes": "All of them stay."})
    assert len(kept(desk, case_id).times.windows) == 5


def test_a_new_record_of_safe_contact_holds_at_once(desk: Desk) -> None:
    case_id = desk.case(safe_contact=SAFE)
    client = opened(desk, case_id)
    page = client.submit({"text-said": "safe", "windows-0-end": "", "call-forget": "y"}, status=422)
    assert page.text.count("Write the number or address that is safe.") == 4, "beside the field and in the summary"
    assert page.text.count("Give the days, and both times.") == 2
    client.get(f"{desk.case_url(case_id)}/safe-contact")
    page = client.submit(
        {"call-said": "unsafe", "text-said": "safe", "text-detail": "01632 960999", "times": "any_time"} | THEIR_WORD
    )
    assert "How contact is safe has been changed." in page.text
    assert "They said that calling is not safe." in page.text
    assert "bluebell" in page.text
    assert "01632 960999" not in page.html
    assert "Before: " in page.text, "what held until now stays on the timeline"
    assert "Now: Text, at any time" in page.text
    with desk.place.work() as session:
        changed = select(AuditEntry.detail).where(AuditEntry.fact == Fact.SAFE_CONTACT_CHANGED)
        assert session.scalars(changed).all() == ["wider"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER])
@pytest.mark.parametrize(
    ("wider", "says"),
    [
        ({"text-said": "safe", "text-detail": "01632 960999"}, "This makes possible: texting."),
        ({"times": "any_time"}, "This makes possible: more hours."),
        ({"leave_message": "yes"}, "This makes possible: leaving a message."),
    ],
)
def test_nobody_opens_a_way_an_hour_or_voicemail_without_saying_on_whose_word(
    desk: Desk, role: Role, wider: dict[str, object], says: str
) -> None:
    case_id = desk.case(safe_contact=SAFE)
    client = opened(desk, case_id, role)
    page = client.submit(wider | {"notes": "It was typed."}, status=422)
    assert page.title.startswith("Error: ")
    for missing in (f"Write who said so. {says}", "Enter when they said so.", "Write how we knew that it was them."):
        assert page.text.count(missing) == 2, "beside the field and in the summary"
    assert "It was typed." in page.html
    assert kept(desk, case_id) == SAFE, "nothing is kept"
    page = client.submit(THEIR_WORD | {"word_day": "2026-02-03"}, status=422)
    assert "This cannot have been said later than now." in page.text
    page = client.submit(THEIR_WORD)
    for place in ("Last made wider on the word of They themselves", "Said by They themselves on"):
        assert place in page.text, "beside safe contact, and on the timeline"
    assert page.text.count("They said the code word") == 2
    with desk.place.work() as session:
        changed = select(AuditEntry.detail).where(AuditEntry.fact == Fact.SAFE_CONTACT_CHANGED)
        assert session.scalars(changed).all() == ["wider"]


def test_less_is_possible_at_once_and_the_last_word_stays_beside_it(desk: Desk) -> None:
    case_id = desk.case(safe_contact=SAFE)
    client = opened(desk, case_id)
    client.submit({"say_who": "yes"} | THEIR_WORD)
    client.get(f"{desk.case_url(case_id)}/safe-contact")
    page = client.submit({"call-said": "unsafe", "say_who": "no", "times": "only_these"})
    assert "How contact is safe has been changed." in page.text
    assert "Last made wider on the word of They themselves" in page.text
    with desk.place.work() as session:
        changed = select(AuditEntry.detail).where(AuditEntry.fact == Fact.SAFE_CONTACT_CHANGED)
        assert session.scalars(changed).all() == ["wider", None]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER])
def test_an_attempt_through_somebody_else_has_its_own_name_and_the_same_rules(desk: Desk, role: Role) -> None:
    case_id = desk.case(safe_contact=RECORD)
    client = desk.client(role)
    client.get(f"{desk.case_url(case_id)}/contact")
    assert "Somebody else to call: Tracey (sister), who must not learn what it is about." in client.page.text
    through = {"channel": "somebody_else", "outcome": "no_answer"}
    page = client.submit(through | {"outcome": "message_left"}, status=422)
    assert "They have not said that leaving a message is safe." in page.text
    assert "Contact: through somebody else. No answer" in client.submit(through).text
    desk.clock.at = london(2, 10, 25)
    client.get(f"{desk.case_url(case_id)}/contact")
    desk.clock.at = london(2, 12, 5)
    client = desk.client(role)
    client.get(f"{desk.case_url(case_id)}/contact")
    assert "outside the hours" in client.submit(through, status=422).text
