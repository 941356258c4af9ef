"""What an agency's people do with a shared case: do what they are asked, write in their own section, ask others in."""

import io
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from portal.cases.tasks.models import Task
from portal.domain.agency_roles import AgencyRole
from portal.domain.tasks import TaskKind
from portal.partners.asked.models import AgencyTask
from portal.partners.entries.models import AgencyEntry
from portal.partners.grants.models import AgencyGrant
from portal.partners.members.models import AgencyInvitation
from portal.people.models import Account
from portal.store.audit import AuditEntry, Fact
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import AgencyScope
from tests.client import PageClient
from tests.conftest import Clock, Staff
from tests.partners.granting import DAY, WORDS, Shared, a_shared_case, agency_of
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


def invited(shared: Shared, email: str) -> tuple[PageClient, str]:
    """The agency's coordinator asks somebody in: their pages, and the link."""
    page = shared.client(shared.agency.somebody(AgencyRole.COORDINATOR))
    page.get("/desk/partner/people/invite")
    page.submit({"name": "Kim Example", "email": email, "roles": ["worker"]}, form="/invite")
    link = page.page.html.split("/desk/partner/join/")[1].split('"')[0]
    return page, f"/desk/partner/join/{link}"


def test_somebody_comes_in_by_a_link_that_works_once(shared: Shared, app: Flask) -> None:
    email = f"{new_id().hex}@agency.example"
    coordinator, link = invited(shared, email)
    page = PageClient(app)
    page.get(link)
    page.submit({"password": "short", "again": "short"}, status=422)
    secret = "three plain words together"
    page.submit({"password": secret, "again": secret})
    assert page.url.startswith("/desk/sign-in")
    page.submit({"email": email, "password": secret})
    assert "My cases" in page.page.text
    PageClient(app).get(link, status=404)
    assert "Kim Example" in coordinator.get("/desk/partner/people").text


@pytest.mark.parametrize("how", ["taken back", "too old", "agency left", "known already", "never was"])
def test_every_link_that_does_not_work_answers_alike(
    shared: Shared, app: Flask, database: Database, how: str
) -> None:
    """Whoever has an account at a landlord or elsewhere learns nothing, and nobody learns that they have."""
    email = f"{new_id().hex}@agency.example"
    coordinator, link = invited(shared, shared.officer.email if how == "known already" else email)
    if how == "taken back":
        coordinator.get("/desk/partner/people")
        coordinator.submit(form="/invitations/")
    elif how == "too old":
        with database.work(AgencyScope(shared.agency.id, shared.worker.account_id)) as session:
            past = app.extensions["portal"].now() - timedelta(seconds=1)
            session.execute(update(AgencyInvitation).values(until_at=past))
    elif how == "never was":
        link = link[:-3] + "xyz"
    elif how == "agency left":
        link = f"/desk/partner/join/{new_id().hex}{link[-20:]}"
    page = PageClient(app)
    if how == "known already":
        page.get(link)
        secret = "three plain words together"
        page.submit({"password": secret, "again": secret}, status=404)
    else:
        page.get(link, status=404)
    assert "This link does not work" in page.page.text
    with database.work(AgencyScope(shared.agency.id, shared.worker.account_id)) as session:
        assert session.scalar(select(Account.id).where(Account.email == email)) is None


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


def test_somebody_is_referred_by_the_same_door_as_from_anyone_else(shared: Shared) -> None:
    page = shared.client(shared.worker).get("/desk/partner/refer")
    assert "/havebury/" in page.links
    assert "You do not know the landlord" in page.text
