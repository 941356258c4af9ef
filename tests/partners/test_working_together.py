"""What an agency's people do with a shared case: do what they are asked, write in their own section, ask others in."""

import io
import re
from datetime import UTC, datetime

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from portal.cases.tasks.models import Task
from portal.domain.agency_roles import AgencyRole
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.partners.agencies import service as agencies
from portal.partners.asked.models import AgencyTask
from portal.partners.entries.models import AgencyEntry
from portal.partners.grants.models import AgencyGrant
from portal.partners.members import service as members
from portal.partners.members.models import AgencyInvitation
from portal.people.models import StaffInvitation
from portal.store.audit import PORTAL, AuditEntry, Fact
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import AgencyScope, PlatformScope
from tests.client import PageClient
from tests.conftest import Clock, Staff
from tests.partners.granting import DAY, WORDS, Shared, a_shared_case, agency_of
from tests.partners_at_hand import members_at
from tests.sharing_desk import told_others

REFUSED = (DBAPIError, psycopg.Error)
HTMX = {"HX-Request": "true"}
SAID = "She wants to move near her sister."


@pytest.fixture
def shared(app: Flask, database: Database, clock: Clock) -> Shared:
    """A case that an agency has taken."""
    return a_shared_case(app, database, clock)


def wrote(shared: Shared, *, shown: bool, status: int = 200, **more: object) -> PageClient:
    """The worker writes a note."""
    page = shared.client(shared.worker)
    page.get(f"{shared.url}/entries")
    page.submit({"kind": "note", "words": SAID, "shown": ["y"] if shown else []} | more, form="/entries", status=status)
    return page


def asked(shared: Shared, words: str = "Ring her on Monday.") -> PageClient:
    """The officer asks the agency."""
    page = shared.client(shared.officer)
    page.get(f"{shared.case_url}/{shared.grant_id}/ask")
    page.submit({"words": words, "due_on": (datetime.now(UTC) + 2 * DAY).date().isoformat()}, form="/ask")
    return page


def test_what_they_open_stands_in_the_list_of_what_left_under_their_agencys_name(shared: Shared) -> None:
    shared.client(shared.worker).get(shared.url)
    seen = shared.client(shared.officer).get(f"{shared.desk.url}/cases/{shared.case_id}/readers").text
    assert shared.agency.name in seen.partition("Who has seen it here")[0]


@pytest.mark.parametrize("shown", [True, False])
def test_what_an_agency_wrote_is_read_by_the_landlord_only_where_the_agency_shows_it(
    shared: Shared, shown: bool
) -> None:
    page = wrote(shared, shown=shown)
    assert SAID in page.page.text
    assert (SAID in shared.client(shared.officer).get(shared.case_url).text) is shown
    with shared.desk.place.work() as session:
        assert len(session.scalars(select(AgencyEntry.id)).all()) == shown
        facts = session.scalars(select(AuditEntry.fact).where(AuditEntry.fact == Fact.AGENCY_WROTE.value)).all()
        assert len(facts) == 1


