"""What leaves a case on paper is read as the joint tenant, a solicitor, a contractor and the call centre read it."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.domain.eyes import Asked, Eyes, letter
from portal.domain.permissions import Role
from portal.store.audit import AuditEntry, Fact
from tests.cases.tenancy_file.test_tenancy_file import asked
from tests.client import Page, PageClient
from tests.desk import MONDAY, Desk
from tests.homes.at_home import asks, decides, orders

TELLING = ("domestic", "960 123", "who else can see", "Two people visit", "HAV-")


def read_as(client: PageClient, url: str, who: str) -> Page:
    return client.get(f"{url}/as?who={who}")


def paper(page: Page, name: str) -> str:
    """The words of one paper."""
    return page.html.partition(f'id="paper-{name}"')[2].partition("</section>")[0]


@pytest.fixture
def url(desk: Desk) -> str:
    """A solicitor asks; a job is ordered, and a mark stands on the address."""
    case_id = desk.case(name="Perpetua Quillfeather", address="3 Example Close")
    officer = desk.client(Role.OFFICER)
    asks(desk, officer, case_id, "other")
    decides(desk, officer, case_id)
    orders(desk, officer, case_id)
    mark(officer, desk, case_id)
    acting = {"asker": "acting", "name": "Sol Advocate", "acts_for": "Darius Example", "acts_as": "solicitor"}
    return asked(officer, desk, case_id, **acting, authority_seen="y")


def mark(client: PageClient, desk: Desk, case_id: UUID) -> None:
    client.get(f"{desk.case_url(case_id)}/flags/put")
    said = {"about": "address", "wording": "two", "where": "3 Example Close", "told": "The team"}
    why = {"reason": "He threatened an officer.", "evidence": "Her note.", "review_on": "2026-06-01"}
    client.submit(said | why, form="/flags/put")


@pytest.mark.clause("HAV-4.14c", "HAV-4.14d")
@pytest.mark.parametrize("who", ["joint_tenant", "solicitor"])
def test_the_joint_tenant_and_their_solicitor_read_the_same_file_and_nothing_beside_it(
    desk: Desk, url: str, who: str
) -> None:
    page = read_as(desk.client(Role.OFFICER), url, who)
    assert "rent paid" in paper(page, "file")
    for telling in TELLING:
        assert telling not in paper(page, "file") + paper(page, "letter") + paper(page, "marks")
    names = {"joint_tenant": "Dear Darius Example", "solicitor": "Dear Sol Advocate"}
    assert names[who] in page.text
    assert "Something tells" not in page.text


@pytest.mark.clause("HAV-4.14c")
def test_a_contractor_reads_the_job_alone_and_that_two_people_come(desk: Desk, url: str) -> None:
    page = read_as(desk.client(Role.OFFICER), url, "contractor")
    assert "Fit two new locks" in paper(page, "job")
    assert "Two people" in paper(page, "job")
    for nothing, why in (("file", "never sees the file"), ("letter", "No letter goes"), ("marks", "No mark is shown")):
        assert why in paper(page, nothing)
    for telling in ("Quillfeather", "threatened", "rent paid", *TELLING):
        assert telling not in "".join(paper(page, each) for each in ("file", "letter", "job", "marks"))


@pytest.mark.clause("HAV-4.14c")
def test_the_call_centre_has_the_whole_file_open_so_what_tells_there_is_shown_to_be_taken_out_of_it(
    desk: Desk, url: str
) -> None:
    page = read_as(desk.client(Role.OFFICER), url, "call_centre")
    assert "<mark>5 January 2026: call from the domestic abuse team" in paper(page, "file")
    assert "<mark>9 January 2026: she asked who else can see this file" in paper(page, "file"), "an officer’s finding"
    assert "Something tells" in paper(page, "file")
    assert "Two people visit" in paper(page, "marks"), "what to do at the door, and nothing of why"
    assert "threatened" not in page.text.partition("Reaching them safely")[0].partition("The letter")[2]


def test_htmx_gets_these_papers_alone_and_each_reading_of_the_case_is_written_down(desk: Desk, url: str) -> None:
    officer = desk.client(Role.OFFICER)
    answer = officer.http.get(f"{url}/as?who=contractor", headers={"HX-Request": "true"})
    assert answer.get_data(as_text=True).lstrip().startswith('<div id="read_as"')
    with desk.place.work() as session:
        read = select(AuditEntry.fact).where(AuditEntry.subject_id == UUID(url.split("/")[-3]))
        assert Fact.CASE_READ in session.scalars(read).all()


def test_the_letter_says_for_whom_it_is_and_nothing_of_what_was_left_out() -> None:
    words = letter(Asked("Sol Advocate", "Darius Example", MONDAY.date(), "Example Homes"), Eyes.SOLICITOR)
    assert "the tenancy file of Darius Example" in words
    assert "left out" not in words
    assert "your tenancy file" in letter(Asked("Darius", "", MONDAY.date(), "Example Homes"), Eyes.JOINT_TENANT)
