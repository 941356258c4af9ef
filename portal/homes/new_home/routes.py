"""The pages of a new address. The address itself stands on one page alone, which shows nothing else of the case."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.confidentiality.queries import can_be_given
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.service import EditedMeanwhileError, NoSuchCaseError
from portal.domain.permissions import Permission
from portal.homes.new_home import queries, service
from portal.homes.new_home.forms import GoneThroughForm, KeepForm, NameForm
from portal.homes.new_home.queries import Kept
from portal.homes.new_home.service import LastReaderError, NotNamedError
from portal.homes.new_home.words import GIVES_AWAY
from portal.web.access import needs
from portal.web.forms import options
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("new_home", __name__, url_prefix="/desk")
NEW = CASE + "/new-home"


@pages.get(NEW)
@needs(Permission.CASE_READ)
def new_home(case_id: UUID) -> Response:
    """That a new address is kept, and who can open it: never the address."""
    return _overview(*_read(case_id))


@pages.route(NEW + "/keep", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def keep(case_id: UUID) -> Response:
    """Keep a new address, or write it anew."""
    found, kept = _read(case_id)
    if kept is not None and not kept.mine:
        return _overview(found, kept)
    form, status = KeepForm(revision=kept.revision if kept else 0), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.keep(session, case_id, form.revision.data, form.address(), actor(), now())
            except EditedMeanwhileError:
                status, form.revision.data = 409, kept.revision if kept else 0
            else:
                return _back(case_id, "new_home")
    changed = status == 409  # noqa: PLR2004 - the answer's own number
    return section("homes/new_home/keep.html", found, status=status, form=form, changed=changed, kept=kept)


@pages.post(NEW + "/show")
@needs(Permission.CASE_READ)
def show(case_id: UUID) -> Response:
    """The address, alone on a page."""
    try:
        with work() as session:
            lines = service.show(session, case_id, actor(), now())
    except NotNamedError as unnamed:
        raise NoSuchCaseError from unnamed
    return page("homes/new_home/shown.html", lines=lines, back=url_for("new_home.new_home", case_id=case_id))


@pages.post(NEW + "/gone-through")
@needs(Permission.CASE_WORK)
def go_through(case_id: UUID) -> Response:
    """Keep what else gives the address away, as far as it was gone through with them."""
    form = GoneThroughForm()
    form.validate()  # what is ticked and stands nowhere is left out
    try:
        with work() as session:
            service.go_through(session, case_id, form.chosen(), actor(), now())
    except NotNamedError as unnamed:
        raise NoSuchCaseError from unnamed
    return _back(case_id, "new_home_checked")


@pages.route(NEW + "/name", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def name(case_id: UUID) -> Response:
    """Name a colleague who may open it."""
    found, kept = _read(case_id)
    if kept is None or not (kept.mine or _manages()):
        return _overview(found, kept)
    with work() as session:
        able = can_be_given(session, found.case, now())
    form, status = NameForm(), 200
    form.account_id.choices = options(
        {"": "Choose a colleague", **{str(each.account_id): each.name for each in able}}
    )
    if form.is_submitted():
        status = 422
        chosen = form.chosen() if form.validate() else None
        if chosen in {each.account_id for each in able}:
            with work() as session:
                service.name(session, case_id, chosen, form.words.data, actor(), now(), is_manager=_manages())
            return _back(case_id, "new_home_reader")
        if chosen is not None:
            form.refuse("account_id", "Choose a colleague from the list.")
    return section("homes/new_home/name.html", found, status=status, form=form, kept=kept)


@pages.post(NEW + "/readers/<uuid:new_reader_id>/end")
@needs(Permission.CASE_WORK)
def unname(case_id: UUID, new_reader_id: UUID) -> Response:
    """Somebody may not open it any more."""
    try:
        with work() as session:
            service.unname(session, case_id, new_reader_id, actor(), now())
    except NotNamedError as unnamed:
        raise NoSuchCaseError from unnamed
    except LastReaderError:
        return _back(case_id, "new_home_last")
    return _back(case_id, "new_home_reader")


def _read(case_id: UUID) -> tuple[Frame, Kept | None]:
    with work() as session:
        found = frame.read(session, case_id, reader())
        return found, queries.kept(session, case_id)


def _overview(found: Frame, kept: Kept | None) -> Response:
    """Also for whoever is not named and asks for more."""
    done: dict[str, tuple[str, datetime]] = {}
    if kept is not None and kept.mine:
        with work() as session:
            done = service.checked(session, found.case.id)
    shown = "homes/new_home/new_home.html"
    manages = _manages()
    return section(shown, found, kept=kept, manages=manages, gives_away=GIVES_AWAY, gone_through=done)


def _back(case_id: UUID, what: str) -> Response:
    return moved(url_for("new_home.new_home", case_id=case_id, done=what))


def _manages() -> bool:
    return me().can(current_landlord().id, Permission.HOME_DECIDE)