def test_a_contact_has_its_moment_and_a_document_its_file(shared: Shared) -> None:
    page = wrote(shared, shown=False, kind="contact", status=422)
    assert "Enter the day and the time of the contact." in page.page.text
    assert SAID in page.page.html
    page = wrote(shared, shown=False, kind="document", status=422)
    assert "Choose a file." in page.page.text
    page.submit({"file": (io.BytesIO(b"Dear all"), "letter.txt"), "shown": ["y"]}, form="/entries")
    link = next(each for each in page.page.links if each.endswith("/file"))
    assert page.http.get(link).data == b"Dear all"
    officer = shared.client(shared.officer)
    found = next(each for each in officer.get(shared.case_url).links if each.endswith("/file"))
    answer = officer.http.get(found)
    assert answer.data == b"Dear all"
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.clause("STAR-3.8")
def test_an_agency_takes_what_it_is_asked_and_says_what_came_of_it(shared: Shared) -> None:
    asked(shared)
    with shared.desk.place.work() as session:
        chase = select(Task.ending).where(Task.kind == TaskKind.REPLY.value, Task.source == "asked")
        assert session.scalars(chase).all() == [None]
    page = shared.client(shared.worker)
    assert "Ring her on Monday." in page.get("/desk/partner/cases").text
    assert "Ring her on Monday." in told_others(shared.desk.place, shared.case_id), "what they read has left"
    page.get(shared.url)
    page.submit(form="/take")
    assert "Taken by Jo Example" in page.page.text
    page.get(next(each for each in page.page.links if "/asked/" in each))
    page.submit({"ending": "unable"}, form="/asked/", status=422)
    page.submit({"ending": "unable", "words": "Nobody answered."}, form="/asked/")
    found = shared.client(shared.officer).get(shared.case_url).text
    assert "Nobody answered." in found
    assert shared.agency.name in found
    assert "It was to be done by" in found
    assert "Tried, and could not be done" in found
    with shared.desk.place.work() as session:
        assert session.scalars(chase).all() == ["unable"]


def test_with_htmx_a_part_opens_in_its_place_and_what_is_asked_is_taken_in_its_place(shared: Shared) -> None:
    """The fragment says what was asked for and nothing beside it; without htmx the same addresses give whole pages."""
    asked(shared)
    with shared.desk.place.work() as session:
        task = session.scalars(select(AgencyTask.id)).one()
    worker = shared.client(shared.worker)
    part = worker.http.get(f"{shared.url}/happened", headers=HTMX).get_data(as_text=True)
    assert part.lstrip().startswith('<section id="shown"')
    assert WORDS in part
    assert "Before any contact" not in part, "that stands on the page already"
    page = worker.get(shared.url)
    sent = {"csrf_token": next(f["fields"]["csrf_token"] for f in page.forms if "/take" in f["action"])}
    taken = worker.http.post(f"{shared.url}/asked/{task}/take", data=sent, headers=HTMX)
    assert taken.get_data(as_text=True).lstrip().startswith('<section id="asked"')
    assert f"Taken by {shared.worker.name}" in taken.get_data(as_text=True)
    wrong = worker.http.post(f"{shared.url}/entries", data=sent | {"words": ""}, headers=HTMX)
    assert wrong.status_code == 422
    assert wrong.get_data(as_text=True).lstrip().startswith('<div id="written"')


def test_a_page_whose_grant_or_sign_in_has_ended_is_loaded_anew_by_htmx_and_shows_nothing(shared: Shared) -> None:
    worker = shared.client(shared.worker)
    worker.get(shared.url)
    with shared.desk.place.work() as session:
        session.execute(update(AgencyGrant).values(ended_at=datetime.now(UTC)))
    gone = worker.http.get(f"{shared.url}/happened", headers=HTMX)
    assert (gone.status_code, gone.headers["HX-Refresh"]) == (404, "true")
    assert WORDS not in gone.get_data(as_text=True)
    never = worker.http.get(f"{shared.url.rpartition('/')[0]}/{new_id()}/happened", headers=HTMX)
    assert (never.status_code, never.headers["HX-Refresh"]) == (404, "true"), "as what never was"
    stranger = PageClient(shared.app).http.get(f"{shared.url}/happened", headers=HTMX)
    assert (stranger.status_code, stranger.headers["HX-Refresh"], stranger.get_data()) == (401, "true", b"")


def test_when_the_grant_ends_its_entries_and_tasks_are_gone_for_the_agency(shared: Shared) -> None:
    wrote(shared, shown=True)
    asked(shared)
    scope = AgencyScope(shared.agency.id, shared.worker.account_id)

    def there() -> int:
        with shared.desk.database.work(scope) as session:
            return sum(len(session.scalars(select(table.id)).all()) for table in (AgencyEntry, AgencyTask))

    assert there() == 2
    with shared.desk.place.work() as session:
        session.execute(update(AgencyGrant).values(ended_at=datetime.now(UTC)))
    assert there() == 0
    page = shared.client(shared.worker)
    assert "Ring her on Monday." not in page.get("/desk/partner/cases").text
    page.get(f"{shared.url}/entries", status=404)


