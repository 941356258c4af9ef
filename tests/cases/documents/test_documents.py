"""Documents: sealed, asked for each time anew, only ever saved, corrected by addition, and kept back where marked."""

import io
import re
from hashlib import sha256

import pytest
from sqlalchemy import text

from portal.cases.documents.scanner import Clamd
from portal.domain.permissions import Role
from portal.people.staff import give_roles
from portal.store.audit import PORTAL, Fact
from tests.cases.documents.test_inspection import picture
from tests.desk import Desk
from tests.sharing_desk import Sharing, sharing_at

SECRET = "He wrote: I know where you sleep."


@pytest.fixture
def case(desk: Desk) -> Sharing:
    """A case with an officer."""
    return sharing_at(desk)


@pytest.mark.invariant(4)
def test_a_document_is_kept_sealed_and_only_ever_saved(case: Sharing) -> None:
    page = case.upload("River Canary abuse.txt", SECRET.encode(), evidences="A threat in writing")
    for shown in ("The door", "Evidence of what happened", "A threat in writing", "River Canary abuse.txt"):
        assert shown in page.text
    link = next(each for each in page.links if each.endswith("/file"))
    answer = case.officer.http.get(link)
    assert answer.data.decode() == SECRET
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert re.fullmatch(r'attachment; filename="[A-Z0-9-]+-[0-9a-f]{6}\.txt"', answer.headers["Content-Disposition"])
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert sha256(SECRET.encode()).hexdigest() in page.text
    assert case.facts().count(Fact.DOCUMENT_READ) == 1
    with case.desk.place.work() as session:
        stored = session.execute(text("SELECT d.*, f.sealed AS data FROM document d JOIN document_file f USING (id)"))
        assert not re.search("sleep|canary|threat|door", str([dict(row) for row in stored.mappings()]).lower())


@pytest.mark.invariant(14)
def test_nobody_else_gets_it_by_its_address(case: Sharing) -> None:
    page = case.upload("letter.txt", SECRET.encode())
    link = next(each for each in page.links if each.endswith("/file"))
    assert case.desk.app.test_client().get(link).status_code == 303
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        assert case.desk.client(role).http.get(link).status_code == 404
    assert case.facts().count(Fact.DOCUMENT_READ) == 0
    assert "?" not in link, "nothing in the address opens it"
    answer = case.officer.http.get(link)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), "no browser keeps a copy"
    with case.desk.place.work() as session:
        give_roles(session, case.who.account_id, [], PORTAL, case.desk.clock())
    assert case.officer.http.get(link).status_code == 404, "it is asked for each time anew"


@pytest.mark.invariant(14)
def test_a_document_is_handed_out_by_its_own_case_alone(case: Sharing) -> None:
    """By the address of another case nobody would be asked about this one, and the audit would name the wrong one."""
    page = case.upload("letter.txt", SECRET.encode())
    link = next(each for each in page.links if each.endswith("/file"))
    other = sharing_at(case.desk)
    elsewhere = link.replace(str(case.case_id), str(other.case_id))
    for officer in (other.officer, case.officer):
        assert officer.http.get(elsewhere).status_code == 404
        assert officer.http.get(elsewhere.removesuffix("/file")).status_code == 404
    assert case.facts().count(Fact.DOCUMENT_READ) == other.facts().count(Fact.DOCUMENT_READ) == 0
    assert case.officer.http.get(link).status_code == 200


