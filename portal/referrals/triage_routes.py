"""Reports that wait for an officer to read them, and what becomes of them; and reports that staff write down."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.cases.anonymity.service import NotOfferedError
from portal.cases.assigning import (
    CannotBeGivenError,
    ManagerDecidesError,
    NotToldError,
    ReasonNeededError,
)
from portal.cases.routes.blueprint import case_url, reader
from portal.cases.safe_contact import NotVouchedError
from portal.domain.calendar import in_london
from portal.domain.errors import BeyondCalendarError
from portal.domain.lifecycle import MoveRefusedError, ReportState, Route
from portal.domain.permissions import Permission
from portal.landlords.policies import NoPolicyError, in_force
from portal.referrals import reports, service, triage
from portal.referrals.coming_back.queries import messages
from portal.referrals.service import FutureReportError, NoSuchReportError
from portal.referrals.triage_forms import (
    CAME_BY,
    SEND_TO,
    EntryForm,
    JoinForm,
    OpenForm,
    SendForm,
    SetAsideForm,
)
from portal.web.access import needs
from portal.web.forms import Form, options
from portal.web.fragments import moved, page
from portal.web.here import now, taking_in
from portal.web.landlord import Work, current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("triage", __name__, url_prefix="/desk")
REPORTS = "/<landlord>/reports"
REPORT = REPORTS + "/<uuid:report_id>"


@pages.app_errorhandler(NoSuchReportError)
def missing(_error: NoSuchReportError) -> HTTPException | ResponseReturnValue:
    """The same answer as for an address that does not exist."""
    return current_app.handle_http_exception(NotFound())


@pages.get(REPORTS)
@needs(Permission.REPORT_TRIAGE)
def reports_here() -> Response:
    """Every report by what became of it: none is ever out of reach."""
    asked = request.args.get("state", "")
    state = ReportState(asked) if asked in set(ReportState) else ReportState.NEW
    with work() as session:
        found = reports.listed(session, state, reader(), before=_before())
        month = reports.month(session, now())
    older = found[reports.PAGE - 1].received_at if len(found) > reports.PAGE else None
    return page(
        "referrals/triage_list.html",
        block="reports",
        here=current_landlord(),
        lines=found[: reports.PAGE],
        state=state.value,
        states=reports.STATES,
        sources=reports.SOURCES,
        older=older,
        month=month,
    )


@pages.get(REPORT)
@needs(Permission.REPORT_TRIAGE)
def report(report_id: UUID) -> Response:
    """One report, whole, with everything that can be done with it."""
    return _page(report_id)


@pages.get(REPORT + "/why")
@needs(Permission.REPORT_TRIAGE)
def why(report_id: UUID) -> Response:
    """Why it is due when it is, laid open: one click away from every list of reports."""
    with work() as session:
        found = triage.why(session, report_id, reader())
    return page("referrals/why.html", report_id=report_id, clocks=found)


@pages.post(REPORT + "/open")
@needs(Permission.REPORT_TRIAGE)
def open_case(report_id: UUID) -> Response:
    """Open a case of it."""
    form = OpenForm()
    if not form.validate():
        return _page(report_id, status=422, open_form=form)
    try:
        with work() as session:
            to = form.assignment(manages=_manages())
            code, nameless = current_landlord().code, form.without_name.data
            case = triage.open_case(session, report_id, code, to, reader(), without_name=nameless)
    except ReasonNeededError as needed:
        form.refuse("why", str(needed))
    except (ManagerDecidesError, CannotBeGivenError) as refused:
        form.refuse("account_id", str(refused))
    except NotToldError:
        form.refuse("told", "The policy promises this. Tell them that it cannot be met, then say so here.")
    except NotOfferedError:
        form.refuse("without_name", "This policy knows no cases without a name.")
    except MoveRefusedError:
        return _page(report_id, status=409, decided=True)
    else:
        return moved(case_url(case.id, "opened"))
    return _page(report_id, status=422, open_form=form)


@pages.post(REPORT + "/join")
@needs(Permission.REPORT_TRIAGE)
def join_case(report_id: UUID) -> Response:
    """Add it to a case that exists."""
    form = JoinForm()

    def keep(session: Work) -> UUID:
        case_id = UUID(form.case_id.data)
        newer, word = form.newer_contact.data, form.vouched()
        service.join_case(session, report_id, case_id, actor(), now(), newer_contact=newer, word=word)
        return case_id

    try:
        return _decide(report_id, form, "join_form", keep, lambda case_id: case_url(case_id, "joined"))
    except NotVouchedError as refused:
        form.ask_whose_word(refused.opens, refused.missing)
        return _page(report_id, status=422, join_form=form)


@pages.post(REPORT + "/send-on")
@needs(Permission.REPORT_TRIAGE)
def send_on(report_id: UUID) -> Response:
    """Send it to where it belongs as well; its clock goes on here until the person has been reached."""
    form = SendForm()

    def keep(session: Work) -> None:
        service.send_on(session, report_id, form.whom.data, form.words.data, actor(), now())

    return _decide(report_id, form, "send_form", keep, lambda _: _url(report_id, "sent-on"))


@pages.post(REPORT + "/set-aside")
@needs(Permission.REPORT_DISMISS)
def set_aside(report_id: UUID) -> Response:
    """Set it aside with a reason; it stays readable, and can still become a case."""
    form = SetAsideForm()

    def keep(session: Work) -> None:
        service.set_aside(session, report_id, form.reason.data, actor(), now())

    return _decide(report_id, form, "aside_form", keep, lambda _: _url(report_id, "set-aside"))


@pages.route(REPORTS + "/new", methods=["GET", "POST"])
@needs(Permission.REPORT_TRIAGE)
def write_down() -> Response:
    """Write down a report that reached us by telephone, at the counter, by letter."""
    at = in_london(now())
    form = EntryForm(day=at.date(), time=at.time())
    with work() as session:
        form.offer(in_force(session, now()).policy)
    if request.method == "GET":
        return page("referrals/triage_entry.html", form=form, here=current_landlord())
    if form.validate():
        try:
            with taking_in(current_landlord().id) as session:
                received = service.receive(
                    session, form.as_answers(), actor(), now(), reached_us_at=form.reached_us_at()
                )
        except FutureReportError:
            form.refuse("day", "A report can be dated back, never forward.")
        except NoPolicyError:
            form.refuse("day", "No policy of ours was in force on that day. Look at the year.")
        except BeyondCalendarError:
            form.refuse("day", "The bank holidays of that year are not known here. Look at the year.")
        else:
            if Route.STAFF in received.routes and not _manages():
                return moved(url_for(".reports_here", done="written-down-apart"))
            return moved(_url(received.report_id, "written-down"))
    return page("referrals/triage_entry.html", status=422, form=form, here=current_landlord())


Kept = Any
"""What a decision leaves behind, from which the next page's address is made."""


