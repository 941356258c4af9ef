"""The pages about a panel's guest: an officer asks a colleague in, and the colleague finds one item for a while."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases import service as cases
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.service import EditedMeanwhileError
from portal.domain.permissions import Permission
from portal.homes.panels import queries, service
from portal.homes.panels.forms import CameForm, InviteForm
from portal.homes.refused import RefusedError
from portal.homes.routes import refuse
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, permission_used

pages = Blueprint("panels", __name__, url_prefix="/desk")
GUESTS = CASE + "/options/panel/guests"
GUEST = GUESTS + "/<uuid:item_id>"
ITEM = "/<landlord>/panel/<uuid:item_id>"


@pages.route(GUESTS, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def invite(case_id: UUID) -> Response:
    """Ask the colleague who reported to the one item of a panel, where the policy has a panel."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        able = queries.can_be_invited(session, cases.get(session, case_id), now())
    rule = found.policy.moving
    if rule.panel.value is None:
        return _back(case_id)
    form, status = InviteForm(), 200
    form.offer(able)
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.invite(session, case_id, form.asked(), actor(), now())
            except RefusedError as refused:
                refuse(form, refused)
            else:
                return _back(case_id, "panel_invited")
    return section("homes/panels/invite.html", found, status=status, form=form, rule=rule.reporter_invited)


@pages.post(GUEST + "/end")
@needs(Permission.CASE_WORK)
def take_back(case_id: UUID, item_id: UUID) -> Response:
    """They are not asked any more."""
    try:
        with work() as session:
            service.take_back(session, case_id, item_id, actor(), now())
    except EditedMeanwhileError:
        return _back(case_id, "panel_meanwhile")
    return _back(case_id, "panel_taken_back")


@pages.post(GUEST + "/came")
@needs(Permission.CASE_WORK)
def came(case_id: UUID, item_id: UUID) -> Response:
    """Keep whether they came."""
    said = CameForm().said()
    try:
        with work() as session:
            service.note(session, case_id, item_id, came=said, actor=actor(), now=now())
    except EditedMeanwhileError:
        return _back(case_id, "panel_meanwhile")
    return _back(case_id, "panel_came")


@pages.get(ITEM)
@needs(Permission.PANEL_ATTEND)
def item(item_id: UUID) -> Response:
    """The one item, for the one who is invited: when and where, and while it is talked about, what it is about."""
    with work() as session:
        found = service.opened(session, item_id, actor(), permission_used(), now())
    return page("homes/panels/item.html", block="item", here=current_landlord(), item=found)


@pages.post(ITEM)
@needs(Permission.PANEL_ATTEND)
def arrive(item_id: UUID) -> Response:
    """They are there."""
    with work() as session:
        service.arrive(session, item_id, actor(), now())
    return moved(url_for("panels.item", item_id=item_id))


def _back(case_id: UUID, done: str | None = None) -> Response:
    return moved(url_for("options.options", case_id=case_id, done=done))