def test_a_picture_is_kept_without_where_it_was_taken_and_both_hashes_are_there(case: Sharing) -> None:
    sent = picture()
    page = case.upload("IMG_2041.jpg", sent, kind="picture")
    assert "Where and with what it was taken has been removed." in page.text
    assert sha256(sent).hexdigest() in page.text
    kept = case.officer.http.get(next(each for each in page.links if each.endswith("/file"))).data
    assert sha256(kept).hexdigest() in page.text
    assert kept != sent


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", b"MZ\x90\x00", "We cannot keep this kind of file."),
        ("a.pdf", SECRET.encode(), "but it is something else: Plain text."),
        ("a.txt", b"", "This file is empty."),
    ],
)
def test_a_file_that_is_refused_says_why_and_keeps_what_was_typed(
    case: Sharing, name: str, data: bytes, why: str
) -> None:
    page = case.upload(name, data, status=422, evidences="What she told me")
    assert why in page.text
    assert "What she told me" in page.html
    assert "No documents yet." in page.text
    assert Fact.DOCUMENT_REFUSED in case.facts()


def test_a_file_may_be_larger_than_any_other_form_and_not_larger_than_set(
    case: Sharing,
) -> None:
    """One that is larger is told so beside its question, and what was typed with it is there."""
    case.upload("long.txt", b"word " * 200_000)
    page = case.upload("film.txt", bytes(17 * 1024 * 1024), status=422, evidences="What she told me")
    assert "This file is larger than 15 MB. Send it smaller, or in parts." in page.text
    assert "What she told me" in page.html


def test_a_scanner_that_is_set_and_away_lets_nothing_be_kept(
    case: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.cases.documents.routes.scanner_at", lambda _address: Clamd("tcp://127.0.0.1:1"))
    page = case.upload("letter.txt", b"A letter", status=422)
    assert "The malware scanner does not answer, so nothing can be kept." in page.text
    assert "No documents yet." in page.text


def test_a_newer_version_takes_its_place_and_the_old_one_stays(case: Sharing) -> None:
    case.upload("letter.txt", b"First")
    first = case.officer.url.partition("?")[0]
    stale = case.officer.page
    data = {"title": "The door, signed", "kind": "letter", "why": "It was not signed."}
    page = case.officer.submit(data | {"file": (io.BytesIO(b"Second"), "letter.txt")}, form="/version")
    assert "The door, signed" in page.h1s[0]
    assert "Version 1" in page.text
    assert "It was not signed." in page.text
    page = case.officer.get(first)
    assert "There is a newer version" in page.text
    assert case.officer.http.get(f"{first}/file").data == b"First"
    case.officer.page = stale
    page = case.officer.submit(
        data | {"file": (io.BytesIO(b"Third"), "letter.txt")}, form="/version", status=409
    )
    assert "Somebody changed this meanwhile" in page.text


def test_a_mark_holds_for_every_version_and_whatever_is_put_together(case: Sharing) -> None:
    case.upload("letter.txt", b"First")
    url = case.officer.url.partition("?")[0]
    case.consent("Police", "police", "documents", "notes")
    page = case.officer.get(f"{case.url}/shares")
    case.officer.get(next(each for each in page.links if "/shares/on/" in each))
    chosen = re.search(r'name="documents" value="([0-9a-f-]{36})"', case.officer.page.html)
    assert chosen
    case.share_on("documents", documents=[chosen[1]])
    shared = case.officer.url.partition("?")[0]
    case.officer.get(url)
    case.officer.submit({"words": "It names the refuge."}, form="/keep-back")
    case.officer.get(url)
    case.officer.submit(
        {"title": "Newer", "kind": "letter", "why": "Signed", "file": (io.BytesIO(b"Second"), "a.txt")},
        form="/version",
    )
    assert "Must not leave." in case.officer.page.text
    page = case.officer.get(shared)
    assert "One of the documents is now marked as not to leave." in page.text
    case.officer.post(f"{shared}/leave", {"way": "print"}, status=422)
    assert not case.gone()
    case.officer.get(next(each for each in case.officer.get(f"{case.url}/shares").links if "/shares/on/" in each))
    assert chosen[1] not in case.officer.page.html, "it cannot even be chosen"
    assert case.officer.http.post(f"{url}/lift").status_code in {400, 404}
    case.senior.get(url)
    case.senior.submit({"words": "The refuge has moved."}, form="/lift")
    case.officer.get(shared)
    case.leave("print")
    assert len(case.gone()) == 1
