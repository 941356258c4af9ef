"""Finding a case, or a report that has none yet. The words are sent by POST, so that no address holds them."""

from dataclasses import dataclass

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.cases import queries, whose
from portal.cases.forms import SearchForm
from portal.cases.queries import CaseLine
from portal.domain.permissions import Permission
from portal.referrals import reports
from portal.referrals.reports import STATES, ReportLine
from portal.store import audit
from portal.store.audit import Fact
from portal.web.access import needs_anywhere
from portal.web.fragments import page
from portal.web.here import landlord_work, now
from portal.web.landlord import LandlordHere, landlords
from portal.web.principal import actor, me, permission_used

pages = Blueprint("search", __name__, url_prefix="/desk")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found at one landlord, each with what in it the words have met."""

    place: LandlordHere
    cases: list[tuple[CaseLine, tuple[str, ...]]]
    reports: list[tuple[ReportLine, tuple[str, ...]]]


@pages.route("/search", methods=["GET", "POST"])
@needs_anywhere(Permission.CASE_READ)
def search() -> Response:
    """Look for somebody at every landlord for which I may read cases; each search is written down there."""
    form, here = SearchForm(), landlords().values()
    workplaces = [each for each in here if me().can(each.id, Permission.CASE_WORK)]
    if request.method == "GET":
        return page("cases/search.html", form=form, found=None, workplaces=workplaces)
    if not form.validate():
        return page("cases/search.html", status=422, form=form, found=None, workplaces=workplaces)
    mine = me().landlords_where(Permission.CASE_READ)
    found = [_found_at(each, form.words.data) for each in here if each.id in mine]
    return page("cases/search.html", form=form, found=found, states=STATES, workplaces=workplaces)


def _found_at(place: LandlordHere, words: str) -> Found:
    with landlord_work(place.id) as session:
        waiting = reports.found(session, words) if me().can(place.id, Permission.REPORT_TRIAGE) else []
        lines = queries.found(session, words)
        shown = [*(each.id for each in lines), *(each.id for each in waiting)]
        audit.record(session, Fact.CASE_SEARCHED, actor(), now(), permission=permission_used(), shown=shown)
        return Found(
            place,
            [(line, whose.met_by(line, session, words)) for line in lines],
            [(line, reports.met_by(line, session, words)) for line in waiting],
        )
