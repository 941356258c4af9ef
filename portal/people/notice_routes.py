"""The messages that the portal sends its staff, and whether the portal itself is well."""

from uuid import UUID

from flask import Blueprint, abort, url_for
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission
from portal.web.access import needs, signed_in
from portal.web.fragments import moved, page
from portal.web.here import landlord_work, now
from portal.web.landlord import current_landlord, work
from portal.web.principal import me
from portal.work.heartbeats import signs
from portal.work.mailbox import link_of, mailbox, undelivered

pages = Blueprint("notices", __name__, url_prefix="/desk")


@pages.get("/<landlord>/mailbox")
@needs(Permission.MAILBOX_READ)
def messages() -> Response:
    """My own messages here, as they also went out by mail."""
    with work() as session:
        found = mailbox(session, me().account_id)
    return page("people/mailbox.html", here=current_landlord(), messages=found)


@pages.get("/go/<uuid:message_id>")
@signed_in
def go(message_id: UUID) -> Response:
    """The link of a mail, which says neither landlord nor case: behind the sign-in it leads to what it is about.

    Somebody at an agency comes to the list of what is there for them now, whichever mail it was.
    """
    if me().agency:
        return moved(url_for("shared.cases"))
    for landlord_id in me().roles:
        with landlord_work(landlord_id) as session:
            link = link_of(session, me().account_id, message_id)
        if link:
            return moved(link)
    return abort(404)


@pages.get("/<landlord>/health")
@needs(Permission.HEALTH_READ)
def health() -> Response:
    """Whether the processes live without which somebody would be forgotten, and whether messages get out."""
    with work() as session:
        seen, stuck = signs(session, now()), undelivered(session, now())
    return page("people/health.html", here=current_landlord(), signs=seen, stuck=stuck)