@pytest.mark.clause("STAR-3.8")
def test_no_other_agency_finds_or_writes_anything_of_it(shared: Shared) -> None:
    wrote(shared, shown=True)
    asked(shared)
    other = agency_of(shared.desk.database)
    who = other.somebody()
    with shared.desk.database.work(AgencyScope(other.id, who.account_id)) as session:
        for table in (AgencyEntry, AgencyTask):
            assert session.scalars(select(table.id)).all() == []
    mine = AgencyScope(shared.agency.id, shared.worker.account_id)
    with pytest.raises(REFUSED), shared.desk.database.work(mine) as session:
        session.execute(text("UPDATE agency_task SET due_on = now()"))
    forged = (
        "INSERT INTO agency_entry SELECT landlord_id, gen_random_uuid(), case_id, id, "
        f"'{other.id}', 'note', now(), now(), '{who.account_id}', 'x', true, NULL, '', NULL FROM agency_grant"
    )
    with pytest.raises(REFUSED), shared.desk.database.work(mine) as session:
        session.execute(text(forged))


CODE = re.compile(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}")
SECRET = "three plain words together"


def invited(shared: Shared, email: str) -> tuple[PageClient, str]:
    """The agency's coordinator asks somebody in: their pages, and the code."""
    page = shared.client(shared.agency.somebody(AgencyRole.COORDINATOR))
    page.get("/desk/partner/people/invite")
    page.submit({"name": "Kim Example", "email": email, "roles": ["worker"]}, form="/invite")
    return page, CODE.search(page.page.html)[0]


def choosing(app: Flask, email: str, code: str, status: int = 200) -> PageClient:
    """Somebody chooses a password with a code."""
    page = PageClient(app)
    page.get("/desk/first-password")
    page.submit({"email": email, "code": code, "password": SECRET}, status=status)
    return page


def test_somebody_comes_in_by_the_code_that_landlords_use_too(shared: Shared, app: Flask) -> None:
    email = f"{new_id().hex}@agency.example"
    coordinator, first = invited(shared, email)
    people = coordinator.get("/desk/partner/people")
    assert "Kim Example" in people.text.partition("Invited, not here yet")[2]
    coordinator.submit(form="/code")
    code = CODE.search(coordinator.page.html)[0]
    choosing(app, email, first, status=422)
    page = choosing(app, email, code)
    assert page.url.startswith("/desk/sign-in")
    page.submit({"email": email, "password": SECRET})
    assert page.page.h1s == ["You are asked in"]
    assert shared.agency.name in page.page.text
    page.get("/desk/partner/cases", status=403)
    page.get("/desk/partner/come-in")
    page.submit({}, form="/come-in")
    assert page.page.h1s == ["My cases"]
    choosing(app, email, code, status=422)
    assert "Invited, not here yet" not in coordinator.get("/desk/partner/people").text


@pytest.mark.parametrize("how", ["taken back", "too old", "agency left"])
def test_a_code_that_is_over_lets_nobody_in(shared: Shared, app: Flask, database: Database, how: str) -> None:
    email = f"{new_id().hex}@agency.example"
    coordinator, code = invited(shared, email)
    early = choosing(app, email, code)
    early.submit({"email": email, "password": SECRET})
    assert early.page.h1s == ["You are asked in"]
    if how == "taken back":
        coordinator.get("/desk/partner/people")
        coordinator.submit(form="/end")
    elif how == "too old":
        with database.work(AgencyScope(shared.agency.id, shared.worker.account_id)) as session:
            session.execute(update(AgencyInvitation).values(until_at=app.extensions["portal"].now()))
    else:
        with database.work(PlatformScope("test")) as session:
            agencies.leave(session, shared.agency.name)
    early.submit({}, form="/come-in")
    assert early.page.h1s == ["Your pages"]
    early.get("/desk/partner/cases", status=403)


