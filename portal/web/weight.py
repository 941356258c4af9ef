"""What an answer weighs on its way: an old phone far from a mast waits for every kilobyte.

Built files are packed once, when they are built. A public page is packed as it goes, unless it has a form: beside a
form's token, words from outside in a packed page would tell the token letter by letter to whoever can count bytes
(BREACH).
"""

import gzip
import mimetypes
from pathlib import Path

from flask import Flask, g, request, send_from_directory
from werkzeug.wrappers import Response

from portal.web.sessions import DESK

BUILT = "build/"
FOR_EVER = 365 * 24 * 3600
"""A built file's name holds its content, so what a browser keeps under it is never out of date."""
PACKED = {"br": ".br", "gzip": ".gz"}
IN_FORMS = "csrf_token"
LEAST = 1024


def init_app(app: Flask) -> None:
    """Pack what may be packed, for whoever says that they can unpack it."""
    app.view_functions["static"] = _file

    @app.after_request
    def lighten(response: Response) -> Response:
        outside = request.method == "GET" and not request.path.startswith(DESK)
        may_be_packed = outside and response.mimetype == "text/html" and IN_FORMS not in g
        return _packed(response) if may_be_packed else response


def _file(filename: str) -> Response:
    folder = Path(__file__).resolve().parents[2] / "static"
    built = filename.startswith(BUILT)
    for coding, ending in PACKED.items() if built else ():
        if request.accept_encodings[coding] and (folder / f"{filename}{ending}").is_file():
            kind = mimetypes.guess_type(filename)[0]
            response = send_from_directory(folder, f"{filename}{ending}", mimetype=kind, max_age=FOR_EVER)
            response.headers["Content-Encoding"] = coding
            break
    else:
        response = send_from_directory(folder, filename, max_age=FOR_EVER if built else None)
    response.vary.add("Accept-Encoding")
    return response


def _packed(response: Response) -> Response:
    response.vary.add("Accept-Encoding")
    page = response.get_data()
    if request.accept_encodings["gzip"] and len(page) > LEAST:
        response.set_data(gzip.compress(page, 6))
        response.headers["Content-Encoding"] = "gzip"
    return response
