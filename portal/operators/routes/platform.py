"""The landlords of this portal, for whoever runs it."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.operators import queries, service, support
from portal.operators.forms import AskForm, MakeForm, WhyForm
from portal.operators.queries import LandlordRow, NoSuchLandlordError
from portal.operators.service import TakenError
from portal.operators.support import AskedAlreadyError, NotWaitingError
from portal.web.access import operators_only
from portal.web.fragments import moved, page
from portal.web.here import account_work, now, portal, public_work, taking_in
from portal.web.landlord import landlord_changed
from portal.web.principal import actor, me

pages = Blueprint("platform", __name__, url_prefix="/desk/platform")
UNFIT, CONFLICT = 422, 409


@pages.get("")
@operators_only
def landlords() -> Response:
    """Every landlord, and how it stands. No case, no report and no number of either is here."""
    with public_work() as session:
        found = queries.landlords(session)
    return page("operators/landlords.html", found=found)


@pages.route("/add", methods=["GET", "POST"])
@operators_only
def add() -> Response:
    """Make a landlord; the code for its first person is shown once, on the page that answers."""
    with public_work() as session:
        known = {each.id: each.name for each in queries.landlords(session) if each.active}
    form = MakeForm().offer(known)
    if not form.is_submitted():
        return page("operators/add.html", form=form)
    if not form.validate():
        return page("operators/add.html", status=UNFIT, form=form)
    try:
        made = service.make(portal().database, form.wanted(), actor(), now())
    except TakenError as taken:
        form.refuse("slug", str(taken))
        return page("operators/add.html", status=UNFIT, form=form)
    landlord_changed()
    return page("operators/made.html", wanted=form.wanted(), made=made)


@pages.get("/<uuid:place_id>")
@operators_only
def landlord(place_id: UUID) -> Response:
    """One of them: suspend it, let it work again, ask to be let in."""
    return _one(place_id)


@pages.post("/<uuid:place_id>/suspend")
@operators_only
def suspend(place_id: UUID) -> Response:
    """Nobody opens anything of it any more."""
    return _set(place_id, active=False)


@pages.post("/<uuid:place_id>/resume")
@operators_only
def resume(place_id: UUID) -> Response:
    """It works again."""
    return _set(place_id, active=True)


@pages.post("/<uuid:place_id>/ask")
@operators_only
def ask(place_id: UUID) -> Response:
    """Ask its own people to be let in."""
    _found(place_id)
    form = AskForm()
    if not form.validate():
        return _one(place_id, asking=form, status=UNFIT)
    try:
        with taking_in(place_id) as session:
            support.ask(session, form.reason.data, form.hours.data, actor(), now())
    except AskedAlreadyError as refused:
        form.refuse("reason", str(refused))
        return _one(place_id, asking=form, status=CONFLICT)
    return moved(url_for("operators.platform.landlord", place_id=place_id, done="support-asked"))


@pages.post("/<uuid:place_id>/ask/<uuid:access_id>/end")
@operators_only
def done(place_id: UUID, access_id: UUID) -> Response:
    """Take it back, or be done before its time."""
    _found(place_id)
    try:
        with taking_in(place_id) as session:
            support.end(session, access_id, actor(), now(), own=True)
    except NotWaitingError:
        raise NotFound from None
    return moved(url_for("operators.platform.landlord", place_id=place_id, done="support-ended"))


def _set(place_id: UUID, *, active: bool) -> Response:
    _found(place_id)
    form = WhyForm()
    if not form.validate():
        return _one(place_id, why=form, status=UNFIT)
    does = service.resume if active else service.suspend
    does(portal().database, place_id, form.why.data, actor(), now())
    landlord_changed()
    name = "landlord-resumed" if active else "landlord-suspended"
    return moved(url_for("operators.platform.landlord", place_id=place_id, done=name))


def _found(place_id: UUID) -> LandlordRow:
    try:
        with public_work() as session:
            return queries.landlord(session, place_id)
    except NoSuchLandlordError:
        raise NotFound from None


def _one(
    place_id: UUID, *, why: WhyForm | None = None, asking: AskForm | None = None, status: int = 200
) -> Response:
    found = _found(place_id)
    with account_work(me().account_id) as session:
        asked = queries.support_of(session, me().account_id, place_id, now())
    return page(
        "operators/landlord.html",
        status=status,
        found=found,
        asked=asked,
        why=why or WhyForm(formdata=None),
        asking=asking or AskForm(formdata=None),
    )
