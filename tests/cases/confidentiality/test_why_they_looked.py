"""Whoever opens a case that is not theirs is asked why; what they say, and that they said nothing, is there to read."""

from uuid import UUID

from sqlalchemy import select

from portal.cases import service
from portal.cases.looking.models import LookReason
from portal.cases.tasks.service import Proposal, propose
from portal.domain.intake import Danger
from portal.domain.looking import Asking
from portal.domain.permissions import Role
from portal.domain.policy.casework import PORTAL_ASKING
from portal.domain.tasks import TaskKind
from portal.store.audit import PORTAL, UNSAID, AuditEntry, Fact
from tests.conftest import Staff
from tests.desk import MONDAY, Desk, london

ASKS = "Say why you look at it"


def given(desk: Desk, **said: object) -> tuple[UUID, Staff]:
    """A case, and the officer who has it."""
    case_id, officer = desk.case(**said), desk.somebody(Role.OFFICER)
    with desk.place.work() as session:
        service.assign(session, case_id, officer.account_id, officer.name, PORTAL, MONDAY, "")
    return case_id, officer


def looks(desk: Desk, who: Staff) -> list[str | None]:
    with desk.place.work() as session:
        query = select(AuditEntry.detail).where(
            AuditEntry.account_id == who.account_id,
            AuditEntry.fact == Fact.CASE_READ,
            AuditEntry.detail.is_distinct_from("reference"),
        )
        return list(session.scalars(query.order_by(AuditEntry.position)))


def test_whoever_opens_the_case_of_another_is_asked_why_and_a_manager_reads_the_answer(desk: Desk) -> None:
    case_id, officer = given(desk)
    other = desk.somebody(Role.OFFICER, name="Kim Curious")
    assert ASKS not in desk.client(who=officer).get(desk.case_url(case_id)).text
    client, url = desk.client(who=other), f"{desk.case_url(case_id)}/why-look"
    assert ASKS in client.get(f"{desk.case_url(case_id)}/tasks").text, "on every page of the case"
    client.get(url)
    assert "Choose why you look at it." in client.submit({}, status=422).text
    page = client.submit({"why": "other"}, status=422)
    assert "Write why you look at it." in page.text
    page = client.submit({"why": "other", "words": "Her sister rang the front desk."})
    assert "Your reason is kept" in page.text
    assert ASKS not in page.text
    assert looks(desk, other) == [UNSAID, None]
    manager = desk.client(Role.MANAGER)
    page = manager.get(f"{desk.case_url(case_id)}/looked")
    assert "Something else: Her sister rang the front desk." in page.text
    assert "no reason" in page.text
    page = manager.get(f"{desk.url}/audit?unsaid=yes")
    assert page.text.count("Kim Curious") == 2, "once as a choice, once for the look without a reason"
    with desk.place.work() as session:
        assert b"sister" not in session.scalars(select(LookReason.sealed)).one()


def test_an_answer_holds_for_the_working_day_and_is_asked_for_anew_on_the_next(desk: Desk) -> None:
    case_id, _ = given(desk)
    client = desk.client(Role.SENIOR)
    client.get(f"{desk.case_url(case_id)}/why-look")
    client.submit({"why": "supervision"})
    desk.clock.at = london(2, 17)
    assert ASKS not in client.get(desk.case_url(case_id)).text
    desk.clock.at = london(3, 10)
    client = desk.client(who=desk.somebody(Role.SENIOR))
    assert ASKS in client.get(desk.case_url(case_id)).text


def test_nobody_is_asked_about_a_case_that_nobody_has_or_on_which_they_have_something_to_do(desk: Desk) -> None:
    free = desk.case()
    case_id, _ = given(desk)
    helper = desk.somebody(Role.OFFICER)
    with desk.place.work() as session:
        propose(session, case_id, Proposal(TaskKind.OWN, "Ring the school.", owner=helper.account_id), PORTAL, MONDAY)
    client = desk.client(who=helper)
    assert ASKS not in client.get(desk.case_url(free)).text
    assert ASKS not in client.get(desk.case_url(case_id)).text


def test_where_the_landlord_wants_it_first_nothing_is_shown_before_it_is_said(desk: Desk) -> None:
    desk.place.sets("havebury", asks_why=PORTAL_ASKING.model_copy(update={"value": Asking.FIRST}))
    case_id, officer = given(desk, name="Catherine Ashworth")
    urgent, _ = given(desk, name="Perpetua Quillfeather", danger=Danger.LIFE)
    client = desk.client(Role.OFFICER)
    page = client.get(desk.case_url(case_id))
    assert client.url.endswith("/why-look")
    assert "Ashworth" not in page.html
    assert "Quillfeather" in client.get(desk.case_url(urgent)).html, "where a life is in danger nobody is held up"
    client.get(desk.case_url(case_id))
    assert "Ashworth" in client.submit({"why": "cover"}).html
    assert "Ashworth" in desk.client(who=officer).get(desk.case_url(case_id)).html
