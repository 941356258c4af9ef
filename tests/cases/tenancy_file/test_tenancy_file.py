"""The joint tenant may see the tenancy file, and so may whoever acts for them: neither learns of the case from it."""

import io
from uuid import UUID

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.tenancy_file.models import PLACE, FileRequest
from portal.domain.permissions import Role
from portal.store.audit import AuditEntry, Fact
from portal.store.record_keys import box_of
from tests.client import Page, PageClient
from tests.desk import NUMBER, Desk

FILE = """2 January 2026: rent paid
5 January 2026: call from the domestic abuse team, see {reference}
6 January 2026: ring back on +44 1632 960 123
9 January 2026: she asked who else can see this file
12 January 2026: tap in the kitchen mended"""
REDACTED = {
    "taken": ["3"], "whose": "both", "other": "not_asked", "reasonable": "no", "tells": "yes", "giving": "redacted",
    "reason": "Three lines tell who rang us.",
}  # fmt: skip
GIVEN = "2 January 2026: rent paid\n12 January 2026: tap in the kitchen mended\n"


def file_of(desk: Desk, case_id: UUID) -> str:
    with desk.place.work() as session:
        return FILE.format(reference=session.scalars(select(Case.reference).where(Case.id == case_id)).one())


def asked(client: PageClient, desk: Desk, case_id: UUID, **said: str) -> str:
    """The address of a request, gone through and signed first by this person."""
    client.get(f"{desk.case_url(case_id)}/tenancy-file/add")
    client.submit({"asker": "joint_tenant", "name": "Darius Example"} | said, form="/tenancy-file/add")
    url = client.url.partition("?")[0]
    gathers(client, url, file_of(desk, case_id))
    decides(client, **REDACTED)
    client.submit({"first-sure": "y"}, form="/first")
    return url


def gathers(client: PageClient, url: str, words: str, kind: str = "notes") -> Page:
    """Lay a paper in; its own page is open then."""
    client.get(f"{url}/gather")
    return client.submit({"kind": kind, "text": words}, form="/gather")


def decides(client: PageClient, status: int = 200, **said: object) -> Page:
    """Decide on the paper whose page is open."""
    return client.submit(dict(said), form="/papers/", status=status)


def signs(client: PageClient, url: str, status: int = 200) -> Page:
    """Sign as the second person."""
    client.get(url)
    return client.submit({"sign-sure": "y"}, form="/sign", status=status)


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
    assert "Redacted" in page.text
    assert "Three lines tell who rang us." in page.text
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
    signs(senior, url)
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
def test_nobody_signs_what_they_had_a_hand_in_and_a_change_takes_both_signatures_away(desk: Desk) -> None:
    case_id = desk.case()
    one, two, third = (desk.client(Role.SENIOR) for _each in range(3))
    url = asked(one, desk, case_id)
    assert f"{url}/sign" not in one.get(url).html
    own = one.http.post(f"{url}/sign", data={"sign-sure": "y", "sign-revision": "4"} | token(one))
    assert own.status_code == 422
    assert "You had a hand in this" in own.get_data(as_text=True)
    signs(two, url)
    gathers(two, url, "Rent paid in March", "rent")
    assert given(one, url).status_code == 422, "a paper came in after the signatures"
    two.get(url)
    assert "Each paper is decided on before anybody signs." in two.page.text
    early = two.http.post(f"{url}/first", data={"first-sure": "y", "first-revision": "6"} | token(two))
    assert "Not every paper is here and decided on yet" in early.get_data(as_text=True)
    two.get(f"{url}/papers/2")
    decides(two, whose="theirs", tells="no", giving="released")
    two.submit({"first-sure": "y"}, form="/first")
    assert f"{url}/sign" not in one.get(url).html, "the first of them had a hand in it too"
    own = one.http.post(f"{url}/sign", data={"sign-sure": "y", "sign-revision": "8"} | token(one))
    assert "You had a hand in this" in own.get_data(as_text=True)
    signs(third, url)
    assert given(one, url).get_data() == f"{GIVEN}\nRent paid in March\n".encode()


