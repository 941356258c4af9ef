"""What they want, and the steps that were taken with it or against it."""

from uuid import UUID

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import newest_of, section, whole
from portal.cases.wishes import queries, service
from portal.cases.wishes.forms import StepForm, WishForm
from portal.cases.wishes.queries import SHOWN
from portal.cases.wishes.said import ABOUT, HOWS, WANTS
from portal.cases.wishes.service import NotTheirWishError, NotYetHappenedError
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("wishes", __name__, url_prefix="/desk")


@pages.get(CASE + "/wishes")
@needs(Permission.CASE_READ)
def wishes(case_id: UUID) -> Response:
    """What they said that they want, and what was done."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        most = None if whole() else SHOWN + 1
        said, more_said = newest_of(queries.wishes(session, case_id, most), SHOWN)
        taken, more_taken = newest_of(queries.steps(session, case_id, most), SHOWN)
    return section(
        "cases/wishes/wishes.html",
        found,
        wishes=said,
        taken=taken,
        more_said=more_said,
        more_taken=more_taken,
        about=ABOUT,
        wants=WANTS,
        hows=HOWS,
    )


@pages.route(CASE + "/wishes/new", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def record_wish(case_id: UUID) -> Response:
    """Keep a wish as they said it."""
    at, status = in_london(now()), 200
    form = WishForm(day=at.date(), time=at.time())
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.record(session, case_id, form.said(), actor(), now())
            except NotYetHappenedError:
                form.refuse("day", "They cannot have said it yet: look at the day and the time.")
            else:
                return moved(url_for("wishes.wishes", case_id=case_id, done="wish"))
    with work() as session:
        found = frame.read(session, case_id, reader())
    return section("cases/wishes/wish.html", found, status=status, form=form)


@pages.route(CASE + "/wishes/step", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def take_step(case_id: UUID) -> Response:
    """Record a step: refused without their wish, unless somebody who may decides so with a reason."""
    at, status = in_london(now()), 200
    form, may_decide = StepForm(day=at.date(), time=at.time()), _may_decide()
    refused: NotTheirWishError | None = None
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.take(session, case_id, form.step(), actor(), now(), may_decide=may_decide)
            except NotYetHappenedError:
                form.refuse("day", "This cannot have happened yet: look at the day and the time.")
            except NotTheirWishError as error:
                refused = error
                form.refuse("about", str(error))
            else:
                return moved(url_for("wishes.wishes", case_id=case_id, done="step"))
    with work() as session:
        found = frame.read(session, case_id, reader())
    return section(
        "cases/wishes/step.html", found, status=status, form=form, refused=refused, may_decide=may_decide
    )


def _may_decide() -> bool:
    return me().can(current_landlord().id, Permission.WISH_OVERRIDE)