def _decide(
    report_id: UUID, form: Form, name: str, keep: Callable[[Work], Kept], then: Callable[[Kept], str]
) -> Response:
    """Carry out a decision about a report, or show the report again with what is wrong."""
    if not form.validate():
        return _page(report_id, status=422, **{name: form})
    try:
        with work() as session:
            found = keep(session)
    except MoveRefusedError:
        return _page(report_id, status=409, decided=True)
    return moved(then(found))


def _page(report_id: UUID, *, status: int = 200, decided: bool = False, **forms: Form) -> Response:
    with work() as session:
        found = triage.read(session, report_id, reader(), manages=_manages())
        since = [each for each in messages(session, [report_id]) if not each.by]
    here = current_landlord()
    shown = {
        "open_form": OpenForm(formdata=None),
        "join_form": JoinForm(formdata=None),
        "send_form": SendForm(formdata=None),
        "aside_form": SetAsideForm(formdata=None),
    } | forms
    shown["open_form"]["account_id"].choices = options({each.account_id: each.name for each in found.choices})
    return page(
        "referrals/triage.html",
        status=status,
        here=here,
        triage=found,
        report=found.report,
        answers=found.answers,
        sources=reports.SOURCES,
        states=reports.STATES,
        send_to=SEND_TO,
        came_by=CAME_BY,
        decided=decided,
        since=since,
        wrong=next((form for form in forms.values()), None),
        may_dismiss=me().can(here.id, Permission.REPORT_DISMISS),
        **shown,
    )


def _url(report_id: UUID, done: str) -> str:
    return url_for("triage.report", report_id=report_id, done=done)


def _manages() -> bool:
    return me().can(current_landlord().id, Permission.STAFF_ROUTE_READ)


def _before() -> datetime | None:
    try:
        return datetime.fromisoformat(request.args.get("before", ""))
    except ValueError:
        return None
