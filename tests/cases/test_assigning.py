"""A case goes to somebody who may work it; a wish that is not met needs a reason; confidences stay with managers."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.preferences import meets
from portal.domain.permissions import Role
from portal.store.audit import AuditEntry, Fact
from portal.store.outbox import OutboxEvent
from tests.client import PageClient
from tests.desk import Desk, DeskAt


def page_for(desk: Desk, case_id: UUID, *roles: Role) -> PageClient:
    client = desk.client(*roles)
    client.get(f"{desk.case_url(case_id)}/assign")
    return client


def assigned_to(desk: Desk, case_id: UUID) -> UUID | None:
    with desk.place.work() as session:
        return session.scalar(select(Case.assigned_to).where(Case.id == case_id))


def test_the_case_is_given_and_the_officer_will_be_told(desk: Desk) -> None:
    case_id, who = desk.case(), desk.somebody(Role.OFFICER, name="Hollis Example")
    page = page_for(desk, case_id, Role.OFFICER).submit({"account_id": str(who.account_id)})
    assert "Given to Hollis Example" in page.text
    assert assigned_to(desk, case_id) == who.account_id
    with desk.place.work() as session:
        assert "CaseAssigned" in session.scalars(select(OutboxEvent.kind)).all()
        facts = session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == case_id)).all()
    assert Fact.CASE_ASSIGNED in facts


@pytest.mark.parametrize("roles", [(Role.AUDITOR,), (Role.ADMINISTRATOR,)])
def test_nobody_is_offered_who_may_not_work_cases(desk: Desk, roles: tuple[Role, ...]) -> None:
    case_id, who = desk.case(), desk.somebody(*roles, name="Hollis Example")
    client = page_for(desk, case_id, Role.OFFICER)
    assert "Hollis Example" not in client.page.text
    page = client.submit({"account_id": str(who.account_id)}, status=422)
    assert "Choose somebody from the list." in page.text
    assert assigned_to(desk, case_id) is None


def test_a_stranger_and_nonsense_are_refused(desk: Desk, desk_at: DeskAt) -> None:
    case_id, elsewhere = desk.case(), desk_at("star").somebody(Role.OFFICER)
    client = page_for(desk, case_id, Role.OFFICER)
    for account_id in (str(elsewhere.account_id), "nonsense"):
        page = client.submit({"account_id": account_id}, status=422)
        assert "Choose somebody from the list." in page.text


@pytest.mark.clause("STAR-5.1b")
def test_an_unmet_wish_needs_a_reason_that_stays(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case(preferences=("same_sex:woman",))
    man = desk.somebody(Role.OFFICER, name="Hollis Example", offers=("man",))
    desk.somebody(Role.OFFICER, name="Maren Example", offers=("woman",))
    client = page_for(desk, case_id, Role.SENIOR)
    assert client.page.text.index("Maren Example") < client.page.text.index("Hollis Example")
    page = client.submit({"account_id": str(man.account_id), "why": "Nobody else is here."}, status=422)
    assert "Only a manager can decide otherwise" in page.text
    assert assigned_to(desk, case_id) is None
    client = page_for(desk, case_id, Role.MANAGER)
    page = client.submit({"account_id": str(man.account_id)}, status=422)
    assert "They asked for somebody of the same sex (woman). Say why it is not met." in page.text
    reason = {"account_id": str(man.account_id), "why": "Nobody else is here."}
    assert "Tell them that it cannot be met" in client.submit(reason, status=422).text
    assert assigned_to(desk, case_id) is None
    page = client.submit(reason | {"told": "y"})
    assert "Nobody else is here." in page.text
    assert assigned_to(desk, case_id) == man.account_id


def test_where_the_policy_says_where_possible_a_reason_by_an_officer_is_enough(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    case_id, who = desk.case(preferences=("culture",)), desk.somebody(Role.OFFICER)
    client = page_for(desk, case_id, Role.OFFICER)
    assert "Say why it is not met." in client.submit({"account_id": str(who.account_id)}, status=422).text
    client.submit({"account_id": str(who.account_id), "why": "Nobody has offered it."})
    assert assigned_to(desk, case_id) == who.account_id


def test_a_colleagues_background_is_never_said_to_be_the_same_as_theirs(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    desk.somebody(Role.OFFICER, name="Maren Example", offers=("woman", "culture:Kurdish"))
    asked = page_for(desk, desk.case(preferences=("culture",)), Role.OFFICER).page.text
    assert "Offers: woman, background Kurdish (ask whether it is theirs too)" in asked
    assert "cultural background (Kurdish)" not in asked
    unasked = page_for(desk, desk.case(), Role.OFFICER).page.text
    assert "Offers: woman, background Kurdish" in unasked
    assert "theirs too" not in unasked


def test_where_nobody_can_meet_it_the_page_says_so_and_what_was_done_stays(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    case_id, man = desk.case(preferences=("same_sex:woman",)), desk.somebody(Role.OFFICER, offers=("man",))
    client = page_for(desk, case_id, Role.SENIOR)
    nobody = "Nobody here has stated that they can meet this: somebody of the same sex (woman)."
    assert nobody in client.page.text
    done = {"account_id": str(man.account_id), "why": "A worker of a service comes along.", "told": "y"}
    story = client.submit(done).text
    for says in ("Not met: somebody of the same sex (woman)", "They were told", "A worker of a service"):
        assert says in story
    desk.somebody(Role.OFFICER, offers=("woman",))
    assert nobody not in page_for(desk, case_id, Role.SENIOR).page.text


def test_whom_they_mean_is_asked_and_holds_nobody_up(desk_at: DeskAt) -> None:
    """Under a policy that promises it: as long as nobody knows whom they mean, an officer can take the case to ask."""
    desk = desk_at("star")
    case_id, who = desk.case(preferences=("same_sex",)), desk.somebody(Role.OFFICER, offers=("woman",))
    client = page_for(desk, case_id, Role.OFFICER)
    assert "nobody has asked whether that is a woman or a man" in client.page.text
    page = client.submit({"account_id": str(who.account_id)}, status=422)
    assert "Say why it is not met." in page.text
    client.submit({"account_id": str(who.account_id), "why": "To be asked today."})
    assert assigned_to(desk, case_id) == who.account_id
    client.get(f"{desk.case_url(case_id)}/needs")
    client.submit({"wanted": ["same_sex:man"]}, form="/needs")
    page = page_for(desk, case_id, Role.OFFICER).page
    assert "Not known to meet: somebody of the same sex (man)" in page.text
    assert "nobody has asked" not in page.text


@pytest.mark.clause("STAR-3.5b")
def test_what_colleagues_offered_in_confidence_is_shown_to_managers_only(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case(preferences=("same_orientation",))
    who = desk.somebody(Role.OFFICER, name="Hollis Example", offers=("same_orientation",))
    for roles, sees in ((Role.OFFICER, False), (Role.SENIOR, False), (Role.MANAGER, True)):
        client = page_for(desk, case_id, roles)
        offered = client.page.text.split("Hollis Example")[1].split("Robin Example")[0]
        assert ("Offers: somebody of the same sexual orientation" in offered) is sees
    assert "sexual orientation" not in page_for(desk, desk.case(), Role.MANAGER).page.text, "nobody asked"
    client.submit({"account_id": str(who.account_id)})
    assert assigned_to(desk, case_id) == who.account_id


@pytest.mark.clause("STAR-3.5b")
def test_a_wish_that_only_managers_can_meet_is_a_task_for_one_of_them(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    manager = desk.somebody(Role.MANAGER, name="Maren Example")
    assert "Find the officer" not in desk.client(Role.OFFICER).get(f"{desk.case_url(desk.case())}/tasks").text
    tasks = f"{desk.case_url(desk.case(preferences=('same_orientation',)))}/tasks"
    client = desk.client(who=manager)
    page = client.get(tasks)
    assert "Find the officer whom they asked for" in page.text
    assert "Maren Example" in page.text
    client.get(next(link for link in page.links if link.endswith("/end")))
    page = client.submit({"ending": "unable", "words": "Nobody has offered it; a joint visit instead."}, form="/end")
    assert "Find the officer whom they asked for: tried, and could not be done" in page.text
    assert "a joint visit instead." in page.text


def test_with_htmx_the_form_alone_comes_back_and_the_case_whole(desk: Desk) -> None:
    case_id, who = desk.case(), desk.somebody(Role.OFFICER)
    client, htmx = page_for(desk, case_id, Role.OFFICER), {"HX-Request": "true"}
    revision = next(form["fields"]["revision"] for form in client.page.forms if "/assign" in form["action"])
    page = client.post(f"{desk.case_url(case_id)}/assign", {"revision": revision}, status=422, headers=htmx)
    assert page.html.lstrip().startswith('<div id="assign">')
    assert "Choose somebody." in page.text
    given = {"revision": revision, "account_id": str(who.account_id)}
    client.post(f"{desk.case_url(case_id)}/assign", given, status=204, headers=htmx)
    assert client.response.headers["HX-Redirect"].startswith(desk.case_url(case_id))
    assert assigned_to(desk, case_id) == who.account_id


def test_two_who_assign_at_once_are_told(desk: Desk) -> None:
    case_id, who = desk.case(), desk.somebody(Role.OFFICER)
    first, second = page_for(desk, case_id, Role.OFFICER), page_for(desk, case_id, Role.OFFICER)
    first.submit({"account_id": str(who.account_id)})
    page = second.submit({"account_id": str(who.account_id)}, status=409)
    assert "Somebody changed this meanwhile" in page.text


@pytest.mark.parametrize(
    ("offers", "preference", "met"),
    [
        (("woman",), "same_sex:woman", True),
        (("man",), "same_sex:woman", False),
        (("woman",), "same_sex", False),
        (("woman", "man"), "same_sex:own_words", False),
        (("own_words",), "same_sex:own_words", False),
        ((), "same_sex", False),
        (("culture:Kurdish",), "culture", True),
        (("culture:Kurdish",), "culture:Kurdish", True),
        (("culture:Somali",), "culture:Kurdish", False),
        (("specialist_officer",), "specialist_officer", True),
        (("speaks:pl",), "specialist_officer", False),
    ],
)
def test_which_offer_meets_which_wish(offers: tuple[str, ...], preference: str, met: bool) -> None:
    assert meets(offers, preference) is met
