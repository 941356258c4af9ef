"""Setting a landlord up, step by step, until its front door can be opened."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission
from portal.operators import service, setting_up
from portal.operators.setting_up import NotReadyError
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now, portal
from portal.web.landlord import current_landlord, landlord_changed, work
from portal.web.principal import actor, me

pages = Blueprint("setting_up", __name__, url_prefix="/desk/<landlord>/setting-up")


@pages.get("")
@needs(Permission.LOOK_KEEP)
def steps() -> Response:
    """What is done, what is missing, and what stays not stated."""
    return _steps(200)


@pages.post("")
@needs(Permission.PEOPLE_ADMIN)
def open_door() -> Response:
    """All is ready: the front door stands on the list of all."""
    try:
        with work() as session:
            setting_up.open_here(session, actor(), now())
    except NotReadyError:
        return _steps(422)
    service.open_door(portal().database, current_landlord().id, now())
    landlord_changed()
    return moved(url_for("operators.setting_up.steps", done="door-opened"))


def _steps(status: int) -> Response:
    here = current_landlord()
    with work() as session:
        found = setting_up.setting_up(session, now())
    may = {each.name for each in found.steps if me().can(here.id, each.permission)}
    return page(
        "operators/setting_up.html",
        status=status,
        here=here,
        found=found,
        may=may,
        may_open=me().can(here.id, Permission.PEOPLE_ADMIN),
    )
