"""Opening a restricted case in an emergency: by its reference, with a reason, for an hour, and everybody is told."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from portal.cases.confidentiality.emergency import LASTS
from portal.cases.confidentiality.models import CaseReader
from portal.cases.models import Case
from portal.domain.permissions import Role
from portal.messaging.words import Kind, words_of
from portal.store.audit import AuditEntry, Fact
from tests.cases.confidentiality.test_restricted import manager_of, restricted
from tests.desk import Desk

WHY = "The police ring: he is on his way to her, and her officer does not answer."
NOTHING = "There is nothing under this reference"


@pytest.fixture
def today(desk: Desk) -> Desk:
    """The hour is counted by the database, which knows only the true time."""
    desk.clock.at = None
    return desk


def reference_of(desk: Desk, case_id: object) -> str:
    with desk.place.work() as session:
        return session.scalars(select(Case.reference).where(Case.id == case_id)).one()


def test_it_opens_for_an_hour_and_everybody_concerned_is_told_at_once(today: Desk) -> None:
    desk, manager, named = today, manager_of(today), today.somebody(Role.OFFICER)
    other_manager, officer = desk.somebody(Role.MANAGER), desk.somebody(Role.OFFICER, name="Esa Emergency")
    desk.somebody(Role.ADMINISTRATOR)
    case_id = restricted(desk, manager, named)
    client = desk.client(who=officer)
    client.get(desk.case_url(case_id), status=404)
    client.get("/desk/search")
    nothing = client.submit({"words": reference_of(desk, case_id)}, form="search")
    assert "Nothing found" in nothing.text
    client.get(next(each for each in nothing.links if each.endswith("/emergency")))
    page = client.submit({"reference": reference_of(desk, case_id).lower(), "words": WHY})
    assert "open to you for an hour" in page.text
    for stands in (WHY, "Esa Emergency"):
        assert stands in page.text, "not on the timeline"
    told = [each for each in desk.place.messages() if each.kind == Kind.EMERGENCY.value]
    assert {each.account_id for each in told} == {each.account_id for each in (manager, named, other_manager)}
    for each in told:
        mail = words_of(Kind(each.kind), each.code, each.link)
        assert "Quillfeather" not in mail.body
        assert reference_of(desk, case_id) not in mail.subject + mail.body
    with desk.place.work() as session:
        row = session.scalars(select(CaseReader).where(CaseReader.emergency)).one()
        assert row.until == row.since + LASTS
        over = datetime.now(UTC) - timedelta(seconds=1)
        session.execute(update(CaseReader).where(CaseReader.id == row.id).values(until=over))
    client.get(desk.case_url(case_id), status=404)


def test_managers_review_it_and_those_who_are_not_named_see_only_that_it_was(today: Desk) -> None:
    desk, manager = today, manager_of(today)
    case_id = restricted(desk, manager)
    reference = reference_of(desk, case_id)
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.url}/emergency")
    officer.submit({"reference": reference, "words": WHY})
    client = desk.client(who=manager)
    assert reference in client.get(f"{desk.url}/emergencies").text
    page = client.get(f"{desk.case_url(case_id)}/confidentiality")
    (reader_id,) = {part.split("/")[0] for part in page.html.split("readers/")[1:] if "/review" in part[:45]}
    url = f"{desk.case_url(case_id)}/confidentiality/readers/{reader_id}/review"
    assert "Rightly done" in client.post(url, {f"{reader_id}-words": "Rightly done: her life was in danger."}).text
    other = desk.client(Role.MANAGER).get(f"{desk.url}/emergencies").text
    assert "Restricted, and you are not named" in other
    assert reference not in other
    desk.client(Role.OFFICER).get(f"{desk.url}/emergencies", status=403)


def test_every_refusal_says_the_same_and_is_written_down(today: Desk) -> None:
    desk, manager = today, manager_of(today)
    case_id, plain = restricted(desk, manager), desk.case()
    about_a_colleague = restricted(desk, manager, works_here=True)
    barred = desk.somebody(Role.OFFICER)
    desk.client(who=manager).post(
        f"{desk.case_url(case_id)}/confidentiality/bar", {"bar-account_id": str(barred.account_id), "bar-words": "x"}
    )
    client = desk.client(who=barred)
    answers = set()
    for reference in ("XXX-NONE-1", *(reference_of(desk, each) for each in (case_id, plain, about_a_colleague))):
        client.get(f"{desk.url}/emergency")
        page = client.submit({"reference": reference, "words": WHY}, status=422)
        assert NOTHING in page.text
        answers.add(page.text.replace(reference, "…"))
    assert len(answers) == 1
    with desk.place.work() as session:
        refused = select(AuditEntry.subject_id).where(AuditEntry.fact == Fact.EMERGENCY_REFUSED.value)
        assert session.scalars(refused).all() == [None] * 4
        assert not session.scalars(select(CaseReader.id).where(CaseReader.emergency)).all()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_it_is_not_for_administrators_and_auditors(today: Desk, role: Role) -> None:
    today.client(role).get(f"{today.url}/emergency", status=403)
