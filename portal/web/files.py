"""Files in and out: taken only where a page says so, held in memory, never on a disk; handed out as downloads."""

import io
from collections.abc import Callable
from typing import IO, Any, TypeVar, cast

from flask import Flask, Request, request
from werkzeug.wrappers import Response

from portal.web.principal import current_principal

View = TypeVar("View", bound=Callable[..., object])
MARK = "portal_takes_files"
BESIDE = 64 * 1024
"""What the rest of a form may weigh beside its file."""
TAKEN_IN = 8
"""How many times the largest file a form may weigh: what is too large is told beside its question, and what was typed
with it is kept. Of such a file no more is held than shows that it is too large."""


class Capped(io.BytesIO):
    """A file in memory of which what goes beyond so many bytes is dropped as it comes in."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, data: Any) -> int:  # noqa: ANN401 - whatever has bytes
        """Keep what there is room for."""
        room = max(self.most - self.tell(), 0)
        super().write(data[:room])
        return len(data)


class HeldInMemory(Request):
    """A request whose files are kept in memory: the server's folder for temporary files is not sealed."""

    largest_file = 0
    """The largest file of a page that takes one; what others take in is bounded as a whole."""

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 - werkzeug's signature
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        return Capped(self.largest_file + 1) if self.largest_file else io.BytesIO()


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
            request.max_content_length = largest * TAKEN_IN + BESIDE
            cast("HeldInMemory", request).largest_file = largest


def download(name: str, data: bytes) -> Response:
    """A file to save, whatever it is: no browser guesses its type, shows it in place or runs anything in it."""
    response = Response(data, mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response.headers["X-Download-Options"] = "noopen"
    return response
