"""The figures of a landlord, and the list behind each number."""

from uuid import UUID

from flask import Blueprint, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.figures import Quarter
from portal.domain.permissions import Permission
from portal.reports.performance import service
from portal.reports.performance.learned import Learned
from portal.reports.performance.measures import GROUPS, MEASURES
from portal.reports.performance.published import RULES, askable
from portal.reports.performance.service import Figures, NoSuchFigureError
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.here import now, published_work, tenants_work
from portal.web.landlord import LandlordHere, current_landlord, landlords
from portal.web.principal import actor, me

ALL = "all"
pages = Blueprint("figures", __name__, url_prefix="/desk/<landlord>/figures")


@pages.get("")
@needs(Permission.FIGURES_READ)
def figures() -> Response:
    """All figures of one quarter: exact for those who may open the cases, for others so that nobody is found."""
    here = current_landlord()
    exact = me().can(here.id, Permission.CASE_READ)
    quarter = _quarter(running=exact)
    several = _together() if exact and request.args.get("of") == ALL else []
    if several:
        known = None
        found = service.together([_exact(each.id, quarter) for each in several])
    elif exact:
        with tenants_work(here.id) as session:
            known = service.teams(session, now())
            found = service.read(session, quarter, actor(), now(), known.accounts.get(_whose()))
    else:
        known = None
        with published_work(here.id) as session:
            found = service.read_published(session, quarter, actor(), now())
    mine = me().landlords_where(Permission.FIGURES_READ)
    return page(
        "reports/figures.html",
        here=here,
        found=found,
        exact=exact,
        known=known,
        whose=_whose() if known and _whose() in known.says else "",
        monitored=found.monitored,
        measures=MEASURES,
        groups=GROUPS,
        quarters=askable(now(), running=exact),
        mine=[each for each in landlords().values() if each.id in mine],
        several=several,
        together=len(_together()) > 1 and exact,
        rules=RULES,
        learned=Learned(),
    )


@pages.get("/behind")
@needs(Permission.CASE_READ)
def behind() -> Response:
    """The cases behind one number; behind the first of all where none is named."""
    quarter, number = _quarter(running=True), request.args.get("page", "1")
    what = request.args.get("of", MEASURES[0].key)
    cell = request.args.get("cell", next(iter(MEASURES[0].cells)))
    try:
        with tenants_work(current_landlord().id) as session:
            known = service.teams(session, now())
            at = max(1, int(number)) if number.isdecimal() else 1
            theirs = known.accounts.get(_whose())
            measure, found = service.behind(session, what, cell, quarter, at, actor(), now(), theirs)
    except NoSuchFigureError:
        raise NotFound from None
    return page(
        "reports/behind.html",
        here=current_landlord(),
        measure=measure,
        cell=cell,
        found=found,
        quarter=quarter,
        page=at,
        whose=known.says.get(_whose(), ""),
        asked=_whose() if _whose() in known.says else None,
    )


def _exact(landlord_id: UUID, quarter: Quarter) -> Figures:
    """One landlord's figures among several: each is asked with its own eyes, and each writes down that it was read."""
    with tenants_work(landlord_id) as session:
        return service.read(session, quarter, actor(), now())


def _together() -> list[LandlordHere]:
    """The landlords whose cases the reader may open, and whose figures may therefore be added up."""
    both = me().landlords_where(Permission.FIGURES_READ) & me().landlords_where(Permission.CASE_READ)
    return [each for each in landlords().values() if each.id in both]


def _whose() -> str:
    """Whose cases are asked for: a post or somebody, as it stands in the address; empty for all."""
    return request.args.get("whose", "")


def _quarter(*, running: bool) -> Quarter:
    """The quarter that is asked for; the newest one where none or another is."""
    known = askable(now(), running=running)
    asked = Quarter.read(request.args.get("quarter", ""))
    return asked if asked in known else known[0]
