"""Five years, two thousand entries and forty documents open like a case of yesterday: page by page, asking no more."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, update

from portal.cases import notes
from portal.cases.assessments import service as assessments
from portal.cases.assessments.service import FromOutside
from portal.cases.documents import service as documents
from portal.cases.documents.inspection import inspect
from portal.cases.documents.service import About, DocumentKind, Received
from portal.cases.models import TimelineEntry
from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending, Proposal
from portal.cases.wishes import service as wishes
from portal.cases.wishes.said import About as Matter
from portal.cases.wishes.said import HowSaid, Said, Wants
from portal.domain.permissions import Role
from portal.domain.risk.triggers import ReceivedKind
from portal.domain.tasks import TaskKind
from portal.people.models import Membership
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.record_keys import box_of
from tests.cases.test_how_much_is_asked import asked_for
from tests.client import PageClient
from tests.desk import MONDAY, Desk

ENTRIES, DOCUMENTS = 2_000, 40
YEARS = timedelta(days=5 * 365)
SECTIONS = ("", "/documents", "/incidents", "/plans", "/risk", "/shares", "/tasks", "/safeguarding", "/household")
PARTLY_SHOWN = {"", "/documents"}
"""Where one more thing is asked beside a part: how many documents there are, whose lines a story could have."""


def grown(desk: Desk, case_id: UUID, officer: Actor) -> None:
    """A note about every day and a half for five years, and a letter every six weeks."""
    with desk.place.work() as session:
        box, rows = box_of(session, case_id), []
        for number in range(ENTRIES):
            row, at = new_id(), MONDAY - YEARS + YEARS / ENTRIES * number
            rows.append(
                {
                    "landlord_id": desk.place.id,
                    "id": row,
                    "case_id": case_id,
                    "at": at,
                    "kind": "note",
                    "account_id": officer.account_id,
                    "actor": officer.name,
                    "facts": {},
                    "sealed": box.seal("timeline_entry", row, f"Note {number} of many"),
                }
            )
        session.execute(insert(TimelineEntry), rows)
        for number in range(DOCUMENTS):
            file = Received(inspect("letter.txt", f"Letter {number}".encode()), "0" * 64, scanned=False)
            about = About(f"Letter {number}", DocumentKind.LETTER, "", "letter.txt")
            documents.add(session, case_id, about, file, officer, MONDAY - YEARS / DOCUMENTS * number)


def read_to_the_end(client: PageClient, url: str, words: str) -> tuple[int, int]:
    """How many lines with these words there are on all pages together, and the most on one."""
    lines, most = 0, 0
    page = client.get(url)
    for _ in range(ENTRIES):
        here = page.text.count(words)
        lines, most = lines + here, max(most, here)
        older = [each for each in page.links if "before=" in each]
        if not older:
            return lines, most
        page = client.get(older[0])
    raise AssertionError("it has no end")


def test_a_long_case_asks_no_more_than_a_new_one_and_is_read_page_by_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, long = desk.case(), desk.case()
    who = desk.somebody(Role.OFFICER)
    grown(desk, long, desk.place.actor(who.account_id))
    client = desk.client(who=who)
    for section in SECTIONS:
        few = asked_for(client, desk.case_url(new) + section, monkeypatch)
        many = asked_for(client, desk.case_url(long) + section, monkeypatch)
        more = [each for each in many if each not in few]
        assert len(many) <= len(few) + (section in PARTLY_SHOWN), (section, more)
    assert len(client.get(desk.case_url(long)).html) < 150_000, "a page for a telephone"
    lines, most = read_to_the_end(client, desk.case_url(long), " of many")
    assert lines == ENTRIES
    assert most <= 30
    letters, most = read_to_the_end(client, f"{desk.case_url(long)}/documents", "Letter ")
    assert letters >= DOCUMENTS
    assert most < letters, "twenty on a page"


def test_what_a_long_list_leaves_out_is_said_and_one_step_shows_it(desk: Desk) -> None:
    """Ended tasks, wishes, what came from outside: the newest first, and nothing of a long record out of reach."""
    case_id, who = desk.case(), desk.somebody(Role.OFFICER)
    by = desk.place.actor(who.account_id)
    with desk.place.work() as session:
        for number in range(51):
            at, words = MONDAY - timedelta(days=number), f"Wish {number} of many"
            wishes.record(session, case_id, Said(Matter.POLICE, Wants.NOT_YET, at, HowSaid.WRITING, words), by, MONDAY)
        for number in range(21):
            task = tasks.propose(session, case_id, Proposal(TaskKind.OWN, f"Task {number} of many"), by, MONDAY)
            tasks.end(session, case_id, task, Ending.DONE, "", by, MONDAY)
        for number in range(41):
            came = FromOutside(ReceivedKind.OTHER, MONDAY.date(), "A service", "High", f"Letter {number} of many")
            assessments.receive(session, case_id, came, by, MONDAY)
    client = desk.client(who=who)
    for section, shown in (("wishes", 50), ("tasks", 20), ("risk", 40)):
        page = client.get(f"{desk.case_url(case_id)}/{section}")
        assert page.text.count(" of many") == shown
        [older] = [each for each in page.links if "whole=yes" in each]
        page = client.get(older)
        assert page.text.count(" of many") == shown + 1
        assert "Show what was before" not in page.text


def test_who_wrote_is_offered_to_narrow_a_story_and_whoever_left_among_them(desk: Desk) -> None:
    """A short story offers those who have written in it; one shown in part, all who work here as well."""
    case_id, reader, writer = desk.case(), desk.somebody(Role.OFFICER), desk.somebody(Role.OFFICER)
    client, by = desk.client(who=reader), desk.place.actor(writer.account_id)

    def offered(asked: str = "") -> set[str]:
        page = client.get(desk.case_url(case_id) + asked)
        found = re.search(r'<select[^>]* id="who".*?</select>', page.html, re.DOTALL)
        assert found
        return set(re.findall(r'value="([^"]+)"', found[0]))

    with desk.place.work() as session:
        notes.add(session, case_id, "Rang, nobody there.", by, MONDAY)
    assert str(writer.account_id) in offered()
    assert str(reader.account_id) not in offered()
    assert {str(writer.account_id), str(reader.account_id)} <= offered(f"?who={writer.account_id}")
    grown(desk, case_id, by)
    assert {str(writer.account_id), str(reader.account_id)} <= offered()
    with desk.place.work() as session:
        session.execute(update(Membership).where(Membership.account_id == writer.account_id).values(ends_at=MONDAY))
    assert {str(writer.account_id), str(reader.account_id)} <= offered()
