"""A serious risk goes to the police, or two people stand for the reason why not; nobody agrees to their own."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.serious.models import SeriousMatter
from portal.cases.tasks.models import Task
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from tests.desk import Desk, DeskAt
from tests.sharing_desk import Sharing, sharing_at

WAITS = "A serious matter waits"
NO = {"why": "She asks us not to: he would know it was her.", "instead": "A move on Friday, new locks tonight."}
CLOSING = {"reason": "declined", "words": "No more.", "residual": "standard", "told": "spoken", "despite": "Asked."}


@pytest.fixture
def case(desk_at: DeskAt) -> Sharing:
    """A case at whg, worked by the officer who has it."""
    found = sharing_at(desk_at("whg"))
    with found.desk.place.work() as session:
        session.get_one(Case, (found.desk.place.id, found.case_id)).assigned_to = found.who.account_id
    return found


def matter(case: Sharing) -> SeriousMatter:
    with case.desk.place.work() as session:
        found = session.scalars(select(SeriousMatter).where(SeriousMatter.case_id == case.case_id)).one()
        session.expunge(found)
        return found


def tasks_of(desk: Desk, case_id: UUID) -> set[str]:
    with desk.place.work() as session:
        return set(session.scalars(select(Task.kind).where(Task.case_id == case_id, Task.ended_at.is_(None))))


def closed(case: Sharing, status: int = 200) -> str:
    case.officer.get(f"{case.url}/close")
    return case.officer.submit(CLOSING, status=status, form="/close").text


@pytest.mark.clause("WHG-2.4c")
def test_a_serious_risk_is_reported_or_somebody_else_agrees_to_the_reason_why_not(case: Sharing) -> None:
    case.assess(14)
    page = case.officer.get(f"{case.url}/safeguarding").text
    assert "A serious risk for the future No answer yet" in page
    assert TaskKind.SERIOUS in tasks_of(case.desk, case.case_id)
    assert WAITS in closed(case, 422)
    asking = f"{case.url}/serious/{matter(case).id}/not"
    case.officer.get(asking)
    assert "Write what is done instead" in case.officer.submit(NO | {"instead": ""}, status=422, form="/not").text
    case.officer.submit(NO, form="/not")
    assert TaskKind.SECOND_PERSON in tasks_of(case.desk, case.case_id)
    assert WAITS in closed(case, 422), "asked is not agreed"
    looking = f"{case.url}/serious/{matter(case).id}/second"
    case.officer.get(looking, status=404)
    assert "Serious matters without an answer 1" in case.senior.get(f"{case.desk.url}/safeguarding").text
    case.senior.get(looking)
    returned = case.senior.submit({"agrees": "no", "words": "Ask the police what they know."}, form="/second").text
    assert "Given back: Ask the police what they know." in returned
    case.officer.get(asking)
    case.officer.submit(NO, form="/not")
    case.senior.get(looking)
    page = case.senior.submit({"agrees": "yes", "words": "She leaves on Friday."}, form="/second").text
    assert "Decided not to report" in page
    assert "He would know it was her." in page.replace("he would", "He would")
    assert "She leaves on Friday." in page
    assert not {TaskKind.SERIOUS, TaskKind.SECOND_PERSON} & tasks_of(case.desk, case.case_id)
    assert "The case is closed." in closed(case)


@pytest.mark.clause("WHG-2.4c")
def test_nobody_agrees_to_what_they_asked_for_or_what_is_asked_for_a_case_that_they_have(case: Sharing) -> None:
    senior = case.desk.somebody(Role.SENIOR)
    own = case.desk.client(who=senior)
    own.get(f"{case.url}/serious")
    own.submit({"matter": "crime", "words": "A neighbour saw the knife."}, form="/serious")
    one = matter(case)
    own.get(f"{case.url}/serious/{one.id}/not")
    own.submit(NO, form="/not")
    own.get(f"{case.url}/serious/{one.id}/second")
    answer = {"agrees": "yes", "words": "Mine."}
    assert "somebody else must look at it" in own.submit(answer, status=422, form="/second").text
    with case.desk.place.work() as session:
        here = case.desk.somebody(Role.MANAGER)
        session.get_one(Case, (case.desk.place.id, case.case_id)).assigned_to = here.account_id
    holder = case.desk.client(who=here)
    holder.get(f"{case.url}/serious/{one.id}/second")
    assert "somebody else must look at it" in holder.submit(answer, status=422, form="/second").text
    assert matter(case).decision is None


@pytest.mark.clause("WHG-2.4c")
def test_a_share_with_the_police_that_has_left_answers_it_and_shows_what_they_were_told(case: Sharing) -> None:
    case.assess(14)
    page = case.officer.get(f"{case.url}/safeguarding")
    link = next(each for each in page.links if "/shares/without" in each)
    form = case.officer.get(link).html
    assert 'value="serious-future-risk" checked' in form
    case.without("West Police", "police", "serious-future-risk", "serious_risk", basis="6-1-f", law="")
    assert matter(case).decision is None, "asked is not reported"
    case.second()
    case.officer.get(case.officer.url.partition("?")[0])
    case.leave("print")
    one = matter(case)
    assert (one.decision, one.decided_by) == ("reported", case.who.name)
    page = case.officer.get(f"{case.url}/safeguarding").text
    assert "Reported to the police" in page
    assert "What exactly the police were told" in page
    assert "The case is closed." in closed(case)


def test_what_went_to_the_police_on_their_agreement_can_be_named_as_the_report(case: Sharing) -> None:
    case.officer.get(f"{case.url}/serious")
    case.officer.submit({"matter": "crime", "words": "A neighbour saw the knife."}, form="/serious")
    naming = f"{case.url}/serious/{matter(case).id}/reported"
    assert "Nothing has gone to the police from here." in case.officer.get(naming).text
    case.consent("West Police", "police", "person")
    case.share_on("person")
    case.leave("print")
    [gone] = case.gone()
    case.officer.get(naming)
    assert "Reported to the police" in case.officer.submit({"left": str(gone.id)}, form="/reported").text
    assert matter(case).left_id == gone.id


def test_an_incident_that_the_police_do_not_know_of_asks_by_itself_and_news_undoes_what_was_asked(
    case: Sharing,
) -> None:
    told = {"known": "day", "day": "2026-02-01", "what": "He held her by the throat.", "acts": ["strangulation"],
            "told_by": "survivor", "told_day": "2026-02-02", "told_time": "09:00"}  # fmt: skip
    case.officer.get(f"{case.url}/incidents/new")
    case.officer.submit(told | {"report_wish": "known"}, form="/incidents/new")
    assert "None is noted." in case.officer.get(f"{case.url}/safeguarding").text
    case.officer.get(f"{case.url}/incidents/new")
    case.officer.submit(told, form="/incidents/new")
    one = matter(case)
    assert one.matter == "crime"
    case.officer.get(f"{case.url}/serious/{one.id}/not")
    case.officer.submit(NO, form="/not")
    case.senior.get(f"{case.url}/serious/{one.id}/second")
    case.officer.get(f"{case.url}/incidents/new")
    case.officer.submit(told | {"what": "And again tonight."}, form="/incidents/new")
    page = case.senior.submit({"agrees": "yes", "words": "Fine."}, status=409, form="/second").html
    assert "Somebody changed this meanwhile" in page
    assert "And again tonight." in page
    assert "Fine." in page
    assert matter(case).proposed_at is None


def test_where_the_policy_speaks_of_neither_there_is_no_such_page(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    assert "Serious matters" not in officer.get(f"{desk.case_url(case_id)}/safeguarding").text
    officer.get(f"{desk.case_url(case_id)}/serious", status=404)
