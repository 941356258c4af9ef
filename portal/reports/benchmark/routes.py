"""The comparison with other landlords: taking part, where one stands, leaving."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal.domain.benchmark import FEWEST_CASES, FEWEST_LANDLORDS, MEANINGS, say
from portal.domain.figures import Cell, Quarter
from portal.domain.permissions import Permission
from portal.domain.suppression import Bounds
from portal.landlords.policies import in_force
from portal.reports.benchmark import service
from portal.reports.benchmark.forms import JoinForm, LeaveForm
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("benchmark", __name__, url_prefix="/desk/<landlord>/benchmark")


@pages.get("")
@needs(Permission.FIGURES_READ)
def benchmark() -> Response:
    """Where this landlord stands, if it takes part; otherwise what that would mean."""
    return _page(JoinForm())


@pages.post("/join")
@needs(Permission.BENCHMARK_JOIN)
def join() -> Response:
    """Take part from now on."""
    form = JoinForm()
    if not form.validate():
        return _page(form, status=422)
    with work() as session:
        service.join(session, actor(), now())
    return moved(url_for("benchmark.benchmark", done="benchmark-joined"))


@pages.post("/leave")
@needs(Permission.BENCHMARK_JOIN)
def leave() -> Response:
    """Take part no more."""
    if LeaveForm().validate():
        with work() as session:
            service.leave(session, actor(), now())
    return moved(url_for("benchmark.benchmark", done="benchmark-left"))


def _page(form: JoinForm, *, status: int = 200) -> Response:
    known = service.comparable(now())
    asked = Quarter.read(request.args.get("quarter", ""))
    quarter = asked if asked in known else known[0]
    with work() as session:
        member = service.member(session)
        since = member.joined_at if member else None
        found = service.read(session, quarter, actor(), now()) if since else None
        clause = in_force(session, now()).policy.governance.monitoring.benchmark.clause
    return page(
        "reports/benchmark/benchmark.html",
        status=status,
        here=current_landlord(),
        form=form,
        since=since,
        found=found,
        clause=clause,
        quarter=quarter,
        quarters=known,
        meanings=MEANINGS,
        say=say,
        bar=_bar,
        decides=me().can(current_landlord().id, Permission.BENCHMARK_JOIN),
        fewest=FEWEST_CASES,
        landlords_needed=FEWEST_LANDLORDS,
    )


def _bar(per_cent: int) -> Cell:
    """A rate as something that can be drawn."""
    return Cell(say(per_cent), Bounds(per_cent, per_cent), exact=True)
