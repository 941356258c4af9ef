"""How long a record is kept: the page of one case, and the list of what ends soon, has no end, or was erased."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.retention import figures, queries, service, words
from portal.cases.retention.forms import HoldForm, KeepForm, LiftForm
from portal.cases.retention.service import HoldKind, NoSuchHoldError, TooSoonError
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import newest_of, section, whole
from portal.cases.service import NoSuchCaseError
from portal.cases.words import CLOSE_REASONS, HOLDS
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.domain.retention import Blocker, blockers
from portal.store.audit import Fact, record
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, permission_used

pages = Blueprint("retention", __name__, url_prefix="/desk")
KEEPING = CASE + "/keeping"
SOON = timedelta(days=90)
BLOCKERS = {
    Blocker.OPEN: "The case is open",
    Blocker.HELD: "The record is held",
    Blocker.TASKS: "Something is still to be done on it",
    Blocker.CLOCKS: "A clock still runs",
    Blocker.APPROVALS: "Somebody has still to decide about it",
    Blocker.FILE_ASKED: "Somebody has asked for the file and has had no answer",
    Blocker.AGENCIES: "An agency can still read part of it, or has not said what came of a referral",
    Blocker.WORK: "Work on the home, or an offer of another, is not ended",
    Blocker.COMPLAINT: "A complaint that is linked to it is not closed",
    Blocker.NO_PERIOD: "The landlord has not set how long a record with this outcome is kept",
    Blocker.KEPT: "Its time has not come",
    Blocker.NOT_WARNED: "Its officer and the managers have not known of it for 30 days",
}


@pages.get(KEEPING)
@needs(Permission.CASE_READ)
def keeping(case_id: UUID) -> Response:
    """How long this record is kept, and what keeps it."""
    return _page(case_id)


@pages.post(KEEPING + "/hold")
@needs(Permission.RECORD_KEEP)
def hold(case_id: UUID) -> Response:
    """Hold the record."""
    form = HoldForm()
    if not form.validate():
        return _page(case_id, hold=form, status=422)
    with work() as session:
        service.hold(session, case_id, HoldKind(form.kind.data), form.words.data, actor(), now())
    return _done(case_id, "held")


@pages.route(KEEPING + "/holds/<uuid:hold_id>/lift", methods=["GET", "POST"])
@needs(Permission.RECORD_KEEP)
def lift(case_id: UUID, hold_id: UUID) -> Response:
    """End a hold."""
    form = LiftForm()
    if request.method == "POST" and form.validate():
        try:
            with work() as session:
                service.lift(session, case_id, hold_id, form.words.data, actor(), now())
        except NoSuchHoldError:
            raise NoSuchCaseError from None
        return _done(case_id, "hold-lifted")
    with work() as session:
        found = frame.read(session, case_id, reader())
        held = next(
            (each for each in queries.holds(session, case_id) if each.id == hold_id and not each.ended_at), None
        )
    if held is None:
        raise NoSuchCaseError
    status = 422 if request.method == "POST" else 200
    return section("cases/retention/lift.html", found, status=status, form=form, held=held, kinds=HOLDS)


@pages.post(KEEPING + "/until")
@needs(Permission.RECORD_KEEP)
def keep_until(case_id: UUID) -> Response:
    """Set another end for this one record."""
    form = KeepForm()
    if form.validate():
        try:
            with work() as session:
                service.keep_until(session, case_id, form.day.data, form.reason.data, actor(), now())
        except TooSoonError:
            form.refuse("day", "Choose a day at least 30 days from now: its people must have time to object.")
        else:
            return _done(case_id, "kept")
    return _page(case_id, keep=form, status=422)


@pages.get("/<landlord>/keeping")
@needs(Permission.RECORD_KEEP)
def kept_here() -> Response:
    """What ends soon, what has no end, and what was erased."""
    today = in_london(now()).date()
    with work() as session:
        ending = queries.ending(session, today + SOON)
        endless, most = queries.without_end(session), queries.MOST
        erased, more = newest_of(queries.erased(session, None if whole() else most + 1), most)
        shown = [each.id for each in (*ending, *endless, *erased)]
        record(session, Fact.TEAM_READ, actor(), now(), permission=permission_used(), shown=shown)
        sums = figures.figures(session)
    return page(
        "cases/retention/list.html",
        here=current_landlord(),
        ending=ending,
        endless=endless,
        erased=erased,
        sums=[(each, words.what_is_counted(each)) for each in sums],
        fewest=figures.FEWEST,
        most=most,
        more=more,
        outcomes=CLOSE_REASONS,
    )


def _done(case_id: UUID, what: str) -> Response:
    return moved(url_for("retention.keeping", case_id=case_id, done=what))


def _page(
    case_id: UUID, *, hold: HoldForm | None = None, keep: KeepForm | None = None, status: int = 200
) -> Response:
    today = in_london(now()).date()
    with work() as session:
        found = frame.read(session, case_id, reader())
        stands = blockers(service.standing(session, found.case), today)
        holds = queries.holds(session, case_id)
    return section(
        "cases/retention/keeping.html",
        found,
        status=status,
        form=hold if hold and hold.errors else keep or HoldForm(),
        hold=hold or HoldForm(formdata=None),
        keep=keep or KeepForm(formdata=None),
        stands=[BLOCKERS[each] for each in stands],
        holds=holds,
        kinds=HOLDS,
    )
