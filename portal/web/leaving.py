"""The way out: somewhere harmless, and nothing of ours left in the browser."""

from flask import redirect, request
from werkzeug.wrappers import Response

LEAVE_FOR = "https://www.bbc.co.uk/weather"
IN_PLACE = "X-In-Place"
"""What the script of the public pages says of itself: it fetches pages, so that none gets into the history."""
LEFT_BEHIND = '"cookies", "storage"'
"""What a browser is told to throw away on leaving. Not "cache": these pages are never in it, and clearing it
can hold up the way out for seconds."""


def gone() -> Response:
    """Away from here. The script goes by itself: no page of ours may fetch anything from elsewhere."""
    if IN_PLACE in request.headers:
        response = Response(status=204, headers={"X-Go": LEAVE_FOR})
    else:
        response = redirect(LEAVE_FOR, 303)
    response.headers["Clear-Site-Data"] = LEFT_BEHIND
    return response
