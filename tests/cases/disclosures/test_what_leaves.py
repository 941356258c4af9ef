"""What leaves: words only, nothing that a spreadsheet runs, nothing kept back; and a page of who has seen it."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.disclosures.contents import KEPT_BACK, Blank
from portal.cases.disclosures.entries import Block, Content, Entry
from portal.cases.disclosures.sheet import sheet_of
from portal.domain.contact import Channel, SafeContact, Said, Way
from portal.domain.permissions import Role
from tests.desk import Desk, london
from tests.sharing_desk import Sharing, sharing_at

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
cells = words | st.builds(str.__add__, st.sampled_from(STARTS_A_FORMULA), words)


@pytest.fixture
def case(desk: Desk) -> Sharing:
    """A case with an officer."""
    return sharing_at(desk)


@pytest.mark.invariant(13)
@given(label=cells, text=cells, name=cells)
def test_no_cell_of_a_table_begins_like_a_formula(label: str, text: str, name: str) -> None:
    block = Block("notes", "Notes", (Entry(label, text),))
    content = Content(name, name, name, "x", "now", name, (text,), (block,), ())
    rows = list(csv.reader(io.StringIO(sheet_of(content).decode("utf-8-sig"), newline="")))
    assert len(rows) == 4
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(STARTS_A_FORMULA)
    assert rows[-1][2].removeprefix("'") == text.removeprefix("'") or rows[-1][2] == text


@given(
    spaces=st.lists(st.sampled_from(["", " ", "-", ". "]), min_size=9, max_size=9),
    lead=st.sampled_from(["0", "+44", "+44 0", "0044 "]),
)
def test_a_safe_number_is_blanked_however_it_is_written(spaces: list[str], lead: str) -> None:
    safe = SafeContact(ways=(Way(Channel.CALL, Said.SAFE, "01632 960123"),), code_word="bluebell")
    written = lead + "".join(digit + gap for digit, gap in zip("1632960123", [*spaces, ""], strict=True))
    told = Blank(safe)(f"Ring {written} and say Bluebell.")
    assert "960123" not in told.replace(" ", "").replace("-", "").replace(".", "")
    assert told.count(KEPT_BACK) == 2
    assert Blank(safe)("Ring 01632 960999.") == "Ring 01632 960999."


@pytest.mark.invariant(4)
@pytest.mark.parametrize(("way", "ending"), [("pdf", "pdf"), ("sheet", "csv")])
def test_the_name_of_what_left_says_nothing_of_whom_it_is_about_or_for(case: Sharing, way: str, ending: str) -> None:
    case.consent("Police", "police", "person")
    case.share_on("person")
    case.leave(way)
    answer = case.officer.http.get(f"{case.officer.url.partition('?')[0]}/file")
    says_nothing = rf'attachment; filename="[A-Z0-9-]+-[0-9a-f]{{6}}\.{ending}"'
    assert re.fullmatch(says_nothing, answer.headers["Content-Disposition"])


def test_a_line_that_is_kept_back_leaves_with_nothing(case: Sharing) -> None:
    for said in ("She is at her aunt's.", "The lock was changed."):
        case.officer.get(case.url)
        case.officer.submit({"words": said}, form="/notes")
    case.consent("Police", "police", "notes")
    page = case.share_on("notes")
    shared = case.officer.url
    assert "She is at her aunt's." in page.text
    lines = [each for each in page.links if each.endswith("/keep-back")]
    assert len(lines) == 2
    page = case.officer.get(lines[0])
    assert "She is at her aunt's." in page.text
    assert "Say why." in case.officer.submit({"words": ""}, form="/keep-back", status=422).text
    case.officer.get(lines[0])
    case.officer.submit({"words": "It says where she is."}, form="/keep-back")
    page = case.officer.get(shared)
    assert "The lock was changed." in page.text
    assert "She is at her aunt's." not in page.text
    case.leave("sheet")
    made = case.officer.http.get(f"{case.officer.url.partition('?')[0]}/file").data.decode("utf-8-sig")
    assert "The lock was changed." in made
    assert "aunt" not in made


def test_what_was_agreed_grows_old_and_what_left_can_be_read_again(case: Sharing) -> None:
    case.consent("Police", "police", "person", until="2026-04-02")
    case.share_on("person")
    shared = case.officer.url.partition("?")[0]
    case.leave("screen")
    assert "River Canary" in case.officer.get(f"{case.officer.url.partition('?')[0]}/paper").text
    assert "For Police, PC Example" in case.officer.page.text
    assert case.facts().count("disclosure.read") == 2
    case.desk.clock.at = london(16, 11)
    later = case.desk.client(who=case.who)
    assert "more than two weeks ago" in later.get(shared).text


def test_a_consent_that_ends_asks_to_be_renewed_first(case: Sharing) -> None:
    case.consent("Police", "police", "person", until="2026-02-20")
    assert "The consent for Police ends. Ask again, or let it end." in case.officer.get(f"{case.url}/tasks").text
    case.desk.clock.at = london(21, 0)
    later = case.desk.client(who=case.who)
    page = later.get(f"{case.url}/consents")
    assert "Ended" in page.text
    assert not [each for each in page.links if "/shares/on/" in each]


def test_wrong_dates_are_refused_and_nothing_is_lost(case: Sharing) -> None:
    page = case.officer.get(f"{case.url}/consents")
    said = {"agency": "Police", "kind": "police", "purpose": "For me", "parts": ["person"], "how": "words"}
    dates = {"day": "2026-02-01", "time": "09:00", "until": "2026-01-31"}
    page = case.officer.submit(said | dates, form="/consents", status=422)
    assert "Choose a day after it was given" in page.text
    assert 'value="Police"' in page.html
    page = case.officer.submit(dates | {"day": "2026-02-05", "until": "2026-03-01"}, form="/consents", status=422)
    assert "before it is given" in page.text


def test_she_can_be_shown_who_has_seen_her_record_and_not_what_would_put_somebody_at_risk(case: Sharing) -> None:
    case.consent("Police", "police", "person")
    case.share_on("person")
    case.leave("print")
    case.desk.client(Role.MANAGER).get(case.url)
    quiet = {"told": "not_told", "why_not_told": "It would put them at risk.", "basis": "6-1-f", "law": ""}
    page = case.without("Children’s Services", "children", "safeguarding", "child_harm", **quiet)
    case.second()
    case.officer.get(case.senior.url)
    case.leave("told", sent="What the school said.")
    page = case.officer.get(f"{case.url}/readers")
    assert "Who has seen your record" in page.h1s[0]
    for shown in ("Officer, ", "Manager, ", "Read the record", "Monday 2 February 2026", "You agreed to this"):
        assert shown in page.text
    assert "Children’s Services" not in page.text
    assert "1 time something was shared that they have not been told of." in page.text
    assert "Robin Example" not in page.text, "colleagues are named only where the landlord wishes it"
    assert case.facts()[-1] == "readers.shown"
