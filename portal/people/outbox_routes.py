"""Mails as they were sent, to be read in a demonstration. Elsewhere the page does not exist, for anybody."""

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from portal.messaging.local_outbox import outbox_folder, sent_mails
from portal.web.access import signed_in
from portal.web.fragments import page
from portal.web.here import portal

pages = Blueprint("outbox", __name__, url_prefix="/desk")


@pages.get("/outbox")
@signed_in
def mails() -> Response:
    """Every mail of the demonstration, whoever it was for: nobody in it is real."""
    settings = portal().settings
    folder = outbox_folder(settings)
    if folder is None:
        abort(404)
    return page("people/outbox.html", mails=sent_mails(folder), server=settings.smtp_host)
