"""The questions of the public pages as a form on paper, in her language, for whoever would rather write by hand."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.referrals import journey
from portal.referrals.journey import WayIn
from portal.web.access import anyone
from portal.web.fragments import page
from portal.web.landlord import current_landlord

pages = Blueprint("on_paper", __name__, url_prefix="/<landlord>")


@pages.get(f"/paper/<any({WayIn.SELF}, {WayIn.SOMEONE}):way>")
@anyone
def paper(way: str) -> Response:
    """Every question with its answers to mark and lines to write on: the same that the pages ask, and none of hers."""
    face = current_landlord().face
    return page(
        "referrals/public_paper.html",
        way=way,
        face=face,
        parts=journey.blank(WayIn(way), face),
        large=request.args.get("size") == "large",
    )
