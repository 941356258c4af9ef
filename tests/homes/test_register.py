"""The housing register and help to change: nobody is kept off on hearsay, and no word shows who has spoken."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.household import service as household
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.store.scope import PlatformScope
from portal.store.tenancy import Landlord
from tests.client import Page, PageClient
from tests.desk import MONDAY, Desk, DeskAt
from tests.homes.at_home import manager
from tests.homes.test_tenancy import does, tasks, tenancy

REGISTER = {
    "verdict": "kept_off",
    "source": "Log 311, kept in the file.",
    "reply": "not_safe",
    "reason": "Section 4 of the allocation policy.",
    "review_on": "2026-08-03",
}


def at_the_register(desk: Desk, client: PageClient, case_id: UUID, place: str) -> Page:
    said = {"place": place, "application": "A-1007", "words": "Named by two agencies."}
    return does(desk, client, case_id, "register", **said)


def judged(client: PageClient, page: Page, status: int = 200, **said: object) -> Page:
    client.get(
        next(each for each in page.links if "/tenancy/register/" in each and not each.endswith("/letter"))
    )
    return client.submit(REGISTER | said, form="/register/", status=status)


@pytest.mark.clause("NPH-ACCESS-2")
def test_nobody_is_kept_off_the_register_on_less_than_the_list_of_robust_information(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id, officer, boss = desk.case(), desk.client(Role.OFFICER), manager(desk)
    page = at_the_register(desk, officer, case_id, "applying")
    assert tasks(desk, case_id, TaskKind.REGISTER)
    refused = judged(boss, page, status=422, evidence=["hearsay"])
    assert "None of this is on the list of robust information" in refused.text
    assert "A manager decides this." in judged(officer, page, status=422, evidence=["police"]).text
    assert "Enter a day to come" in judged(boss, page, status=422, evidence=["police"], review_on="").text
    assert (
        "Say whether their answer was heard"
        in judged(boss, page, status=422, evidence=["police"], reply="").text
    )
    page = judged(boss, page, evidence=["police"])
    assert "They are kept off the register" in page.text
    assert "Looked at again 3 August 2026" in page.text
    assert len(tasks(desk, case_id, TaskKind.REGISTER)) == 1, "it is looked at again on that day"


@pytest.mark.clause("NPH-ACCESS-3")
def test_somebody_accepted_already_goes_into_the_reduced_band_on_a_named_source_by_a_manager(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    case_id, officer, boss = desk.case(), desk.client(Role.OFFICER), manager(desk)
    page = at_the_register(desk, officer, case_id, "accepted")
    assert "the policy gives a reduced band" in judged(boss, page, status=422, evidence=["police"]).text
    said: dict[str, object] = {"verdict": "reduced", "evidence": ["agency"]}
    assert "name the source" in judged(boss, page, status=422, **said, source="").text
    assert "A manager decides this." in judged(officer, page, status=422, **said).text
    assert "They are put into the reduced band" in judged(boss, page, **said).text


def test_the_letter_about_the_register_names_nobody_who_told_and_says_how_to_answer(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id, boss = desk.case(name="Wilhelmina Featherstone"), manager(desk)
    page = judged(boss, at_the_register(desk, boss, case_id, "applying"), evidence=["conviction"])
    letter = boss.get(next(each for each in page.links if each.endswith("/letter")))
    words = letter.html.partition('id="letter"')[2].partition("</div>")[0]
    assert "not to place it on the register" in words
    assert "ask for a review" in words
    for told in (
        "Wilhelmina",
        "Featherstone",
        "Log 311",
        "agencies",
        "abuse",
        "violence",
        "police",
        "Section 4",
    ):
        assert told not in words


@pytest.fixture
def with_services(desk_at: DeskAt) -> DeskAt:
    """Landlords with the list of help of the one whose policy they follow."""

    def at(like: str) -> Desk:
        desk = desk_at(like)
        with desk.database.work(PlatformScope("test")) as session:
            face = session.scalars(select(Landlord.face).where(Landlord.slug == like)).one()
            session.get_one(Landlord, desk.place.id).face = face
        desk.app.extensions["landlords"]._read_at = -1e9
        return desk

    return at


@pytest.mark.clause("HAV-4.15", "HAV-3.5a", "STAR-3.11a")
@pytest.mark.parametrize("like", ["havebury", "star"])
def test_who_wants_to_change_is_told_of_a_service_and_of_nothing_else(
    with_services: DeskAt, like: str
) -> None:
    desk = with_services(like)
    case_id = desk.case(name="Wilhelmina Featherstone", address="3 Example Close")
    officer = desk.client(Role.OFFICER)
    page = officer.get(f"{tenancy(desk, case_id)}/change")
    handed = page.html.partition('id="handed"')[2].partition("</blockquote>")[0]
    assert "Respect Phoneline: 0808 802 4040" in handed
    for told in (
        "Wilhelmina",
        "Featherstone",
        "Example Close",
        desk.place.slug,
        "report",
        "abuse",
        "case",
        "told us",
    ):
        assert told not in handed
    said = {
        "service": "respect-phoneline",
        "way": "general",
        "answer": "taken",
        "safety": "It lies with every rent letter.",
    }
    clause = "HS-026 3.5" if like == "havebury" else "STAR 3.11"
    assert f"Say whether they stay safe. ({clause})" in officer.submit(said, form="/change", status=422).text
    refused = officer.submit(said | {"safe": "no"}, form="/change", status=422)
    assert f"It would put them at risk: it is not done. ({clause})" in refused.text
    page = officer.submit(said | {"safe": "yes"}, form="/change")
    assert (
        "Respect Phoneline: with general papers that everybody gets. They took it. 2 Feb 10:00" in page.text
    )


@pytest.mark.clause("NPH-ACCESS-1")
def test_an_applicant_who_is_known_to_harm_is_looked_into_and_nobody_else_leaves_a_trace(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    case_id, officer, boss = (
        desk.case(name="Wilhelmina Featherstone"),
        desk.client(Role.OFFICER),
        manager(desk),
    )
    with desk.place.work() as session:
        details = {"name": "Sam Example", "born": "1989-05-14"}
        household.add(session, case_id, "other_person", details, desk.place.actor(None), MONDAY)
    apply = f"{desk.url}/register"
    officer.get(apply)
    page = officer.submit(
        {"name": "Example, Sam", "born": "1990-05-14", "application": "A-1"}, form="/register"
    )
    assert "Nobody of this name and birthday is known here" in page.text
    assert not tasks(desk, case_id, TaskKind.REGISTER)
    page = officer.submit(
        {"name": "sam  EXAMPLE", "born": "1989-05-14", "application": "A-1007"}, form="/register"
    )
    assert "An investigation has begun." in page.text
    assert "Featherstone" not in page.text
    (task,) = tasks(desk, case_id, TaskKind.REGISTER)
    assert task.clause == "NPH Access to Housing, para 1"
    page = officer.get(tenancy(desk, case_id))
    assert "Application A-1007 Under investigation" in page.text
    assert "Choose what it rests on" in judged(boss, page, status=422).text
    page = judged(boss, page, evidence=["order"])
    letter = boss.get(next(each for each in page.links if each.endswith("/letter")))
    words = letter.html.partition('id="letter"')[2].partition("</div>")[0]
    assert "Featherstone" not in words
    assert "You can tell us within 21 days" in words
