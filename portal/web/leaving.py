"""The way out: somewhere harmless, and nothing of ours left in the browser."""

from flask import redirect
from werkzeug.wrappers import Response

LEAVE_FOR = "https://www.bbc.co.uk/weather"
LEFT_BEHIND = '"cookies", "storage"'
"""What a browser is told to throw away on leaving. Not "cache": these pages are never in it, and clearing it
can hold up the way out for seconds."""


def gone() -> Response:
    """Away from here."""
    response = redirect(LEAVE_FOR, 303)
    response.headers["Clear-Site-Data"] = LEFT_BEHIND
    return response
