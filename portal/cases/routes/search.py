"""Finding a case. What is looked for is sent by POST, so that it stands in no address and no log."""

from flask import request
from werkzeug.wrappers import Response

from portal.cases import queries
from portal.cases.forms import SearchForm
from portal.cases.queries import CaseLine
from portal.cases.routes.blueprint import pages
from portal.domain.permissions import Permission
from portal.store import audit
from portal.store.audit import Fact
from portal.web.access import needs_anywhere
from portal.web.fragments import page
from portal.web.here import landlord_work, now
from portal.web.landlord import LandlordHere, landlords
from portal.web.principal import actor, me, permission_used


@pages.route("/search", methods=["GET", "POST"])
@needs_anywhere(Permission.CASE_READ)
def search() -> Response:
    """Look for a case at every landlord for which I may read cases; each search is written down there."""
    form = SearchForm()
    if request.method == "GET":
        return page("cases/search.html", form=form, found=None)
    if not form.validate():
        return page("cases/search.html", status=422, form=form, found=None)
    mine = me().landlords_where(Permission.CASE_READ)
    found = [_found_at(each, form.words.data) for each in landlords().values() if each.id in mine]
    return page("cases/search.html", form=form, found=found)


def _found_at(landlord: LandlordHere, words: str) -> tuple[LandlordHere, list[CaseLine]]:
    with landlord_work(landlord.id) as session:
        audit.record(session, Fact.CASE_SEARCHED, actor(), now(), permission=permission_used())
        return landlord, queries.found(session, words)
