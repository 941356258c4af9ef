"""Reports to boards: by the policy's own terms, made by a job, nobody in them, kept as they were sent."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pypdf
import pytest
from sqlalchemy import delete, select, update

from portal.cases.models import Case
from portal.domain.packs import bodies
from portal.domain.permissions import Role
from portal.landlords.policies import in_force
from portal.messaging.words import Kind
from portal.reports.packs.jobs import make_pack, prepare_packs
from portal.reports.packs.models import Pack
from portal.store.audit import AuditEntry, Fact
from portal.work.models import Message
from tests.client import PageClient
from tests.desk import Desk, DeskAt, london
from tests.reports.golden import golden

APRIL = datetime(2026, 4, 2, 9, tzinfo=UTC)
WORDS = {
    "summary": "More came to us than in the quarter before.",
    "actions": "Two colleagues learn it in May.",
}


def made(desk: Desk, body: str, client: PageClient) -> UUID:
    """A report about the first quarter of 2026, asked for on its page and made by the job."""
    client.get(f"{desk.url}/packs")
    client.submit({"body": body, "quarter": "2026-1"}, form="/packs")
    with desk.place.work() as session:
        pack_id = session.scalars(select(Pack.id).where(Pack.body == body)).one()
    with desk.place.work() as session:
        make_pack(session, {"pack_id": pack_id}, desk.clock())
    return pack_id


@pytest.mark.parametrize(
    ("like", "names"),
    [
        ("havebury", ["Board", "Tenant Experience Committee"]),
        ("star", ["Senior Management Team", "Executive Team", "Customer Sub-Committee"]),
        ("whg", ["Director of Housing"]),
        ("nph", ["Board"]),
    ],
)
def test_who_is_reported_to_is_whom_the_policy_names(desk_at: DeskAt, like: str, names: list[str]) -> None:
    desk = desk_at(like)
    with desk.place.work() as session:
        found = bodies(in_force(session, desk.clock()).policy)
    assert [each.name for each in found] == names
    assert all(each.clause for each in found)
    assert ("own default" in found[0].clause) == (like == "nph"), (
        "NPH names nobody, and the page says whose it is"
    )


@pytest.mark.clause("HAV-6.3b")
def test_each_body_has_its_report_and_a_count_of_two_shows_as_suppressed(desk: Desk) -> None:
    golden(desk)
    desk.clock.at = APRIL
    manager, board = desk.client(Role.MANAGER), desk.client(Role.BOARD)
    for body in ("Board", "Tenant Experience Committee"):
        pack_id = made(desk, body, manager)
        page = manager.get(f"{desk.url}/packs/{pack_id}")
        for part in (
            "Reports, by who told us",
            "Clocks started by a report by the person",
            "Cases closed, by outcome",
        ):
            assert part in page.text
        concern = page.html.split("Reports by others, by how they came", 1)[1].split("</section>")[0]
        assert "under 5" in concern or "Kept back" in concern, "two others told us"
        manager.submit(WORDS, form=f"/packs/{pack_id}")
        manager.submit({}, form="/send")
    page = board.get(f"{desk.url}/packs")
    assert page.text.count("Sent") == 2, "delivered to both, at a time that is kept"
    assert "HS-026 6.3" in board.get(f"{desk.url}/packs/{pack_id}").text


def test_what_was_asked_for_once_is_made_once_though_two_workers_begin_with_it(desk: Desk) -> None:
    golden(desk)
    desk.clock.at = APRIL
    pack_id = made(desk, "Board", desk.client(Role.MANAGER))
    asked_anew = update(Pack).where(Pack.id == pack_id).values(made_at=None, figures=None)
    with desk.place.work() as session:
        session.execute(asked_anew)
    with desk.place.work() as slow:
        assert slow.get(Pack, (desk.place.id, pack_id)), "one has begun, and has read that it is not made"
        with desk.place.work() as quick:
            make_pack(quick, {"pack_id": pack_id}, APRIL)
        make_pack(slow, {"pack_id": pack_id}, APRIL + timedelta(hours=1))
    with desk.place.work() as session:
        kept = session.get(Pack, (desk.place.id, pack_id))
        assert kept
        assert kept.made_at == APRIL


@pytest.mark.clause("STAR-9-7")
def test_the_three_bodies_of_star_have_it_at_a_time_that_is_kept_for_each_and_nobody_is_in_it(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("star")
    golden(desk)
    sent: dict[str, datetime] = {}
    for number, body in enumerate(("Senior Management Team", "Executive Team", "Customer Sub-Committee")):
        desk.clock.at = APRIL + timedelta(days=number)
        manager = desk.client(Role.MANAGER)
        pack_id = made(desk, body, manager)
        manager.get(f"{desk.url}/packs/{pack_id}")
        manager.submit(WORDS, form=f"/packs/{pack_id}")
        manager.submit({}, form="/send")
    with desk.place.work() as session:
        for each in session.scalars(select(Pack)):
            assert each.sent_at is not None
            sent[each.body] = each.sent_at
            assert_nobody_in(each.figures)
    assert sent == {
        "Senior Management Team": APRIL,
        "Executive Team": APRIL + timedelta(days=1),
        "Customer Sub-Committee": APRIL + timedelta(days=2),
    }


def assert_nobody_in(figures: Any) -> None:
    """Every number is rounded or not shown; no name and no reference stands anywhere."""
    for part in figures["parts"]:
        for line in part["lines"]:
            assert line["number"] == "under 5" or int(line["number"]) % 5 == 0, line
    assert "Canary" not in str(figures)
    assert "Example" not in str(figures)


def test_a_report_made_while_its_quarter_ran_is_not_sent_but_made_anew_once_it_is_over_with_its_words(
    desk: Desk,
) -> None:
    golden(desk)
    manager = desk.client(Role.MANAGER)
    pack_id = made(desk, "Board", manager)
    manager.get(f"{desk.url}/packs/{pack_id}")
    manager.submit(WORDS, form=f"/packs/{pack_id}")
    desk.clock.at = APRIL
    late = desk.client(Role.MANAGER)
    page = late.get(f"{desk.url}/packs/{pack_id}")
    assert "or was not when this was counted" in page.text
    assert "/send" not in page.html
    prepare_packs(desk.place.work, APRIL)
    with desk.place.work() as session:
        make_pack(session, {"pack_id": pack_id}, APRIL)
    page = late.get(f"{desk.url}/packs/{pack_id}")
    assert WORDS["summary"] in page.html
    late.submit({}, form="/send")
    other = made(desk, "Tenant Experience Committee", late)
    with desk.place.work() as session:
        one, two = (session.get_one(Pack, (desk.place.id, each)).figures for each in (pack_id, other))
    assert one == two, "both bodies read the same, and the same moment"
    assert one
    assert one["as_of"]


def test_it_stays_as_it_was_sent_whatever_happens_to_the_cases(desk: Desk) -> None:
    golden(desk)
    desk.clock.at = APRIL
    manager = desk.client(Role.MANAGER)
    pack_id = made(desk, "Board", manager)
    manager.get(f"{desk.url}/packs/{pack_id}")
    manager.submit(WORDS, form=f"/packs/{pack_id}")
    manager.submit({}, form="/send")
    board = desk.client(Role.BOARD)
    before = board.get(f"{desk.url}/packs/{pack_id}").text
    for _ in range(8):
        desk.case(london(20, 10))
    with desk.place.work() as session:
        make_pack(session, {"pack_id": pack_id}, desk.clock())
    assert board.get(f"{desk.url}/packs/{pack_id}").text == before
    manager.post(f"{desk.url}/packs/{pack_id}", WORDS | {"revision": "9"}, status=404)


def test_it_is_sent_only_with_words_and_once_the_quarter_is_over(desk: Desk) -> None:
    golden(desk)
    manager = desk.client(Role.MANAGER)
    pack_id = made(desk, "Board", manager)
    page = manager.get(f"{desk.url}/packs/{pack_id}")
    assert "The quarter is not over" in page.text
    desk.clock.at = APRIL
    manager = desk.client(Role.MANAGER)
    page = manager.get(f"{desk.url}/packs/{pack_id}")
    assert "it is a first look and cannot be sent" in page.text
    assert not [each for each in page.forms if "/send" in each["action"]]
    page = manager.post(f"{desk.url}/packs/{pack_id}/send", {"revision": "1"}, status=422)
    assert "can be sent once the quarter is over" in page.text
    desk.client(Role.BOARD).get(f"{desk.url}/packs/{pack_id}", status=404)


def test_two_people_who_write_in_it_at_once_hear_of_each_other(desk: Desk) -> None:
    manager, other = desk.client(Role.MANAGER), desk.client(Role.MANAGER)
    pack_id = made(desk, "Board", manager)
    url = f"{desk.url}/packs/{pack_id}"
    manager.get(url)
    other.get(url)
    other.submit(WORDS, form=f"/packs/{pack_id}")
    page = manager.submit({"summary": "Mine"}, form=f"/packs/{pack_id}", status=409)
    assert "Somebody changed this meanwhile" in page.text
    assert "Mine" in page.html
    manager.submit({"summary": ""}, form=f"/packs/{pack_id}", status=422)


def test_cases_that_few_may_know_of_are_not_counted(desk: Desk) -> None:
    cases = [desk.case(london(2, 10)) for _ in range(14)]
    with desk.place.work() as session:
        session.execute(update(Case).where(Case.id.in_(cases[:2])).values(restricted=True))
    desk.clock.at = APRIL
    pack_id = made(desk, "Board", desk.client(Role.MANAGER))
    with desk.place.work() as session:
        figures = session.scalars(select(Pack.figures).where(Pack.id == pack_id)).one()
    opened = next(part for part in figures["parts"] if part["title"] == "Cases opened")
    assert opened["lines"][0]["number"] == "10"


def test_the_paper_can_be_read_aloud(desk: Desk) -> None:
    """Titled, in its language, every piece marked, tables made of rows and cells; the watermark of a draft is on it."""
    golden(desk)
    desk.clock.at = APRIL
    manager = desk.client(Role.MANAGER)
    pack_id = made(desk, "Board", manager)
    manager.get(f"{desk.url}/packs/{pack_id}")
    manager.submit(WORDS, form=f"/packs/{pack_id}")
    manager.get(f"{desk.url}/packs/{pack_id}/paper")
    assert manager.response
    assert manager.response.headers["Content-Disposition"] == 'attachment; filename="report-2026-1.pdf"'
    reader = pypdf.PdfReader(io.BytesIO(manager.response.data))
    root: Any = reader.trailer["/Root"]
    assert reader.metadata
    assert reader.metadata.title == "Report to Board, January to March 2026"
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    kinds = list(walk(root["/StructTreeRoot"]["/K"][0].get_object()))
    assert kinds[:2] == ["/Document", "/H1"]
    for inner, outer in (("/TR", "/Table"), ("/TH", "/TR"), ("/TD", "/TR")):
        assert (inner, outer) in set(pairs(root["/StructTreeRoot"]["/K"][0].get_object()))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "Draft: not sent yet." in text
    assert WORDS["summary"] in text.replace("\n", " ")
    for number, page in enumerate(reader.pages):
        content = page.get_contents()
        assert content is not None
        marks = content.get_data().count(b"BDC")
        tree = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
        of_page = dict(zip(tree[::2], tree[1::2], strict=True))[page["/StructParents"]]
        assert len(of_page) == marks, f"page {number}: each mark has its place in the tree"


def walk(element: Any) -> Any:
    yield element["/S"]
    for each in element["/K"]:
        found = each.get_object() if hasattr(each, "get_object") else each
        if isinstance(found, dict):
            yield from walk(found)


def pairs(element: Any) -> Any:
    for each in element["/K"]:
        found = each.get_object()
        if isinstance(found, dict):
            yield found["/S"], element["/S"]
            yield from pairs(found)


def test_a_quarter_that_is_over_is_asked_for_by_itself_and_reminded_of_until_it_is_sent(desk: Desk) -> None:
    manager = desk.somebody(Role.MANAGER)
    for _ in range(2):
        prepare_packs(desk.place.work, APRIL)
    with desk.place.work() as session:
        packs = list(session.scalars(select(Pack)))
        assert sorted(each.body for each in packs) == ["Board", "Tenant Experience Committee"]
        assert {each.quarter for each in packs} == {"2026-1"}
    assert not reminded(desk, manager.account_id)
    for day in (20, 21, 28):
        prepare_packs(desk.place.work, APRIL.replace(day=day))
    assert len(reminded(desk, manager.account_id)) == 4, "each of the two, in each of two weeks"
    with desk.place.work() as session:
        session.execute(update(Pack).values(sent_at=APRIL))
        session.execute(delete(Message))
    prepare_packs(desk.place.work, APRIL.replace(month=5))
    assert not reminded(desk, manager.account_id)


def reminded(desk: Desk, account_id: UUID) -> list[Message]:
    found = [each for each in desk.place.messages() if each.account_id == account_id]
    assert all(each.kind == Kind.PRACTICE for each in found)
    return found


def test_whoever_reads_it_is_written_down(desk: Desk) -> None:
    manager = desk.client(Role.MANAGER)
    pack_id = made(desk, "Board", manager)
    manager.get(f"{desk.url}/packs/{pack_id}")
    with desk.place.work() as session:
        facts = set(session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == pack_id)))
    assert {Fact.PACK_ASKED, Fact.PACK_READ} <= facts
