"""Files in and out: taken only where a page says so, held in memory, never on a disk; handed out as downloads."""

import io
from collections.abc import Callable
from typing import IO, TypeVar

from flask import Flask, Request, request
from werkzeug.wrappers import Response

from portal.web.principal import current_principal

View = TypeVar("View", bound=Callable[..., object])
MARK = "portal_takes_files"
BESIDE = 64 * 1024
"""What the rest of a form may weigh beside its file."""


class HeldInMemory(Request):
    """A request whose files are kept in memory: the server's folder for temporary files is not sealed."""

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 - werkzeug's signature
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        return io.BytesIO()


def takes_files(view: View) -> View:
    """A page that takes a file: its form may be larger than others, for who is signed in."""
    setattr(view, MARK, True)
    return view


def init_app(app: Flask, largest: int) -> None:
    """Widen the limit of marked pages. Must stand before the check of form tokens, which reads the whole form."""
    app.request_class = HeldInMemory

    @app.before_request
    def widen() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if getattr(view, MARK, False) and current_principal():
            request.max_content_length = largest + BESIDE


def download(name: str, data: bytes) -> Response:
    """A file to save, whatever it is: no browser guesses its type, shows it in place or runs anything in it."""
    response = Response(data, mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response.headers["X-Download-Options"] = "noopen"
    return response
