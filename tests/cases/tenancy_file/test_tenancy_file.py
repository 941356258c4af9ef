"""The joint tenant may see the tenancy file, and so may whoever acts for them: neither learns of the case from it."""

import io
from uuid import UUID

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from portal.cases.models import Case
from portal.domain.permissions import Role
from portal.store.audit import AuditEntry, Fact
from tests.client import PageClient
from tests.desk import NUMBER, Desk

FILE = """2 January 2026: rent paid
5 January 2026: call from the domestic abuse team, see {reference}
6 January 2026: ring back on +44 1632 960 123
9 January 2026: she asked who else can see this file
12 January 2026: tap in the kitchen mended"""
GIVEN = "2 January 2026: rent paid\n12 January 2026: tap in the kitchen mended\n"


def file_of(desk: Desk, case_id: UUID) -> str:
    with desk.place.work() as session:
        return FILE.format(reference=session.scalars(select(Case.reference).where(Case.id == case_id)).one())


def asked(client: PageClient, desk: Desk, case_id: UUID, **said: str) -> str:
    """The address of a request, gone through by this person."""
    client.get(f"{desk.case_url(case_id)}/tenancy-file/add")
    client.submit({"asker": "joint_tenant", "name": "Darius Example"} | said, form="/tenancy-file/add")
    url = client.url.partition("?")[0]
    client.submit({"file-text": file_of(desk, case_id)}, form="/text")
    client.http.post(f"{url}/out", data={"out-taken": ["3"], "out-revision": "2"} | token(client))
    client.get(url)
    return url


def token(client: PageClient) -> dict[str, str]:
    """What the open page proves itself with."""
    return {"csrf_token": next(form["fields"]["csrf_token"] for form in client.page.forms if form["method"] == "post")}


def given(client: PageClient, url: str) -> object:
    client.get(url)
    return client.http.post(f"{url}/file", data=token(client))


@pytest.mark.clause("HAV-4.14c")
def test_what_tells_is_out_a_second_person_signs_and_what_is_given_has_nothing_behind_it(desk: Desk) -> None:
    case_id = desk.case(name="Perpetua Quillfeather")
    officer, senior = desk.client(Role.OFFICER), desk.client(Role.SENIOR)
    url = asked(officer, desk, case_id)
    page = officer.get(url)
    preview = page.html.split('id="as-he-reads-it"')[1].split("</div>")[0]
    for telling in ("domestic", "960 123", "who else can see", NUMBER):
        assert telling not in preview
    assert "rent paid" in preview
    alone = given(officer, url)
    assert alone.status_code == 422
    assert "One person alone" in alone.get_data(as_text=True)
    senior.get(url)
    assert "Read it, then tick" in senior.submit({}, form="/sign", status=422).text
    senior.submit({"sign-sure": "y"}, form="/sign")
    answer = given(officer, url)
    assert answer.status_code == 200
    assert answer.get_data() == GIVEN.encode()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tenancy-file.txt"'
    with desk.place.work() as session:
        facts = session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == case_id)).all()
        assert {Fact.FILE_ASKED, Fact.FILE_PREPARED, Fact.FILE_SIGNED, Fact.FILE_GIVEN} <= set(facts)


@pytest.mark.clause("HAV-4.14c")
def test_on_paper_there_is_the_letter_the_lines_that_stay_and_nothing_behind_them(desk: Desk) -> None:
    case_id = desk.case(name="Perpetua Quillfeather")
    officer, senior = desk.client(Role.OFFICER), desk.client(Role.SENIOR)
    url = asked(officer, desk, case_id)
    senior.get(url)
    senior.submit({"sign-sure": "y"}, form="/sign")
    officer.get(url)
    answer = officer.http.post(f"{url}/file", data=token(officer) | {"as": "paper"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tenancy-file.pdf"'
    paper = PdfReader(io.BytesIO(answer.get_data()))
    letter, words = (page.extract_text() for page in paper.pages)
    assert "Dear Darius Example" in letter
    assert "2 January 2026: rent paid" in words
    for telling in ("domestic", "960 123", "who else can see", "Quillfeather", "HAV", "Robin"):
        assert telling not in letter + words
        assert telling.encode() not in answer.get_data()
    meta = {each: value for each, value in (paper.metadata or {}).items() if value}
    assert set(meta) <= {"/CreationDate"}
    assert "2026" not in meta.get("/CreationDate", ""), "not when it was made"
    assert paper.attachments == {}


@pytest.mark.clause("HAV-4.14c")
def test_nobody_signs_what_they_went_through_and_a_change_takes_the_signature_away(desk: Desk) -> None:
    case_id = desk.case()
    one, two = desk.client(Role.SENIOR), desk.client(Role.SENIOR)
    url = asked(one, desk, case_id)
    assert f"{url}/sign" not in one.get(url).html
    own = one.http.post(f"{url}/sign", data={"sign-sure": "y", "sign-revision": "3"} | token(one))
    assert own.status_code == 422
    two.get(url)
    two.submit({"sign-sure": "y"}, form="/sign")
    one.get(url)
    one.http.post(f"{url}/out", data={"out-taken": [], "out-revision": "4"} | token(one))
    assert given(one, url).status_code == 422


@pytest.mark.clause("HAV-4.14d")
def test_a_solicitor_is_given_what_the_joint_tenant_is_given_and_whom_they_act_for_is_recorded(desk: Desk) -> None:
    case_id = desk.case()
    officer, senior = desk.client(Role.OFFICER), desk.client(Role.SENIOR)
    acting = {"asker": "acting", "name": "Sol Advocate", "acts_for": "Darius Example", "acts_as": "solicitor"}
    urls = [asked(officer, desk, case_id), asked(officer, desk, case_id, **acting, authority_seen="y")]
    answers = set()
    for url in urls:
        senior.get(url)
        senior.submit({"sign-sure": "y"}, form="/sign")
        answers.add(given(officer, url).get_data())
    assert answers == {GIVEN.encode()}
    page = officer.get(urls[1])
    assert "Sol Advocate, somebody who acts for the joint tenant (solicitor)" in page.text
    assert "Acts for Darius Example. We have seen that they may." in page.text


def test_nobody_is_given_anything_who_has_not_shown_that_they_may_act(desk: Desk) -> None:
    case_id = desk.case()
    officer, senior = desk.client(Role.OFFICER), desk.client(Role.SENIOR)
    officer.get(f"{desk.case_url(case_id)}/tenancy-file/add")
    page = officer.submit({"asker": "acting", "name": "Sol"}, form="/tenancy-file/add", status=422)
    assert "Choose what they are" in page.text
    acting = {"asker": "acting", "name": "Sol", "acts_for": "Darius Example", "acts_as": "relative"}
    url = asked(officer, desk, case_id, **acting)
    senior.get(url)
    senior.submit({"sign-sure": "y"}, form="/sign")
    assert "Nobody has seen yet" in given(officer, url).get_data(as_text=True)


def test_two_who_go_through_the_same_file_are_told(desk: Desk) -> None:
    case_id = desk.case()
    one, two = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    url = asked(one, desk, case_id)
    one.get(url)
    two.get(url)
    one.submit({"file-text": "Rent paid"}, form="/text")
    page = two.submit({"file-text": "Rent not paid"}, form="/text", status=409)
    assert "Rent not paid" in page.html