def test_an_agency_that_asks_somebody_in_learns_nothing_of_where_they_are(shared: Shared, app: Flask) -> None:
    """Nobody's address, an officer's, and somebody's of another agency: one answer, one list, and no way in."""
    stranger = agency_of(shared.desk.database).somebody()
    known = [shared.officer, stranger]
    told = set()
    for email in (f"{new_id().hex}@agency.example", *(each.email for each in known)):
        page, code = invited(shared, email)
        answer = page.page.html.replace(email, "").replace(code, "")
        listed = page.get("/desk/partner/people").html.partition('id="invited"')[2].replace(email, "")
        told.add(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|csrf[^>]*|nonce[^ >]*", "", answer + listed))
        page.submit(form="/end")
        if email in {each.email for each in known}:
            choosing(app, email, code, status=422)
    assert len(told) == 1
    for each in known:
        assert shared.client(each).get("/desk/partner/come-in").h1s != ["You are asked in"]


def test_somebody_who_worked_elsewhere_before_signs_in_as_always_and_says_the_code(
    shared: Shared, app: Flask, database: Database
) -> None:
    """Whoever handed over the code does not have the account by it, and who has the account not the agency's cases."""
    other = agency_of(database)
    who = other.somebody()
    _, code = invited(shared, who.email)
    with database.work(other.scope(who)) as session:
        members.end(session, members_at(database, other.id, who), PORTAL, datetime.now(UTC))
    page = shared.client(who)
    assert page.get("/desk/").h1s == ["You are asked in"]
    assert "This is not the code" in page.submit({"code": "aaaa-bbbb-cccc-dddd"}, form="/come-in", status=422).text
    page.submit({"code": code.upper()}, form="/come-in")
    assert page.page.h1s == ["My cases"]


def test_whoever_has_the_agencys_code_does_not_come_in_at_a_landlord_that_asks_the_same_address(
    shared: Shared, app: Flask
) -> None:
    """The coordinator, who has the code, opens the account with it, and the agency's pages; and nothing else."""
    email = f"{new_id().hex}@agency.example"
    coordinator, code = invited(shared, email)
    manager = shared.desk.client(Role.MANAGER)
    manager.get(f"{shared.desk.url}/roles/invite")
    manager.submit({"email": email, "name": "Kim Example", "roles": ["officer"]}, form="/invite")
    page = choosing(app, email, code)
    page.submit({"email": email, "password": SECRET})
    page.get(f"{shared.desk.url}/reports", status=404)
    assert "First show that" in page.get("/desk/partner/come-in").text
    forged = {"invitation": asked_by_landlord(shared, email), "code": code}
    page.post("/desk/partner/come-in", forged, status=422)
    page.get(f"{shared.desk.url}/reports", status=404)
    coordinator.get("/desk/partner/people")
    coordinator.submit(form="/code")
    choosing(app, email, CODE.search(coordinator.page.html)[0], status=422)


def asked_by_landlord(shared: Shared, email: str) -> str:
    with shared.desk.place.work() as session:
        return str(session.scalars(select(StaffInvitation.id).where(StaffInvitation.email == email)).one())


def test_a_coordinator_ends_somebodys_access_at_once(shared: Shared) -> None:
    who: Staff = shared.agency.somebody()
    page = shared.client(who)
    page.get("/desk/partner/cases")
    coordinator = shared.client(shared.agency.somebody(AgencyRole.COORDINATOR))
    people = coordinator.get("/desk/partner/people")
    link = [each for each in people.links if "/people/" in each and not each.endswith("/invite")]
    for each in link:
        if who.email in coordinator.get(each).text:
            coordinator.submit(form="/end")
            break
    page.get("/desk/partner/cases", status=403)
