"""The calls of the interface. Each says what it takes and gives; who may, is said by its scope."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID

from flask import Blueprint, json, request
from werkzeug.wrappers import Response

from portal.domain.systems import ApiScope
from portal.systems.api import shapes
from portal.systems.api.description import KEY, description, server
from portal.systems.api.operations import JSON, Operation, offers
from portal.systems.api.shapes import JOB_NUMBER, REFERENCE
from portal.systems.jobs import service as jobs
from portal.systems.jobs.queries import JobLine
from portal.systems.jobs.service import JobOverError, NoSuchJobError, NotYetError, Told
from portal.systems.telling import service as telling
from portal.systems.telling.once import once
from portal.systems.telling.service import FutureReportError, Happened, NoSuchCaseHereError, Noticed
from portal.web.access import needs_token
from portal.web.here import now, portal
from portal.web.landlord import current_landlord
from portal.web.limits import slow_system
from portal.web.problems import refuse
from portal.web.systems import current_system, handing_in, system_actor, systems_work

pages = Blueprint("api", __name__, url_prefix="/api/<landlord>/v1")
NUMBER = {"number": JOB_NUMBER}
NOT_YET = [{"at": "/at", "says": "This has not come yet."}]
OVER = [{"at": "/visit_until", "says": "This is over."}]


@pages.get("/openapi.json")
@needs_token(None)
@slow_system
def openapi() -> Response:
    """What can be asked and told here, for every token."""
    return Response(json.dumps(description(server(portal().settings.base_url, current_landlord().slug))), mimetype=JSON)


@offers(
    pages,
    Operation(
        "jobs", "GET", "/jobs", ApiScope.JOBS_LIST, "Jobs, the oldest first", shapes.JobList,
        "Numbers, states and times of visits: no address and no word.", asks=shapes.JobsWanted,
    ),
)  # fmt: skip
def job_list(asked: shapes.JobsWanted) -> shapes.JobList:
    """A page of jobs."""
    state = asked.state.value if asked.state else None
    with systems_work() as session:
        found = jobs.listed(session, state, asked.after, asked.limit, system_actor(), now())
    return shapes.JobList(
        jobs=[shapes.JobLine(**_line(each)) for each in found], next=found[-1].id if found else None
    )


@offers(
    pages,
    Operation(
        "job", "GET", "/jobs/{number}", ApiScope.JOBS_READ, "One job", shapes.Job,
        "What a contractor sees. Each reading is shown to the officer.", patterns=NUMBER, missing=True,
    ),
)  # fmt: skip
def one_job(number: str) -> shapes.Job:
    """One job as whoever does it may see it."""
    try:
        with systems_work() as session:
            found = jobs.read(session, number, system_actor(), now())
    except NoSuchJobError:
        refuse(404)
    return shapes.Job(
        **_line(found.line), what=found.what, where=found.where, access=found.access, two_people=found.two_people
    )


@offers(
    pages,
    Operation(
        "progress", "POST", "/jobs/{number}/progress", ApiScope.JOBS_WRITE, "What became of a job", shapes.Taken,
        "Done or called off ends it. Where nobody could get in it stays ordered, and an officer sees to it.",
        takes=shapes.Progress, status=202, patterns=NUMBER, missing=True, stale=True,
    ),
)  # fmt: skip
def progress(number: str, said: shapes.Progress) -> shapes.Taken:
    """What became of a job."""
    told = Told(said.became.value, said.at, said.note)
    with _refusing(NOT_YET), systems_work() as session:
        told_id = jobs.tell_of(session, number, told, system_actor(), now())
    return shapes.Taken(id=told_id)


@offers(
    pages,
    Operation(
        "appointment", "POST", "/jobs/{number}/appointment", ApiScope.JOBS_WRITE, "Ask for another time", shapes.Taken,
        "Nobody goes there then before an officer has agreed it: until a new job says so, the time of this one stands.",
        takes=shapes.Appointment, status=202, patterns=NUMBER, missing=True, stale=True,
    ),
)  # fmt: skip
def appointment(number: str, said: shapes.Appointment) -> shapes.Taken:
    """Another time is wanted for a visit."""
    with _refusing(OVER), systems_work() as session:
        asked = jobs.ask_for_time(session, number, said.visit_from, said.visit_until, system_actor(), now())
    return shapes.Taken(id=asked)


@offers(
    pages,
    Operation(
        "report", "POST", "/reports", ApiScope.REPORTS_WRITE, "Hand in a concern", shapes.Taken,
        "It goes to whoever is on duty, and its clocks run. It is never read back.",
        takes=shapes.Concern, status=201, once=True,
    ),
)  # fmt: skip
def report(said: shapes.Concern) -> shapes.Taken:
    """A concern comes in."""
    noticed = Noticed(**said.model_dump(exclude={"danger"}), danger=said.danger.value)
    key = _key()
    try:
        with handing_in() as session:
            given = once(
                session, current_system().token_id, key, now(),
                lambda: telling.take_concern(session, noticed, system_actor(), now()),
            )  # fmt: skip
    except FutureReportError:
        refuse(422, faults=[{"at": "/reached_us_at", "says": "This has not come yet."}])
    return shapes.Taken(id=given)


@offers(
    pages,
    Operation(
        "tenancy", "POST", "/tenancy-events", ApiScope.TENANCY_WRITE, "Tell of a tenancy", shapes.Heard,
        "The answer is the same whether anybody is known at the address or not.",
        takes=shapes.TenancyEvent, status=202, once=True,
    ),
)  # fmt: skip
def tenancy(said: shapes.TenancyEvent) -> shapes.Heard:
    """Something happened to a tenancy."""
    happened, key = Happened(said.kind.value, said.address, said.on, said.ends_on), _key()
    with handing_in() as session:
        once(
            session, current_system().token_id, key, now(),
            lambda: telling.take_event(session, happened, system_actor(), now()),
        )  # fmt: skip
    return shapes.Heard(heard=True)


@offers(
    pages,
    Operation(
        "marks", "POST", "/properties/marks", ApiScope.MARKS_READ, "Ask before a visit", shapes.Marks,
        "What whoever goes to an address does there. It is sent in the body, so that no log holds it.",
        takes=shapes.Place,
    ),
)  # fmt: skip
def marks(said: shapes.Place) -> shapes.Marks:
    """What stands on an address."""
    with systems_work() as session:
        return shapes.Marks(marks=telling.marks(session, said.address, system_actor(), now()))


@offers(
    pages,
    Operation("policy", "GET", "/policy", ApiScope.POLICY_READ, "The policy’s times", shapes.PolicySaid),
)
def policy() -> shapes.PolicySaid:
    """The policy in force."""
    with systems_work() as session:
        found, clocks = telling.policy_now(session, system_actor(), now())
    said = [
        shapes.ClockSaid(
            event=each.event, starts=each.starts, rule=each.rule, clause=each.clause, stated=each.stated, aim=each.aim
        )
        for each in clocks
    ]
    return shapes.PolicySaid(reference=found.document.cite, in_force_from=found.in_force_from, clocks=said)


@offers(
    pages,
    Operation("counts", "GET", "/due-counts", ApiScope.COUNTS_READ, "How many are due", shapes.DueCounts),
)
def counts() -> shapes.DueCounts:
    """Open cases by what is due next."""
    at = now()
    with systems_work() as session:
        found = telling.due_counts(session, system_actor(), at)
    said = {name: shapes.Count(number=number, under=5 if number is None else None) for name, number in found.items()}
    return shapes.DueCounts(at=at, **said)


@offers(
    pages,
    Operation(
        "standing", "GET", "/cases/{reference}", ApiScope.CASES_READ, "How one case stands", shapes.CaseStanding,
        "Each reading is written down with the case.", patterns={"reference": REFERENCE}, missing=True,
    ),
)  # fmt: skip
def standing(reference: str) -> shapes.CaseStanding:
    """How one case stands."""
    try:
        with systems_work() as session:
            found = telling.standing(session, reference, system_actor(), now())
    except NoSuchCaseHereError:
        refuse(404)
    names = shapes.CaseStanding.model_fields
    return shapes.CaseStanding(**{name: getattr(found, name) for name in names})


@contextmanager
def _refusing(not_yet: Sequence[Mapping[str, str]]) -> Iterator[None]:
    """Answer whoever tells of a job that is none of this number, is over, or is told of at a time that cannot be."""
    try:
        yield
    except NoSuchJobError:
        refuse(404)
    except JobOverError:
        refuse(409)
    except NotYetError:
        refuse(422, faults=not_yet)


def _line(line: JobLine) -> dict[str, object]:
    return {name: getattr(line, name) for name in shapes.JobLine.model_fields}


def _key() -> UUID | None:
    sent = request.headers.get(KEY)
    if sent is None:
        return None
    try:
        return UUID(sent)
    except ValueError:
        refuse(422, faults=[{"at": KEY, "says": "Send a UUID."}])
