"""What a landlord's own systems can ask and tell: jobs, concerns, tenancies, marks, times, counts, one case."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from portal.cases.confidentiality.models import CaseBar
from portal.cases.models import Case
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline
from portal.domain.flags import About, Mark, Wording
from portal.domain.lifecycle import Route
from portal.domain.permissions import Role
from portal.domain.systems import ApiScope
from portal.homes.flags.service import put
from portal.homes.new_home.service import Address, keep
from portal.homes.tenancy.models import TenancyStep
from portal.referrals.models import Report
from portal.referrals.service import answers_of
from portal.store.audit import PORTAL, AuditEntry, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of
from tests.desk import MONDAY, Desk, a_desk
from tests.systems.conftest import HOME, HOUR, Calls, a_job


def test_a_system_of_repairs_reads_a_job_as_a_contractor_does_and_each_reading_is_on_record(
    desk: Desk, caller: Calls
) -> None:
    case_id = desk.case(name="Maryam Example", address=HOME)
    number = a_job(desk, case_id)
    system = caller()
    job = system.get(f"/jobs/{number}")
    assert (job["what"], job["where"], job["access"], job["two_people"]) == ("Mend a door", HOME, "Knock twice", False)
    listed = system.get("/jobs?state=ordered&limit=5")
    assert [each["number"] for each in listed["jobs"]] == [number]
    assert not {"what", "where", "access"} & set(listed["jobs"][0])
    assert system.get(f"/jobs?after={listed['next']}")["jobs"] == []
    for told in (job, listed):
        assert "Maryam" not in str(told)
        assert str(case_id) not in str(told)
    with desk.place.work() as session:
        shown = select(AuditEntry).where(AuditEntry.fact == Fact.JOB_SHOWN, AuditEntry.subject_id == case_id)
        row = session.scalars(shown).one()
        lists = session.scalars(select(AuditEntry).where(AuditEntry.subject == "jobs")).all()
    assert (row.actor, row.permission, row.account_id) == ("Repairs (system)", "jobs.read", None)
    assert lists[0].shown == case_id.bytes


def restricted(desk: Desk, case_id: UUID) -> None:
    with desk.place.work() as session:
        session.execute(update(Case).where(Case.id == case_id).values(restricted=True))


def of_a_colleague(desk: Desk, case_id: UUID) -> None:
    with desk.place.work() as session:
        session.execute(update(Case).where(Case.id == case_id).values(route=Route.STAFF.value))


def nameless(desk: Desk, case_id: UUID) -> None:
    with desk.place.work() as session:
        session.execute(update(Case).where(Case.id == case_id).values(anonymous=True))


def barred(desk: Desk, case_id: UUID) -> None:
    who = desk.somebody(Role.OFFICER).account_id
    with desk.place.work() as session:
        row_id = new_id()
        sealed = box_of(session, case_id).seal_json("case_bar", row_id, {"why": "x"})
        bar = {"case_id": case_id, "account_id": who, "made_by": who, "since": MONDAY}
        session.add(CaseBar(landlord_id=desk.place.id, id=row_id, **bar, sealed=sealed))


def moved_in_secret(desk: Desk, case_id: UUID) -> None:
    who = desk.place.actor(desk.somebody(Role.MANAGER).account_id)
    with desk.place.work() as session:
        keep(session, case_id, 0, Address("9 Example Row"), who, MONDAY)


@pytest.mark.parametrize("hide", [restricted, of_a_colleague, nameless, barred, moved_in_secret])
def test_what_nobody_may_be_told_of_answers_as_what_never_was(desk: Desk, caller: Calls, hide: object) -> None:
    """Confidential addresses, restricted and nameless cases, cases of colleagues or from which one is barred."""
    case_id = desk.case(address=HOME)
    number, system = a_job(desk, case_id), caller()
    with desk.place.work() as session:
        reference = session.get_one(Case, (desk.place.id, case_id)).reference
    assert system.get(f"/cases/{reference}")["stage"] == "new"
    system.get(f"/jobs/{number}")
    assert callable(hide)
    hide(desk, case_id)
    never = system.get("/jobs/J-22222222", 404)
    assert system.get(f"/jobs/{number}", 404) == never
    assert system.get(f"/cases/{reference}", 404) == never
    assert system.get("/jobs")["jobs"] == []
    done = {"became": "done", "at": MONDAY.isoformat()}
    assert system.post(f"/jobs/{number}/progress", done, 404) == never
    visit = {"visit_from": MONDAY.isoformat(), "visit_until": (MONDAY + HOUR).isoformat()}
    assert system.post(f"/jobs/{number}/appointment", visit, 404) == never


def test_a_job_that_is_done_ends_the_clock_of_the_policy_and_one_that_is_over_stays_so(
    desk: Desk, caller: Calls
) -> None:
    case_id, system = desk.case(), caller()
    number = a_job(desk, case_id)
    desk.clock.at = MONDAY + HOUR
    early = system.post(f"/jobs/{number}/progress", {"became": "done", "at": "2027-01-01T10:00:00Z"}, 422)
    assert early["faults"] == [{"at": "/at", "says": "This has not come yet."}]
    said = {"became": "done", "at": MONDAY.isoformat(), "note": "Two keys left with her."}
    system.post(f"/jobs/{number}/progress", said)
    assert system.get(f"/jobs/{number}")["state"] == "done"
    assert system.post(f"/jobs/{number}/progress", said, 409)["title"] == "Conflict"
    with desk.place.work() as session:
        clock = session.scalars(
            select(Deadline).where(Deadline.case_id == case_id, Deadline.event == "unsafe-damage")
        ).one()
    assert clock.met_at == MONDAY
    story = desk.client(Role.OFFICER).get(desk.case_url(case_id)).text
    assert "Two keys left with her." in story
    assert "Repairs (system)" in story


def test_no_system_sets_the_hour_of_a_visit_an_officer_agrees_it_in_a_safe_way(desk: Desk, caller: Calls) -> None:
    case_id, system = desk.case(), caller()
    number = a_job(desk, case_id)
    wanted = {"visit_from": "2026-02-03T10:00:00Z", "visit_until": "2026-02-03T12:00:00Z"}
    for _ in range(2):
        system.post(f"/jobs/{number}/appointment", wanted)
    assert system.get(f"/jobs/{number}")["visit_from"].startswith("2026-02-02T10:00"), "what was agreed stands"
    system.post(f"/jobs/{number}/progress", {"became": "no_access", "at": MONDAY.isoformat()})
    assert system.get(f"/jobs/{number}")["state"] == "ordered"
    assert sources(desk, case_id) == ["job-no-access", "job-time"], "asked twice, it is one task"
    tasks = desk.client(Role.OFFICER).get(desk.case_url(case_id)).text
    assert "Another time was asked for job" in tasks
    assert "Nobody could get in for job" in tasks


def sources(desk: Desk, case_id: UUID) -> list[str]:
    with desk.place.work() as session:
        found = select(Task.source).where(Task.case_id == case_id, Task.source.like("job-%"))
        return sorted(str(each) for each in session.scalars(found))


def test_a_concern_from_another_system_starts_the_clocks_once_and_is_never_read_back(
    desk: Desk, caller: Calls
) -> None:
    system = caller(ApiScope.REPORTS_WRITE)
    said = {"noticed": "A door kicked in, again.", "address": HOME, "organisation": "Gas checks", "danger": "life"}
    key = str(uuid4())
    first = system.post("/reports", said, 201, Idempotency_Key=key)
    assert system.post("/reports", said, 201, Idempotency_Key=key) == first, "sent twice, it is one report"
    with desk.place.work() as session:
        report = session.scalars(select(Report)).one()
        answers = answers_of(session, report)
    assert (answers.happening, answers.address, answers.teller.organisation) == (said["noticed"], HOME, "Gas checks")
    assert report.threat_to_life
    assert report.next_due_at is not None or report.next_event
    assert answers.safe_contact.ways == (), "nothing is known to be safe"
    for wrong in ({"noticed": "x"}, said | {"reached_us_at": "2030-01-01T00:00:00Z"}, said | {"secret": "1"}):
        faults = system.post("/reports", wrong, 422)["faults"]
        assert faults
        assert "A door" not in str(faults)
        assert "secret" not in str(faults), "nothing that was sent is said back"
    system.get("/policy", 403)


def test_a_notice_to_quit_raises_the_alarm_on_the_case_and_the_system_hears_nothing(
    desk: Desk, caller: Calls
) -> None:
    case_id, system = desk.case(address=HOME), caller()
    said = {"kind": "notice_to_quit", "address": HOME, "on": "2026-02-02", "ends_on": "2026-03-02"}
    known = system.post("/tenancy-events", said)
    unknown = system.post("/tenancy-events", said | {"address": "17 Nowhere Road, ZZ9 9ZZ"})
    assert known == unknown == {"heard": True}
    with desk.place.work() as session:
        step = session.scalars(select(TenancyStep).where(TenancyStep.case_id == case_id)).one()
        assert session.scalar(select(func.count()).select_from(TenancyStep)) == 1
    assert (step.state, str(step.ends_on)) == ("arrived", "2026-03-02")
    page = desk.client(Role.OFFICER).get(f"{desk.case_url(case_id)}/tenancy").text
    assert "From: another system" in page
    system.post("/tenancy-events", said | {"kind": "moved_out"})
    assert "somebody moved out of the home" in desk.client(Role.OFFICER).get(desk.case_url(case_id)).text


def test_before_a_visit_a_system_learns_what_to_do_and_never_why(desk: Desk, caller: Calls) -> None:
    case_id, system = desk.case(address=HOME), caller()
    mark = Mark(About.ADDRESS, Wording.TWO, HOME, "He waits outside", "A call", "They know", MONDAY.date() + 9 * DAY)
    with desk.place.work() as session:
        put(session, case_id, mark, PORTAL, MONDAY)
    number = a_job(desk, case_id)
    assert system.post("/properties/marks", {"address": HOME.upper()}, 200) == {"marks": ["Two people visit"]}
    assert system.post("/properties/marks", {"address": "1 Elsewhere"}, 200) == {"marks": []}
    assert system.get(f"/jobs/{number}")["two_people"] is True


DAY = timedelta(days=1)


def test_counts_of_few_are_not_counted_out(desk: Desk, caller: Calls) -> None:
    system = caller()
    for _ in range(4):
        desk.case(MONDAY)
    few = system.get("/due-counts")
    assert few["in_time"] == few["overdue"] == few["no_time"] == {"number": None, "under": 5}
    for _ in range(2):
        desk.case(MONDAY)
    assert system.get("/due-counts")["in_time"] == {"number": 5, "under": None}


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/nothing", None, 404),
        ("/policy", {}, 405),
        ("/reports", "not an object", 422),
        ("/jobs?limit=1000", None, 422),
        ("/jobs/J-2222%00222", None, 404),
    ],
)
def test_whatever_is_refused_is_refused_as_a_problem(
    desk: Desk, caller: Calls, path: str, sent: object, status: int
) -> None:
    system = caller()
    said = system.get(path, status) if sent is None else system.post(path, sent, status)
    assert said["status"] == status
    assert set(said) <= {"type", "title", "status", "detail", "faults"}


def test_who_is_signed_in_at_the_desk_gets_nothing_without_a_token_and_a_cookie_is_not_looked_at(desk: Desk) -> None:
    client = desk.client(Role.MANAGER)
    cookie = client.http.get_cookie("d", path="/desk")
    assert cookie
    client.http.set_cookie("s", cookie.value, path="/api")
    got = client.http.get(f"/api/{desk.place.slug}/v1/policy")
    assert (got.status_code, got.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "Set-Cookie" not in got.headers


def test_another_landlords_job_is_not_there(desk: Desk, caller: Calls) -> None:
    other = a_desk(desk.app, desk.database, desk.clock, "star")
    number = a_job(other, other.case())
    assert caller().get(f"/jobs/{number}", 404)["status"] == 404