@pytest.mark.clause("HAV-4.14c")
def test_each_paper_is_released_redacted_or_withheld_by_answers_that_bear_it(desk: Desk) -> None:
    case_id = desk.case(name="Perpetua Quillfeather")
    officer, senior = desk.client(Role.OFFICER), desk.client(Role.SENIOR)
    url = asked(officer, desk, case_id, relation="former_tenant")
    assert "To the home Was a tenant here" in officer.get(url).text
    assert "Nothing is here from: tenancy agreement and application, rent account" in officer.page.text
    gathers(officer, url, "The sister of Sam asked for a parking place", "letters")
    whole = {"whose": "another", "other": "refuses", "reasonable": "no", "tells": "no"}
    assert "Say whom it is about." in decides(officer, 422, giving="released").text
    refused = decides(officer, 422, **whole, giving="released").text
    assert "By your own answers it is not given whole" in refused
    assert "Write why" in decides(officer, 422, **whole, giving="withheld").text
    assert "No line of it is out" in decides(officer, 422, **whole, giving="redacted", reason="Hers.").text
    free = {"whose": "theirs", "tells": "no", "reason": "No wish to."}
    says = "Nothing in your answers speaks against giving it"
    assert says in decides(officer, 422, **free, giving="withheld").text, "nothing is kept back for no reason"
    page = decides(officer, **whole, giving="withheld", reason="It is about her alone.")
    assert "Letters and e-mails Withheld" in page.text
    assert "parking" not in page.html.split('id="as-he-reads-it"')[1].split("</div>")[0]
    officer.submit({"first-sure": "y"}, form="/first")
    signs(senior, url)
    assert given(officer, url).get_data() == GIVEN.encode(), "and nothing shows that there was another"
    officer.get(f"{url}/papers/2")
    officer.submit({}, form="/drop")
    assert "Letters and e-mails Withheld" not in officer.get(url).text
    assert given(officer, url).status_code == 422
    officer.get(f"{url}/papers/2", status=404)


@pytest.mark.clause("HAV-4.14d")
def test_a_solicitor_is_given_what_the_joint_tenant_is_given_and_whom_they_act_for_is_recorded(desk: Desk) -> None:
    case_id = desk.case()
    officer, senior = desk.client(Role.OFFICER), desk.client(Role.SENIOR)
    acting = {"asker": "acting", "name": "Sol Advocate", "acts_for": "Darius Example", "acts_as": "solicitor"}
    urls = [asked(officer, desk, case_id), asked(officer, desk, case_id, **acting, authority_seen="y")]
    answers = set()
    for url in urls:
        signs(senior, url)
        answers.add(given(officer, url).get_data())
    assert answers == {GIVEN.encode()}
    page = officer.get(urls[1])
    assert "Sol Advocate, somebody who acts for them (solicitor)" in page.text
    assert "Acts for Darius Example. We have seen that they may." in page.text


def test_nobody_is_given_anything_who_has_not_shown_that_they_may_act(desk: Desk) -> None:
    case_id = desk.case()
    officer, senior = desk.client(Role.OFFICER), desk.client(Role.SENIOR)
    officer.get(f"{desk.case_url(case_id)}/tenancy-file/add")
    page = officer.submit({"asker": "acting", "name": "Sol"}, form="/tenancy-file/add", status=422)
    assert "Choose what they are" in page.text
    acting = {"asker": "acting", "name": "Sol", "acts_for": "Darius Example", "acts_as": "relative"}
    url = asked(officer, desk, case_id, **acting)
    signs(senior, url)
    assert "Nobody has seen yet" in given(officer, url).get_data(as_text=True)


def test_two_who_go_through_the_same_paper_are_told(desk: Desk) -> None:
    case_id = desk.case()
    one, two = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    url = asked(one, desk, case_id)
    one.get(f"{url}/papers/1")
    two.get(f"{url}/papers/1")
    decides(one, **REDACTED)
    page = decides(two, 409, **(REDACTED | {"reason": "I think otherwise."}))
    assert "I think otherwise." in page.html
    assert "It stands now as: redacted." in page.text


def test_a_request_that_was_kept_when_a_file_was_one_text_is_gone_through_again(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    url = asked(officer, desk, case_id)
    with desk.place.work() as session:
        row = session.scalars(select(FileRequest)).one()
        said = {"name": "Darius Example", "acts_for": "", "text": "Rent paid\nShe rang us", "taken": [1]}
        row.sealed = box_of(session, case_id).seal_json(PLACE, row.id, said)
    page = officer.get(url)
    assert "Notes on the tenancy To be decided" in page.text
    assert "She rang us" not in page.html.split('id="as-he-reads-it"')[1].split("</div>")[0]
