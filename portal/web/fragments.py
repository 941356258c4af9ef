"""One door for answers: the whole page, or the one block of it that htmx asked to have again."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import make_response, render_template
from htmx_flask import Htmx, request
from jinja2_fragments.flask import render_block
from werkzeug.wrappers import Response

htmx = Htmx()


def page(
    template: str, *, block: str | None = None, of: str | None = None, status: int = 200, **context: object
) -> Response:
    """Answer with a page; with its named block alone when htmx asks and the view names one.

    The block has the name of the DOM id that it fills; `of` names the layout that it stands in, where that is
    not the page's own template. What may not be shown is left out of the context by the view: a test around a
    block in the template does not run when the block is rendered alone.
    """
    if block and request.htmx:
        response = make_response(render_block(of or template, block, **context), status)
    else:
        response = make_response(render_template(template, **context), status)
    response.vary.add("HX-Request")
    return response


def moved(url: str) -> Response:
    """Go to another page after a form was taken: 303, or the header with which htmx goes there whole."""
    if request.htmx:
        response = make_response("", 204)
        response.headers["HX-Redirect"] = url
    else:
        response = make_response("", 303)
        response.headers["Location"] = url
    response.vary.add("HX-Request")
    return response


def whole_again() -> dict[str, str]:
    """The header with which htmx loads the whole page anew, instead of putting an answer into what is on it."""
    return {"HX-Refresh": "true"} if request.htmx else {}


def kept(url: str, template: str, block: str, context: Callable[[], Mapping[str, Any]]) -> Response:
    """After something was kept: the block as it is now for htmx, otherwise 303 to the page that shows it."""
    return page(template, block=block, **context()) if request.htmx else moved(url)
