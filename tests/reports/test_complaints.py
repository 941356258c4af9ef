"""A complaint about handling: its clocks, who may handle it, how little they read, and what is learned."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal.cases.models import Case, Contact
from portal.cases.retention.service import NotErasableError, erase
from portal.cases.stages import close as close_case
from portal.domain.complaints import Complains, Outcome, Shown
from portal.domain.figures import Quarter, released
from portal.domain.permissions import Role
from portal.domain.retention import Blocker
from portal.messaging.words import Kind
from portal.reports.complaints import service
from portal.reports.complaints.jobs import remind_of_complaints
from portal.reports.complaints.models import Complaint, ComplaintStep
from portal.reports.complaints.service import Linked
from portal.reports.findings.models import Recommendation
from portal.reports.performance.measures import BY_KEY, When
from portal.reports.performance.queries import counted
from portal.reports.performance.service import RULES
from portal.store.audit import Actor, AuditEntry, Fact
from portal.store.base import new_id
from tests.client import PageClient
from tests.conftest import Staff
from tests.desk import MONDAY, Desk, DeskAt, london

ME = Actor(None, "Robin Example")
SAYS = "Nobody rang back for a week."
ALL_PARTS = ["clocks", "contacts", "plans", "home"]


def linked(desk: Desk, case_id: UUID, handler: Staff, by: str = "survivor", at: datetime = MONDAY) -> UUID:
    """A complaint, linked on the page of its case by an officer."""
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/complaints/add")
    said = {"by": by, "day": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}", "says": SAYS, "answer_to": "Through the officer"}
    client.submit(said | {"parts": ALL_PARTS, "handler": str(handler.account_id)}, form="/complaints/add")
    with desk.place.work() as session:
        return session.scalars(select(Complaint.id).order_by(Complaint.id.desc())).first() or case_id


def handled(desk: Desk, client: PageClient, complaint_id: UUID, step: str, **said: object) -> str:
    url = f"{desk.url}/complaints/{complaint_id}/{step}"
    client.get(url)
    return client.submit(said, form=f"/{step}").text


def due(desk: Desk, complaint_id: UUID) -> datetime:
    with desk.place.work() as session:
        return session.get_one(Complaint, (desk.place.id, complaint_id)).due_at


@pytest.mark.clause("WHG-3.5")
def test_whoever_handles_it_sees_only_the_parts_that_were_chosen_and_the_record_stays_until_it_is_closed(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("whg")
    case_id, handler = desk.case(), desk.somebody(Role.COMPLAINTS)
    with desk.place.work() as session:
        session.add(
            Contact(landlord_id=desk.place.id, id=new_id(), case_id=case_id, at=MONDAY, channel="call",
                    recorded_at=MONDAY, account_id=handler.account_id, outcome="no_answer", verdict="safe", sealed=b"")
        )  # fmt: skip
    complaint_id = linked(desk, case_id, handler)
    client = desk.client(who=handler)
    why = f"{desk.url}/complaints/{complaint_id}#times"
    assert f'href="{why}">Why this time' in client.get(f"{desk.url}/complaints").html
    page = client.get(f"{desk.url}/complaints/{complaint_id}")
    assert 'href="#times">Why this time' in page.html
    assert "5 working days to acknowledge" in page.text
    assert "Policy: whg" in page.text
    assert SAYS in page.text
    assert "Call. No answer" in page.text
    assert "09:00 to 12:00" in page.text or "any time" in page.text.lower(), "how contact is safe goes with it"
    with desk.place.work() as session:
        reference = session.get_one(Case, (desk.place.id, case_id)).reference
    for word in ("River Canary", "01632", reference, "Open the case"):
        assert word not in page.html, word
    client.get(desk.case_url(case_id), status=404)
    client.get(f"{desk.case_url(case_id)}/complaints", status=404)
    with desk.place.work() as session:
        session.execute(
            update(Complaint).where(Complaint.id == complaint_id).values(parts=["clocks"])
        )
    assert "Call. No answer" not in client.get(f"{desk.url}/complaints/{complaint_id}").text
    with desk.place.work() as session:
        read = session.scalars(select(AuditEntry.subject_id).where(AuditEntry.fact == Fact.COMPLAINT_READ)).all()
    assert set(read) == {case_id}, "each reading is written down as one of the case"
    kept_until_closed(desk, client, case_id, complaint_id)


def kept_until_closed(desk: Desk, client: PageClient, case_id: UUID, complaint_id: UUID) -> None:
    """The time to erase it has come, and it is not erased; once the complaint is closed it does not stand against."""
    with desk.place.work() as session:
        close_case(session, case_id, "helped", "Well.", ME, MONDAY)
        case = session.get_one(Case, (desk.place.id, case_id))
        case.keep_until = case.keeping_warned_on = MONDAY.date() - timedelta(days=60)
    assert stands_against(desk, case_id) >= {Blocker.COMPLAINT, Blocker.HELD}
    for step, said in (
        ("acknowledge", {"words": "We have it."}),
        ("answer", {"outcome": "upheld", "words": "We are sorry."}),
        ("close", {"words": "Ring back on the day."}),
    ):
        handled(desk, client, complaint_id, step, **said)
    assert not stands_against(desk, case_id) & {Blocker.COMPLAINT, Blocker.HELD}


def stands_against(desk: Desk, case_id: UUID) -> set[Blocker]:
    try:
        with desk.place.work() as session:
            erase(session, case_id, ME, MONDAY)
            session.rollback()
    except NotErasableError as refused:
        return set(refused.stands)
    return set()


def test_it_is_acknowledged_in_five_working_days_answered_in_ten_and_put_off_once_at_most(desk: Desk) -> None:
    """From Monday 2 February 2026, by hand: the 9th; acknowledged on the 4th, the 18th; put off by 3, the 23rd."""
    case_id, handler = desk.case(), desk.somebody(Role.COMPLAINTS)
    complaint_id = linked(desk, case_id, handler)
    assert due(desk, complaint_id) == london(9, 17)
    desk.clock.at = london(4, 11)
    client = desk.client(who=handler)
    handled(desk, client, complaint_id, "acknowledge", words="We have it.")
    assert due(desk, complaint_id) == london(18, 17)
    url = f"{desk.url}/complaints/{complaint_id}/longer"
    client.get(url)
    page = client.submit({"days": "3", "words": "A witness is away."}, form="/longer", status=422)
    assert "nothing is put off without their knowing" in page.text
    page = client.submit({"days": "11", "told": "y"}, form="/longer", status=422)
    assert "by 10 working days at most" in page.text
    page = client.submit({"days": "3", "told": "y"}, form="/longer")
    assert "A witness is away." in page.text
    assert due(desk, complaint_id) == london(23, 17)
    client.get(url)
    assert "put off once already" in client.submit(
        {"days": "1", "told": "y", "words": "Again."}, form="/longer", status=422
    ).text
    assert "Housing Ombudsman" in page.text
    assert "the portal’s own" in page.text, "no policy states these times, and the page says so"


def test_stage_two_is_looked_at_by_somebody_else_and_has_twenty_working_days(desk: Desk) -> None:
    """Asked for on Thursday 5 March 2026: acknowledged that day, answered by Thursday 2 April."""
    case_id = desk.case()
    first, second = desk.somebody(Role.COMPLAINTS), desk.somebody(Role.COMPLAINTS)
    complaint_id, client = linked(desk, case_id, first), desk.client(who=first)
    handled(desk, client, complaint_id, "acknowledge", words="We have it.")
    handled(desk, client, complaint_id, "answer", outcome="not_upheld", words="No fault.")
    desk.clock.at = datetime(2026, 3, 5, 10, tzinfo=UTC)
    client = desk.client(who=first)
    client.get(f"{desk.url}/complaints/{complaint_id}/again")
    page = client.submit({"words": "Not heard.", "handler": str(first.account_id)}, form="/again", status=422)
    assert "They gave the first answer" in page.text
    client.submit({"handler": str(second.account_id)}, form="/again")
    client.get(f"{desk.url}/complaints/{complaint_id}", status=404)
    handled(desk, desk.client(who=second), complaint_id, "acknowledge", words="We have it.")
    assert due(desk, complaint_id) == datetime(2026, 4, 2, 16, tzinfo=UTC), "17:00 in summer time"


def test_nobody_handles_a_complaint_about_their_own_case_or_one_that_they_may_not_know_of(desk: Desk) -> None:
    case_id, manager = desk.case(), desk.somebody(Role.MANAGER)
    with desk.place.work() as session:
        session.execute(update(Case).where(Case.id == case_id).values(assigned_to=manager.account_id))
    client = desk.client(who=manager)
    url = f"{desk.case_url(case_id)}/complaints/add"
    client.get(url)
    said = {"by": "other", "says": SAYS, "answer_to": "x", "handler": str(manager.account_id)}
    assert "about their own case" in client.submit(said, form="/add", status=422).text
    handler = desk.somebody(Role.COMPLAINTS)
    with desk.place.work() as session:
        session.execute(update(Case).where(Case.id == case_id).values(restricted=True))
    page = client.submit({"handler": str(handler.account_id)}, form="/add", status=422)
    assert "may not know of this case" in page.text


def test_of_whoever_may_do_harm_nothing_is_shown_and_the_page_says_what_the_answer_must_not_say(desk: Desk) -> None:
    case_id, handler = desk.case(), desk.somebody(Role.COMPLAINTS)
    complaint_id = linked(desk, case_id, handler, by="harmer")
    page = desk.client(who=handler).get(f"{desk.url}/complaints/{complaint_id}")
    assert "must not say that there is a case" in page.text
    assert "What was promised by when" not in page.text
    with desk.place.work() as session:
        assert session.get_one(Complaint, (desk.place.id, complaint_id)).parts == []


def test_reminders_go_to_whoever_handles_it_before_its_time_and_after_a_week_to_the_managers(desk: Desk) -> None:
    case_id = desk.case()
    handler, manager = desk.somebody(Role.COMPLAINTS), desk.somebody(Role.MANAGER)
    linked(desk, case_id, handler)

    def told(staff: Staff) -> list[str]:
        return [each.kind for each in desk.place.messages() if each.account_id == staff.account_id]

    for day, handler_hears, manager_hears in ((4, 1, 0), (6, 2, 0), (7, 2, 0), (10, 3, 0), (11, 3, 0), (17, 3, 1)):
        remind_of_complaints(desk.place.work, london(day, 8))
        assert len(told(handler)) == handler_hears, day
        assert len(told(manager)) == manager_hears, day
    assert told(handler) == [Kind.ASSIGNED, Kind.DUE_SOON, Kind.OVERDUE]


def test_what_was_learned_becomes_a_recommendation_with_an_owner_and_a_day(desk: Desk) -> None:
    case_id, handler, owner = desk.case(), desk.somebody(Role.COMPLAINTS), desk.somebody(Role.OFFICER)
    complaint_id, client = linked(desk, case_id, handler), desk.client(who=handler)
    handled(desk, client, complaint_id, "acknowledge", words="We have it.")
    handled(desk, client, complaint_id, "answer", outcome="partly", words="We are sorry.")
    client.get(f"{desk.url}/complaints/{complaint_id}/close")
    page = client.submit({"words": "Calls were not returned.", "change": "Ring on the day."}, form="/close", status=422)
    assert "Choose who sees to it." in page.text
    assert "Enter a day." in page.text
    page = client.submit({"owner": str(owner.account_id), "due": "2026-03-20"}, form="/close")
    assert "Closed" in page.text
    with desk.place.work() as session:
        assert session.scalars(select(Recommendation.source)).one() == "complaint"
    assert "Calls were not returned." in desk.client(Role.AUDITOR).get(f"{desk.url}/findings").text


def test_two_people_who_answer_at_once_hear_of_each_other(desk: Desk) -> None:
    case_id, handler = desk.case(), desk.somebody(Role.COMPLAINTS)
    complaint_id = linked(desk, case_id, handler)
    one, other = desk.client(who=handler), desk.client(Role.MANAGER)
    for client in (one, other):
        client.get(f"{desk.url}/complaints/{complaint_id}/acknowledge")
    with desk.place.work() as session:
        session.execute(update(Complaint).values(revision=Complaint.revision + 1))
    page = one.submit({"words": "Mine"}, form="/acknowledge", status=409)
    assert "Somebody changed this meanwhile" in page.text
    assert "Mine" in page.html
    one.submit({}, form="/acknowledge")


def complaints_of(desk: Desk, number: int, case_id: UUID) -> None:
    handler = desk.somebody(Role.COMPLAINTS).account_id
    what = Linked(Complains.SURVIVOR, MONDAY, SAYS, "x", frozenset({Shown.CLOCKS}), handler)
    with desk.place.work() as session:
        for _ in range(number):
            service.link(session, case_id, what, ME, MONDAY)


def test_two_complaints_show_as_suppressed_and_twelve_as_a_number(desk: Desk) -> None:
    """What NPH's impact assessment takes as its source, as it is published."""
    case_id = desk.case()
    measure, when = BY_KEY["complaints"], When(desk.place.id, Quarter(2026, 1), london(20, 10))
    for added, says in ((2, "under 5"), (10, "10")):
        complaints_of(desk, added, case_id)
        with desk.place.work() as session:
            cells = released(counted(session, [measure], when), RULES)["complaints"].cells
        assert cells
        assert cells["open"].says == says


def test_the_clocks_of_complaints_are_counted(desk: Desk) -> None:
    """Four steps by hand: in time, in time after it was put off, late, and one that runs and is overdue."""
    case_id = desk.case()
    complaints_of(desk, 4, case_id)
    with desk.place.work() as session:
        steps = session.scalars(select(ComplaintStep).order_by(ComplaintStep.id)).all()
        done = (london(5, 9), london(5, 9), london(12, 9), None)
        for number, (step, at) in enumerate(zip(steps, done, strict=True)):
            step.done_at, step.longer_days = at, 2 if number == 1 else 0
        session.scalars(select(Complaint)).all()[0].outcome = Outcome.UPHELD.value
        session.flush()
        when = When(desk.place.id, Quarter(2026, 1), london(20, 10))
        found = counted(session, [BY_KEY["complaint-clocks"], BY_KEY["complaints"]], when)
    assert found[0].cells == {"in_time": 1, "longer": 1, "late": 1, "running": 0, "overdue": 1}
    assert (found[1].cells["open"], found[1].cells["upheld"]) == (3, 1)
